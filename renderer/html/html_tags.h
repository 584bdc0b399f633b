// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArrayView>

#include <cstdint>

namespace bulkhead {

/// How HtmlGuard treats an element.
enum class TagKind : std::uint8_t {
    Inline, ///< may be anywhere; unknown elements too
    Block,  ///< ends an open paragraph, stops the search for an inline element's start
    Paragraph,
    ListItem,
    DefinitionItem,
    Option,
    Anchor,
    Table,
    TableSection, ///< tbody, thead, tfoot
    TableRow,
    TableCell,
    TableOther,  ///< caption, colgroup, col
    Void,        ///< has no content
    Structure,   ///< html, head, body: kept once, never nested
    DropTag,     ///< the tag goes, its content stays
    DropContent, ///< goes with everything in it
    Style,
    RawText, ///< its content is text: title, textarea
    Svg,
};

TagKind tagKind(QByteArrayView lowerCaseName);

/// The element that @p kind's start tag ends when it is still open (a second <li> ends the first).
bool endsOpen(TagKind starting, TagKind open);

/// Whether the search of endsOpen() stops at an open element of this kind or name.
bool stopsImpliedEnd(TagKind starting, TagKind open, QByteArrayView openName);

} // namespace bulkhead
