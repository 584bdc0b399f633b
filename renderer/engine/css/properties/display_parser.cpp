// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/display_parser.h"

#include <algorithm>
#include <iterator>

namespace bulkhead::engine::css {

namespace {

constexpr Keyword Alone[] = {"none"_kw,
                             "contents"_kw,
                             "inline-block"_kw,
                             "inline-table"_kw,
                             "inline-flex"_kw,
                             "inline-grid"_kw,
                             "table-row-group"_kw,
                             "table-header-group"_kw,
                             "table-footer-group"_kw,
                             "table-row"_kw,
                             "table-cell"_kw,
                             "table-column-group"_kw,
                             "table-column"_kw,
                             "table-caption"_kw,
                             "ruby-base"_kw,
                             "ruby-text"_kw,
                             "ruby-base-container"_kw,
                             "ruby-text-container"_kw};

struct Parts
{
    Keyword outside = Keyword::None;
    Keyword inside = Keyword::None;
    bool isListItem = false;
};

bool takePart(Keyword keyword, Parts &parts)
{
    switch (keyword) {
    case "block"_kw:
    case "inline"_kw:
        if (parts.outside != Keyword::None)
            return false;
        parts.outside = keyword;
        return true;
    case "flow"_kw:
    case "flow-root"_kw:
    case "table"_kw:
    case "flex"_kw:
    case "grid"_kw:
    case "ruby"_kw:
        if (parts.inside != Keyword::None)
            return false;
        parts.inside = keyword;
        return true;
    case "list-item"_kw:
        if (parts.isListItem)
            return false;
        parts.isListItem = true;
        return true;
    default:
        return false;
    }
}

Keyword shortOf(const Parts &parts)
{
    const bool isInline = parts.outside == "inline"_kw || (parts.outside == Keyword::None && parts.inside == "ruby"_kw);
    const bool isRoot = parts.inside == "flow-root"_kw;
    if (parts.isListItem) {
        if (isInline)
            return isRoot ? "inline-flow-root-list-item"_kw : "inline-list-item"_kw;
        return isRoot ? "flow-root-list-item"_kw : "list-item"_kw;
    }
    switch (parts.inside) {
    case "flow-root"_kw:
        return isInline ? "inline-block"_kw : "flow-root"_kw;
    case "table"_kw:
        return isInline ? "inline-table"_kw : "table"_kw;
    case "flex"_kw:
        return isInline ? "inline-flex"_kw : "flex"_kw;
    case "grid"_kw:
        return isInline ? "inline-grid"_kw : "grid"_kw;
    default:
        return isInline ? "inline"_kw : "block"_kw;
    }
}

/// Old names that pages still have.
Keyword unprefixed(Keyword keyword)
{
    switch (keyword) {
    case "-webkit-flex"_kw:
        return "flex"_kw;
    case "-webkit-inline-flex"_kw:
        return "inline-flex"_kw;
    case "-webkit-box"_kw:
        return "flow-root"_kw;
    case "-webkit-inline-box"_kw:
        return "inline-block"_kw;
    default:
        return Keyword::None;
    }
}

} // namespace

bool parseDisplay(TokenStream &tokens, const ValueContext &, Value &into)
{
    if (!tokens.peek().is(TokenType::Ident))
        return false;
    const Keyword first = keywordOf(tokens.peek().text);
    const Keyword old = unprefixed(first);
    if (old != Keyword::None || std::find(std::begin(Alone), std::end(Alone), first) != std::end(Alone)) {
        tokens.next();
        into = Value::makeKeyword(old != Keyword::None ? old : first);
        return true;
    }
    Parts parts;
    std::size_t end = tokens.position();
    while (tokens.peek().is(TokenType::Ident) && takePart(keywordOf(tokens.peek().text), parts)) {
        tokens.next();
        end = tokens.position();
        tokens.skipWhitespace();
    }
    if (parts.outside == Keyword::None && parts.inside == Keyword::None && !parts.isListItem)
        return false;
    if (parts.isListItem && parts.inside != Keyword::None && parts.inside != "flow"_kw &&
        parts.inside != "flow-root"_kw)
        return false;
    tokens.rewind(end);
    into = Value::makeKeyword(shortOf(parts));
    return true;
}

} // namespace bulkhead::engine::css
