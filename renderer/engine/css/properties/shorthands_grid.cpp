// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/grid_parser.h"
#include "renderer/engine/css/properties/shorthands.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine::css {

namespace {

// Where the longhands stand in the shorthands' tables.
enum Place : std::size_t { Columns, Rows, Areas, AutoColumns, AutoRows, AutoFlow };

bool takeSlash(TokenStream &tokens)
{
    tokens.skipWhitespace();
    if (!tokens.peek().isDelim(u'/'))
        return false;
    tokens.next();
    tokens.skipWhitespace();
    return true;
}

bool hasString(TokenStream tokens)
{
    while (!tokens.atEnd()) {
        if (tokens.takeComponent().front().is(TokenType::String))
            return true;
    }
    return false;
}

/// [ <line-names>? <string> <track-size>? <line-names>? ]+ [ / <explicit-track-list> ]? (css-grid-1 7.4)
bool expandStrings(TokenStream &tokens, const ValueContext &context, Values &values)
{
    Values tracks, areas;
    while (true) {
        tokens.skipWhitespace();
        if (tokens.atEnd() || tokens.peek().isDelim(u'/'))
            break;
        Value item;
        if (tokens.peek().is(TokenType::OpenSquare)) {
            if (!parseLineNames(tokens, item))
                return false;
            tracks.push_back(std::move(item)); // names of two rows that meet stand one after the other
            continue;
        }
        Values cells;
        if (!tokens.peek().is(TokenType::String) || !parseGridAreaRow(tokens.next().text, cells))
            return false;
        areas.push_back(Value::makeList(std::move(cells)));
        tokens.skipWhitespace();
        const std::size_t start = tokens.position();
        const bool isSize = !tokens.atEnd() && !tokens.peek().is(TokenType::String) &&
                            !tokens.peek().is(TokenType::OpenSquare) && parseTrackSize(tokens, context, item);
        if (!isSize) {
            tokens.rewind(start);
            item = Value::makeKeyword("auto"_kw);
        }
        tracks.push_back(std::move(item));
    }
    if (areas.empty() || !areRectangles(areas))
        return false;
    values[Rows] = Value::makeList(std::move(tracks));
    values[Areas] = Value::makeList(std::move(areas));
    if (!takeSlash(tokens))
        return true;
    const auto isRepeat = [](const Value &item) { return item.isFunction("repeat"_kw); };
    return parseGridTemplate(tokens, context, values[Columns]) && values[Columns].is(Value::Kind::List) &&
           std::none_of(values[Columns].items->begin(), values[Columns].items->end(), isRepeat);
}

/// "auto-flow" with "dense", in either order.
bool takeAutoFlow(TokenStream &tokens, Keyword direction, Value &flow)
{
    bool isFlow = false, isDense = false;
    while (true) {
        tokens.skipWhitespace();
        if (!isFlow && tokens.peek().isIdent(u"auto-flow"))
            isFlow = true;
        else if (!isDense && tokens.peek().isIdent(u"dense"))
            isDense = true;
        else
            break;
        tokens.next();
    }
    if (isFlow)
        flow = Value::makeList({Value::makeKeyword(direction), isDense ? Value::makeKeyword("dense"_kw) : Value()});
    return isFlow;
}

bool takeTrackSizes(TokenStream &tokens, const ValueContext &context, Value &into)
{
    Values sizes;
    while (true) {
        tokens.skipWhitespace();
        if (tokens.atEnd() || tokens.peek().isDelim(u'/'))
            break;
        Value size;
        if (!parseTrackSize(tokens, context, size))
            return false;
        sizes.push_back(std::move(size));
    }
    if (!sizes.empty())
        into = Value::makeList(std::move(sizes));
    return true;
}

} // namespace

bool expandGridTemplate(TokenStream &tokens, const ValueContext &context, Values &values)
{
    if (hasString(tokens))
        return expandStrings(tokens, context, values);
    const std::size_t start = tokens.position();
    if (tokens.peek().isIdent(u"none")) {
        tokens.next();
        tokens.skipWhitespace();
        if (tokens.atEnd())
            return true;
        tokens.rewind(start);
    }
    return parseGridTemplate(tokens, context, values[Rows]) && takeSlash(tokens) &&
           parseGridTemplate(tokens, context, values[Columns]);
}

bool expandGrid(TokenStream &tokens, const ValueContext &context, Values &values)
{
    const std::size_t start = tokens.position();
    if (expandGridTemplate(tokens, context, values) && tokens.peekPastWhitespace().is(TokenType::End))
        return true;
    tokens.rewind(start);
    std::fill(values.begin(), values.end(), Value());
    if (takeAutoFlow(tokens, "row"_kw, values[AutoFlow]))
        return takeTrackSizes(tokens, context, values[AutoRows]) && takeSlash(tokens) &&
               parseGridTemplate(tokens, context, values[Columns]);
    tokens.rewind(start);
    return parseGridTemplate(tokens, context, values[Rows]) && takeSlash(tokens) &&
           takeAutoFlow(tokens, "column"_kw, values[AutoFlow]) && takeTrackSizes(tokens, context, values[AutoColumns]);
}

} // namespace bulkhead::engine::css
