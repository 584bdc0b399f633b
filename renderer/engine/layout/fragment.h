// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"
#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/document_styles.h"
#include "renderer/engine/text/shaper.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <vector>

namespace bulkhead::engine {

enum class BoxId : std::uint32_t { Root = 0, None = 0xffffffff };
enum class FragmentId : std::uint32_t { None = 0xffffffff };

enum class FragmentKind : std::uint8_t {
    Box,       ///< a block, table, cell, flex item, inline-block, replaced element, ...
    Line,      ///< a line box; it paints nothing itself
    InlineBox, ///< the part of an inline element on one line: backgrounds and borders
    Text,      ///< glyphs of one font and level
    Marker,    ///< an outside list marker that is an image or a drawn shape (disc, circle, square, triangles)
};

/// A placed piece of a box: what layout hands to painting, hit testing, selection and paper.
///
/// Positions are of the border box, relative to the border box of the parent fragment. The parent is the fragment that
/// contains it in the flow; an out-of-flow box is a child of the fragment of its containing block.
/// Children are in document order, not in painting order.
struct Fragment
{
    FragmentKind kind = FragmentKind::Box;
    bool isFirstOfBox = true; ///< the box's left (start) and top edges are here; else they are open
    bool isLastOfBox = true;
    bool isHiddenForPaint = false; ///< an empty cell that is hidden, a collapsed row
    BoxId box = BoxId::None;
    StyleId style = StyleId::Initial; ///< what it is painted with: the box's, or what ::first-line makes of it
    FragmentId parent = FragmentId::None;
    FragmentId firstChild = FragmentId::None;
    FragmentId lastChild = FragmentId::None;
    FragmentId next = FragmentId::None;
    LayoutPoint offset;
    LayoutSize size;
    LayoutUnit baseline;     ///< from the fragment's top: of text, lines and boxes that have one
    std::uint32_t extra = 0; ///< Text: index of its TextRun; Box: of its BoxGeometry
};

/// The glyphs of a Text fragment: one word or several, in visual order.
struct TextRun
{
    struct Piece
    {
        std::shared_ptr<const ShapedText> shaped;
        std::uint32_t firstGlyph = 0, glyphCount = 0; ///< of shaped
        std::uint32_t textStart = 0;                  ///< in LayoutTree::text of what shaped's cluster 0 stands for
        LayoutUnit x;                                 ///< from the fragment's left edge
        LayoutUnit extraPerGlyph;                     ///< letter-spacing, after each cluster
        LayoutUnit extraPerSpace;                     ///< word-spacing and justification, after each space
    };
    FontId font{};
    std::vector<Piece> pieces;
    std::uint32_t textStart = 0, textLength = 0; ///< in LayoutTree::text: for selection, find and copy
    NodeId node = NodeId::None;                  ///< the text node; None for generated content
    bool isRightToLeft = false;
    bool isEllipsis = false; ///< painted, but no text of the document
};

/// What painting and interaction need of a box besides its size.
struct BoxGeometry
{
    LayoutEdges border;    ///< used widths
    LayoutEdges padding;   ///< used
    LayoutRect scrollable; ///< relative to the border box: what its content reaches, for scroll areas
    // Tables that collapse borders paint these on top of their cells: positions relative to the table.
    struct CollapsedEdge
    {
        LayoutRect area;
        BorderSide side;
        bool isVertical = false;
    };
    std::vector<CollapsedEdge> collapsedBorders;
    std::vector<LayoutRect> columnRules; ///< of columns, relative to the border box
};

/// A box: what an element, pseudo-element or text generates (css-display-3), before it is placed.
struct Box
{
    enum class Type : std::uint8_t {
        Block,  ///< block container: blocks or, with isInlineRoot, lines
        Inline, ///< an inline element
        Text,
        Replaced,  ///< image, embed, iframe, form control, inline svg
        LineBreak, ///< <br>
        WordBreak, ///< <wbr>
        Table,     ///< the grid; its wrapper with the captions is a Block
        TableRowGroup,
        TableRow,
        TableCell,
        TableColumnGroup,
        TableColumn,
        Flex,
        Grid,
        Marker, ///< ::marker, inside or outside
    };
    Type type = Type::Block;
    bool isAnonymous = false;
    bool isInlineRoot = false; ///< a block container with lines
    bool isTableWrapper = false;
    bool isColumns = false;  ///< a multi-column container
    bool isFlowRoot = false; ///< a block container that floats do not leave (a block formatting context's root)
    PseudoElement pseudo = PseudoElement::None;
    NodeId node = NodeId::None; ///< what generated it, for an anonymous one its nearest ancestor that did
    StyleId style = StyleId::Initial;
    BoxId parent = BoxId::None, firstChild = BoxId::None, lastChild = BoxId::None, next = BoxId::None;
    std::uint32_t textStart = 0, textLength = 0; ///< Text: in BoxTree::text
    std::uint16_t rowSpan = 1, columnSpan = 1;   ///< of cells and columns
};

} // namespace bulkhead::engine
