// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/background_layers.h"
#include "renderer/engine/style/property_table.h"
#include "renderer/engine/style/value_conversion.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine {

using namespace css;

namespace {

using Id = PropertyId;
using Slot = Computing::Background;

/// The lists are put together when all are there.
template <Slot Index>
void addList(PropertyTable &table, Id id)
{
    table[std::size_t(id)] = {[](Computing &computing, const ComputedStyle &from) {
                                  computing.hasBackground = true;
                                  computing.background[Index] = nullptr;
                                  computing.inheritedBackground[Index] = &from == &computing.parent;
                              },
                              [](Computing &computing, const Value &value) {
                                  computing.hasBackground = true;
                                  computing.background[Index] = &value;
                              }};
}

/// "right 10px" or a length; of what is 0, 50 or 100 %.
Length positionOf(const Computing &computing, const Value &value)
{
    const auto percentOf = [](const Value &keyword) {
        if (keyword.is("center"_kw))
            return 50;
        return keyword.is("right"_kw) || keyword.is("bottom"_kw) ? 100 : 0;
    };
    if (value.is(Value::Kind::Keyword))
        return Length::percent(percentOf(value));
    if (value.is(Value::Kind::List)) {
        Value offset = value[1];
        return lengthOf(computing, percentOf(value[0]) == 100 ? fromFarEnd(offset) : offset);
    }
    return value.isMissing() ? Length::percent(0) : lengthOf(computing, value);
}

BackgroundRepeat repeatOf(const Value &value)
{
    switch (value.keyword) {
    case "no-repeat"_kw:
        return BackgroundRepeat::NoRepeat;
    case "space"_kw:
        return BackgroundRepeat::Space;
    case "round"_kw:
        return BackgroundRepeat::Round;
    default:
        return BackgroundRepeat::Repeat;
    }
}

BackgroundBox boxOf(const Value &value)
{
    return static_cast<BackgroundBox>(int(value.number));
}

void applyTo(BackgroundLayer &layer, Slot slot, const Computing &computing, const Value &value)
{
    if (value.isMissing())
        return;
    switch (slot) {
    case Slot::Image:
        layer.image = imageOf(computing, value);
        break;
    case Slot::X:
        layer.position.x = positionOf(computing, value);
        break;
    case Slot::Y:
        layer.position.y = positionOf(computing, value);
        break;
    case Slot::Size:
        if (value.is(Value::Kind::Keyword)) {
            layer.sizeKind = value.is("cover"_kw) ? BackgroundLayer::Size::Cover : BackgroundLayer::Size::Contain;
        } else {
            layer.size = {lengthOf(computing, value[0]), value.size() > 1 ? lengthOf(computing, value[1]) : Length()};
        }
        break;
    case Slot::Repeat:
        if (value.is(Value::Kind::Keyword)) {
            layer.repeatX = value.is("repeat-x"_kw) ? BackgroundRepeat::Repeat : BackgroundRepeat::NoRepeat;
            layer.repeatY = value.is("repeat-y"_kw) ? BackgroundRepeat::Repeat : BackgroundRepeat::NoRepeat;
        } else {
            layer.repeatX = repeatOf(value[0]);
            layer.repeatY = repeatOf(value[value.size() > 1 ? 1 : 0]);
        }
        break;
    case Slot::Attachment:
        layer.attachment = static_cast<BackgroundAttachment>(int(value.number));
        break;
    case Slot::Origin:
        layer.origin = boxOf(value);
        break;
    case Slot::Clip:
        layer.clip = boxOf(value);
        break;
    case Slot::BackgroundCount:
        break;
    }
}

void copyTo(BackgroundLayer &layer, Slot slot, const BackgroundLayer &from)
{
    switch (slot) {
    case Slot::Image:
        layer.image = from.image;
        break;
    case Slot::X:
        layer.position.x = from.position.x;
        break;
    case Slot::Y:
        layer.position.y = from.position.y;
        break;
    case Slot::Size:
        layer.sizeKind = from.sizeKind;
        layer.size = from.size;
        break;
    case Slot::Repeat:
        layer.repeatX = from.repeatX;
        layer.repeatY = from.repeatY;
        break;
    case Slot::Attachment:
        layer.attachment = from.attachment;
        break;
    case Slot::Origin:
        layer.origin = from.origin;
        break;
    case Slot::Clip:
        layer.clip = from.clip;
        break;
    case Slot::BackgroundCount:
        break;
    }
}

constexpr std::size_t MostLayers = 100;

} // namespace

/// css-backgrounds-3 3.1: there are as many layers as images; the other lists are repeated.
void finishBackground(Computing &computing)
{
    if (!computing.hasBackground)
        return;
    const std::vector<BackgroundLayer> &parents = computing.parent.decoration->backgrounds;
    const Value *images = computing.background[Slot::Image];
    // Without an image there is one layer: its clip is the colour's, and children may inherit the rest.
    std::size_t count = images ? images->size() : 1;
    if (!images && computing.inheritedBackground[Slot::Image])
        count = parents.size();
    count = std::clamp<std::size_t>(count, 1, MostLayers);
    std::vector<BackgroundLayer> layers(count);
    for (std::size_t slot = 0; slot < Slot::BackgroundCount; ++slot) {
        const Value *list = computing.background[slot];
        for (std::size_t i = 0; i < count; ++i) {
            if (list && list->size() > 0)
                applyTo(layers[i], Slot(slot), computing, (*list)[i % list->size()]);
            else if (computing.inheritedBackground[slot] && !parents.empty())
                copyTo(layers[i], Slot(slot), parents[i % parents.size()]);
        }
    }
    if (layers.size() == 1 && layers.front() == BackgroundLayer())
        layers.clear();
    computing.style.decoration->backgrounds = std::move(layers);
}

void addBackgroundProperties(PropertyTable &table)
{
    addList<Slot::Image>(table, Id::BackgroundImage);
    addList<Slot::X>(table, Id::BackgroundPositionX);
    addList<Slot::Y>(table, Id::BackgroundPositionY);
    addList<Slot::Size>(table, Id::BackgroundSize);
    addList<Slot::Repeat>(table, Id::BackgroundRepeat);
    addList<Slot::Attachment>(table, Id::BackgroundAttachment);
    addList<Slot::Origin>(table, Id::BackgroundOrigin);
    addList<Slot::Clip>(table, Id::BackgroundClip);
    table[std::size_t(Id::BackgroundColor)] =
        memberCode(BULKHEAD_MEMBER(decoration->backgroundColor),
                   [](const Computing &computing, const Value &value) { return colorOf(computing, value); });
}

} // namespace bulkhead::engine
