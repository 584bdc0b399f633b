// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/shorthands.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine::css {

namespace {

/// One to four values for four sides: a missing left is the right, and so on.
void spreadEdges(const Value &list, Values &values)
{
    const std::size_t count = list.size();
    values = {list[0], list[count > 1 ? 1 : 0], list[count > 2 ? 2 : 0], list[count > 3 ? 3 : count > 1 ? 1 : 0]};
}

bool expandWithoutGrammar(PropertyId id, std::span<const Token> tokens, const ValueContext &context, Values &values)
{
    TokenStream stream(tokens);
    stream.skipWhitespace();
    bool isValid = false;
    switch (id) {
    case PropertyId::Background:
        isValid = expandBackground(stream, context, values);
        break;
    case PropertyId::Font:
        isValid = expandFont(stream, context, values);
        break;
    case PropertyId::ListStyle:
        isValid = expandListStyle(stream, context, values);
        break;
    case PropertyId::Columns:
        isValid = expandColumns(stream, context, values);
        break;
    case PropertyId::GridTemplate:
        isValid = expandGridTemplate(stream, context, values);
        break;
    case PropertyId::Grid:
        isValid = expandGrid(stream, context, values);
        break;
    default:
        break;
    }
    stream.skipWhitespace();
    return isValid && stream.atEnd();
}

} // namespace

bool expandShorthand(const ShorthandInfo &info, std::span<const Token> tokens, const ValueContext &context,
                     Values &values)
{
    values.assign(info.longhands.size(), {});
    if (!*info.grammar)
        return expandWithoutGrammar(info.id, tokens, context, values);
    Value matched;
    if (!propertyGrammar(info.id).matchAll(tokens, context, matched))
        return false;
    switch (info.kind) {
    case ShorthandKind::Edges:
        spreadEdges(matched, values);
        return true;
    case ShorthandKind::Pair:
        values = {matched[0], matched[matched.size() > 1 ? 1 : 0]};
        return true;
    case ShorthandKind::Slots:
        values.assign(matched.items->begin(), matched.items->end());
        return true;
    case ShorthandKind::Custom:
        break;
    }
    return expandCustom(info.id, matched, values);
}

} // namespace bulkhead::engine::css
