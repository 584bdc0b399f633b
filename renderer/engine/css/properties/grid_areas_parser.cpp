// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/grid_parser.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace bulkhead::engine::css {

namespace {

/// css-syntax-3 4.2: part of a name.
bool isNameCharacter(QChar character)
{
    const char16_t c = character.unicode();
    return c >= 0x80 || c == u'-' || c == u'_' || (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') ||
           (c >= u'A' && c <= u'Z');
}

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f';
}

} // namespace

bool parseGridAreaRow(const QString &text, Values &cells)
{
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype start = at;
        if (isSpace(text[at])) {
            ++at;
        } else if (text[at] == u'.') {
            while (at < text.size() && text[at] == u'.')
                ++at;
            cells.push_back(Value::makeText(Value::Kind::Ident, QStringLiteral(".")));
        } else if (isNameCharacter(text[at])) {
            while (at < text.size() && isNameCharacter(text[at]))
                ++at;
            cells.push_back(Value::makeText(Value::Kind::Ident, text.mid(start, at - start)));
        } else {
            return false;
        }
    }
    return !cells.empty();
}

bool areRectangles(const Values &rows)
{
    struct Area
    {
        std::size_t left = 0, right = 0, top = 0, bottom = 0, cells = 0;
    };
    QHash<QString, Area> areas;
    const std::size_t width = rows.empty() ? 0 : rows.front().size();
    for (std::size_t y = 0; y < rows.size(); ++y) {
        if (rows[y].size() != width)
            return false;
        for (std::size_t x = 0; x < width; ++x) {
            const QString &name = rows[y][x].text;
            if (name == u".")
                continue;
            Area &area = areas[name];
            if (area.cells == 0)
                area = {x, x, y, y, 0};
            area.left = std::min(area.left, x);
            area.right = std::max(area.right, x);
            area.bottom = y;
            ++area.cells;
        }
    }
    return std::all_of(areas.cbegin(), areas.cend(), [](const Area &area) {
        return area.cells == (area.right - area.left + 1) * (area.bottom - area.top + 1);
    });
}

bool parseGridAreas(TokenStream &tokens, const ValueContext &, Value &into)
{
    Values rows;
    while (true) {
        const std::size_t start = tokens.position();
        tokens.skipWhitespace();
        if (!tokens.peek().is(TokenType::String)) {
            tokens.rewind(start);
            break;
        }
        Values cells;
        if (!parseGridAreaRow(tokens.next().text, cells))
            return false;
        rows.push_back(Value::makeList(std::move(cells)));
    }
    if (rows.empty() || !areRectangles(rows))
        return false;
    into = Value::makeList(std::move(rows));
    return true;
}

} // namespace bulkhead::engine::css
