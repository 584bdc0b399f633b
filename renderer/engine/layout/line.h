// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/float_area.h"
#include "renderer/engine/layout/inline_content.h"
#include "renderer/engine/layout/space.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace bulkhead::engine {

/// An inline box as far as it is on one line; the first of a line is the block container's root inline box.
struct LineBox
{
    BoxId box = BoxId::None;
    StyleId style = StyleId::Initial;
    std::uint16_t parent = 0;
    std::uint16_t group = 0; ///< of the boxes that top or bottom alignment moves together; 0: with the line's baseline
    bool opensHere = false;
    bool closesHere = false;
    bool hasText = false;
    LayoutUnit baseline;        ///< downwards from that of the group
    LayoutUnit ascent, descent; ///< of its font
    LayoutUnit above, below;    ///< with half the leading each: what the line's height is made of
};

/// An inline-block, replaced box and the like in its line.
struct AtomicBox
{
    bool isKnown = false;
    FragmentId fragment = FragmentId::None; ///< when placing
    LayoutEdges margin;
    LayoutSize size;     ///< of the border box
    LayoutUnit baseline; ///< from the top of the margin box
    LayoutUnit width() const { return size.width + margin.horizontal(); }
    LayoutUnit height() const { return size.height + margin.vertical(); }
};

struct LineItem
{
    InlineItem item;
    std::uint32_t source = 0; ///< index of the item in the content
    std::uint16_t box = 0;    ///< in Line::boxes: what it stands in; of Open and Close the box itself
    bool showsHyphen = false;
    std::uint32_t cut = 0xffffffff; ///< only that many of its characters are shown, before an ellipsis
    LayoutUnit width;               ///< as it is on this line, with the spaces that stay
    LayoutUnit top;                 ///< of an atomic box's margin box, from the line's top
};

struct Line
{
    std::vector<LineItem> items;
    std::vector<LineBox> boxes;
    FloatArea::Band band;
    LayoutUnit indent;
    LayoutUnit width; ///< of all items, without the spaces that hang at the end
    LayoutUnit height;
    LayoutUnit baseline; ///< from the top
    bool isFirst = false;
    bool isRightToLeft = false; ///< its paragraph
    bool endsParagraph = false; ///< by a forced break or the end: is not justified
};

/// A line height as used (CSS 2.1 10.8.1).
LayoutUnit lineHeight(const ComputedStyle &style, const FontMetrics &metrics);

/// Aligns the items and boxes of the line vertically: fills in the height and baseline of the line, its boxes, and the
/// tops of atomic boxes (CSS 2.1 10.8). @p open are the boxes that the line begins in.
class LineHeights
{
public:
    explicit LineHeights(LayoutPass &pass) : m_pass(&pass) {}
    void makeBoxes(Line &line, BoxId root, const std::vector<BoxId> &open) const;
    void align(Line &line, const std::vector<AtomicBox> &atomics) const;

private:
    struct Group
    {
        LayoutUnit above, below;
        VerticalAlign align = VerticalAlign::Baseline;
        bool isEmpty = true;
        void include(LayoutUnit up, LayoutUnit down);
    };

    void addBox(Line &line, BoxId box, std::uint16_t parent, bool opensHere) const;
    LayoutUnit shift(const Line &line, const ComputedStyle &style, const LineBox &parent, LayoutUnit above,
                     LayoutUnit below) const;
    bool counts(const LineBox &box) const;

    LayoutPass *m_pass;
};

/// Places the items horizontally and makes their fragments: bidi order, alignment, justification, ellipsis.
class LineFragments
{
public:
    LineFragments(LayoutPass &pass, const InlineContent &content, const std::vector<ShapedWord> &moreWords)
        : m_pass(&pass), m_content(&content), m_moreWords(&moreWords)
    {
    }
    /// A Line fragment without parent.
    FragmentId make(Line &line, BoxId root, const std::vector<AtomicBox> &atomics, LayoutUnit containingWidth,
                    std::optional<LayoutUnit> containingHeight);

private:
    struct Leaf
    {
        std::uint32_t item = 0; // in the line
        std::uint16_t box = 0;
        BidiLevel level = 0;
    };
    struct Open
    {
        std::uint16_t box = 0;
        FragmentId fragment = FragmentId::None;
        LayoutPoint at; // of its border box, from the line's top left
    };

    std::vector<Leaf> leaves() const;
    std::vector<Leaf> visual(const std::vector<Leaf> &leaves) const;
    bool justify(LayoutUnit room);
    void countParts(const std::vector<Leaf> &leaves);
    std::vector<std::uint16_t> chain(std::uint16_t box) const;
    void goTo(std::uint16_t box);
    void openBox(std::uint16_t box);
    void closeBox();
    void addLeaf(const Leaf &leaf, const std::vector<AtomicBox> &atomics);
    void addText(const LineItem &item, BidiLevel level);
    FragmentId newText(const LineItem &item, BidiLevel level);
    void addPiece(TextRun &run, const LineItem &item, LayoutUnit x) const;
    void addHyphen(TextRun &run, const LineItem &item, LayoutUnit x) const;
    std::size_t elide(std::vector<Leaf> &leaves, LayoutUnit room);
    void addEllipsis();
    FragmentId above() const { return m_open.empty() ? m_fragment : m_open.back().fragment; }
    LayoutPoint origin() const { return m_open.empty() ? LayoutPoint() : m_open.back().at; }
    const ShapedWord &word(const LineItem &item) const;

    LayoutPass *m_pass;
    const InlineContent *m_content;
    const std::vector<ShapedWord> *m_moreWords; // of words that were cut, after those of the content
    Line *m_line = nullptr;
    FragmentId m_fragment = FragmentId::None;
    LayoutUnit m_containingWidth;
    std::optional<LayoutUnit> m_containingHeight;
    LayoutUnit m_x;
    std::vector<Open> m_open;
    std::vector<std::uint16_t> m_parts, m_partsSeen; // by box of the line
    std::vector<LayoutUnit> m_extraPerSpace;         // by item, of justification; empty: none
    FragmentId m_text = FragmentId::None;            // that the next word may join
    BoxId m_textBox = BoxId::None;
    BidiLevel m_textLevel = 0;
};

} // namespace bulkhead::engine
