// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/color_parser.h"
#include "renderer/engine/css/properties/position_parser.h"
#include "renderer/engine/css/properties/shorthands.h"

#include <array>
#include <utility>

namespace bulkhead::engine::css {

namespace {

/// What one layer may have, in the order of the longhands after background-color.
enum Slot : std::size_t { Image, X, Y, Size, Repeat, Attachment, Origin, Clip, SlotCount };
using Layer = std::array<Value, SlotCount>; // Missing: initial

/// The grammar of a longhand is a list; its first item is what a layer has.
bool matchOne(PropertyId longhand, TokenStream &tokens, const ValueContext &context, Value &into)
{
    Value list;
    const std::size_t start = tokens.position();
    if (!propertyGrammar(longhand).match(tokens, context, list) || list.size() != 1) {
        tokens.rewind(start);
        return false;
    }
    into = list[0];
    return true;
}

bool takePosition(TokenStream &tokens, const ValueContext &context, Layer &layer)
{
    const std::size_t start = tokens.position();
    Value position;
    if (!layer[X].isMissing() || !parseBackgroundPosition(tokens, context, position)) {
        tokens.rewind(start);
        return false;
    }
    layer[X] = position[0];
    layer[Y] = position[1];
    const std::size_t end = tokens.position();
    tokens.skipWhitespace();
    if (!tokens.peek().isDelim(u'/')) {
        tokens.rewind(end);
        return true;
    }
    tokens.next();
    return matchOne(PropertyId::BackgroundSize, tokens, context, layer[Size]);
}

/// One box is both the origin and the clip; a second one is the clip.
bool takeBox(TokenStream &tokens, const ValueContext &context, Layer &layer, int &boxes)
{
    Value box;
    if (boxes == 0 && matchOne(PropertyId::BackgroundOrigin, tokens, context, box))
        layer[Origin] = box;
    else if (boxes == 2 || !matchOne(PropertyId::BackgroundClip, tokens, context, box))
        return false;
    else if (boxes == 0) // "text" is only a clip
        ++boxes;
    layer[Clip] = box;
    ++boxes;
    return true;
}

/// Takes one part of a layer.
bool takePart(TokenStream &tokens, const ValueContext &context, Layer &layer, int &boxes, Value &color)
{
    static constexpr std::pair<Slot, PropertyId> Simple[] = {{Image, PropertyId::BackgroundImage},
                                                             {Repeat, PropertyId::BackgroundRepeat},
                                                             {Attachment, PropertyId::BackgroundAttachment}};
    for (const auto &[slot, property] : Simple) {
        if (layer[slot].isMissing() && matchOne(property, tokens, context, layer[slot]))
            return true;
    }
    if (takeBox(tokens, context, layer, boxes) || takePosition(tokens, context, layer))
        return true;
    const std::size_t start = tokens.position();
    if (color.isMissing() && parseColor(tokens, context, color))
        return true;
    tokens.rewind(start);
    return false;
}

/// The tokens up to the next comma outside of blocks, which is taken.
std::span<const Token> takeLayer(TokenStream &tokens, bool &isLast)
{
    const std::span<const Token> rest = tokens.rest();
    const std::size_t start = tokens.position();
    while (!tokens.atEnd() && !tokens.peek().is(TokenType::Comma))
        tokens.takeComponent();
    const std::size_t length = tokens.position() - start;
    isLast = tokens.atEnd();
    if (!isLast)
        tokens.next();
    return rest.first(length);
}

} // namespace

bool expandBackground(TokenStream &tokens, const ValueContext &context, Values &values)
{
    std::array<Values, SlotCount> lists;
    Value color;
    bool isLast = false;
    while (!isLast) {
        TokenStream inside(takeLayer(tokens, isLast));
        Layer layer;
        int boxes = 0;
        bool isAny = false;
        for (inside.skipWhitespace(); !inside.atEnd(); inside.skipWhitespace()) {
            if (!takePart(inside, context, layer, boxes, color))
                return false;
            isAny = true;
        }
        if (!isAny || (!isLast && !color.isMissing())) // the colour belongs to the last layer
            return false;
        for (std::size_t slot = 0; slot < SlotCount; ++slot)
            lists[slot].push_back(std::move(layer[slot]));
    }
    values[0] = color;
    for (std::size_t slot = 0; slot < SlotCount; ++slot)
        values[slot + 1] = Value::makeList(std::move(lists[slot]));
    return true;
}

} // namespace bulkhead::engine::css
