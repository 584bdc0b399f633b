// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/line.h"
#include "renderer/engine/layout/positioned.h"
#include "renderer/engine/layout/sizes.h"
#include "renderer/engine/layout/words.h"

#include <algorithm>

/// From the items of a line to fragments, in visual order (UAX 9 L2).
namespace bulkhead::engine {

FragmentId LineFragments::make(Line &line, BoxId root, const std::vector<AtomicBox> &atomics,
                               LayoutUnit containingWidth, std::optional<LayoutUnit> containingHeight)
{
    m_line = &line;
    m_containingWidth = containingWidth;
    m_containingHeight = containingHeight;
    Fragment fragment;
    fragment.kind = FragmentKind::Line;
    fragment.box = root;
    fragment.style = m_pass->box(root).style;
    fragment.size = {line.band.width(), line.height};
    fragment.baseline = line.baseline;
    m_fragment = m_pass->addFragment(fragment);
    const bool isJustified = justify(line.band.width() - line.width);
    m_x = isJustified ? LayoutUnit() : lineStart(*m_pass, line, root);
    if (!line.isRightToLeft)
        m_x += line.indent;
    std::vector<Leaf> shown = visual(leaves());
    const std::size_t count = elide(shown, line.band.width() - m_x);
    countParts(shown);
    for (std::size_t i = 0; i < count; ++i)
        addLeaf(shown[i], atomics);
    goTo(0);
    if (count < shown.size() || (count > 0 && line.items[shown[count - 1].item].cut != 0xffffffff))
        addEllipsis();
    return m_fragment;
}

// What has a width, and empty boxes.
std::vector<LineFragments::Leaf> LineFragments::leaves() const
{
    std::vector<bool> isFilled(m_line->boxes.size(), false);
    std::vector<Leaf> found;
    const auto isContent = [](const InlineItem &item) {
        return item.kind == InlineItem::Kind::Word || item.kind == InlineItem::Kind::Tab ||
               item.kind == InlineItem::Kind::Atomic;
    };
    for (const LineItem &item : m_line->items) {
        if (isContent(item.item)) {
            for (std::uint16_t box = item.box; box != 0 && !isFilled[box]; box = m_line->boxes[box].parent)
                isFilled[box] = true;
        }
    }
    BidiLevel level = m_line->isRightToLeft ? 1 : 0;
    for (std::size_t i = 0; i < m_line->items.size(); ++i) {
        const LineItem &item = m_line->items[i];
        if (isContent(item.item)) {
            level = item.item.level;
            found.push_back({std::uint32_t(i), item.box, level});
        } else if ((item.item.kind == InlineItem::Kind::Open || item.item.kind == InlineItem::Kind::Close) &&
                   !isFilled[item.box]) {
            // With it, boxes round it are not empty.
            for (std::uint16_t box = item.box; box != 0 && !isFilled[box]; box = m_line->boxes[box].parent)
                isFilled[box] = true;
            // The innermost one has to stand for all of them.
            found.push_back({std::uint32_t(i), item.box, level});
        }
    }
    return found;
}

std::vector<LineFragments::Leaf> LineFragments::visual(const std::vector<Leaf> &logical) const
{
    const BidiLevel base = m_line->isRightToLeft ? 1 : 0;
    std::vector<BidiLevel> levels;
    levels.reserve(logical.size());
    bool isMixed = base != 0;
    for (const Leaf &leaf : logical) {
        levels.push_back(leaf.level);
        isMixed |= leaf.level != 0;
    }
    if (!isMixed)
        return logical;
    // Spaces that hang at the end have the paragraph's level (rule L1).
    for (std::size_t i = levels.size(); i-- > 0;) {
        const InlineItem &item = m_line->items[logical[i].item].item;
        if (item.kind == InlineItem::Kind::Atomic ||
            (item.kind == InlineItem::Kind::Word && item.spaces < item.textLength))
            break;
        levels[i] = base;
    }
    std::vector<Leaf> ordered;
    ordered.reserve(logical.size());
    for (const std::int32_t index : visualOrder(levels))
        ordered.push_back(logical[std::size_t(index)]);
    return ordered;
}

// Lengthens the spaces (css-text-3 6.4).
bool LineFragments::justify(LayoutUnit room)
{
    const ComputedStyle &style = m_pass->style(m_line->boxes.front().box);
    const bool isLast = m_line->endsParagraph;
    const bool wants = isLast ? style.text->textAlignLast == TextAlignLast::Justify
                              : style.text->textAlign == TextAlign::Justify &&
                                    (style.text->textAlignLast == TextAlignLast::Auto || !isLast);
    if (!wants || room <= 0 || style.text->textJustify == TextJustify::None)
        return false;
    const QStringView text = m_pass->boxes().text;
    std::vector<std::uint32_t> counts(m_line->items.size(), 0);
    std::int64_t all = 0;
    bool isAtEnd = true; // spaces there hang
    for (std::size_t i = m_line->items.size(); i-- > 0;) {
        const InlineItem &item = m_line->items[i].item;
        if (item.kind == InlineItem::Kind::Atomic)
            isAtEnd = false;
        if (item.kind != InlineItem::Kind::Word)
            continue;
        const std::uint32_t length = isAtEnd ? item.textLength - item.spaces : item.textLength;
        for (const QChar c : text.mid(item.textStart, length))
            counts[i] += c == u' ' || c == QChar(0xa0);
        if (item.spaces < item.textLength)
            isAtEnd = false;
        all += counts[i];
    }
    if (all == 0)
        return false;
    m_extraPerSpace.assign(m_line->items.size(), LayoutUnit());
    std::int64_t before = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0)
            continue;
        const LayoutUnit from = LayoutUnit::fromRaw(std::int64_t(room.raw()) * before / all);
        before += counts[i];
        const LayoutUnit to = LayoutUnit::fromRaw(std::int64_t(room.raw()) * before / all);
        m_extraPerSpace[i] = (to - from) / int(counts[i]);
        m_line->items[i].width += to - from;
    }
    return true;
}

std::vector<std::uint16_t> LineFragments::chain(std::uint16_t box) const
{
    std::vector<std::uint16_t> boxes;
    for (; box != 0; box = m_line->boxes[box].parent)
        boxes.push_back(box);
    std::reverse(boxes.begin(), boxes.end());
    return boxes;
}

// Bidi order may tear an inline box into several parts.
void LineFragments::countParts(const std::vector<Leaf> &shown)
{
    m_parts.assign(m_line->boxes.size(), 0);
    m_partsSeen.assign(m_line->boxes.size(), 0);
    std::vector<std::uint16_t> open;
    std::uint16_t last = 0;
    for (const Leaf &leaf : shown) {
        if (leaf.box == last)
            continue;
        last = leaf.box;
        const std::vector<std::uint16_t> wanted = chain(leaf.box);
        const auto common = std::mismatch(open.begin(), open.end(), wanted.begin(), wanted.end());
        for (auto at = common.second; at != wanted.end(); ++at)
            ++m_parts[*at];
        open = wanted;
    }
}

void LineFragments::goTo(std::uint16_t box)
{
    if ((m_open.empty() ? 0 : m_open.back().box) == box)
        return;
    m_text = FragmentId::None;
    const std::vector<std::uint16_t> wanted = chain(box);
    std::size_t common = 0;
    while (common < m_open.size() && common < wanted.size() && m_open[common].box == wanted[common])
        ++common;
    while (m_open.size() > common)
        closeBox();
    for (std::size_t i = common; i < wanted.size(); ++i)
        openBox(wanted[i]);
}

void LineFragments::openBox(std::uint16_t index)
{
    const LineBox &box = m_line->boxes[index];
    const ComputedStyle &style = m_pass->styles().style(box.style);
    const bool isLtr = style.text->direction == Direction::Ltr;
    const bool isStart = m_partsSeen[index]++ == 0;
    const bool hasLeft = isStart && (isLtr ? box.opensHere : box.closesHere);
    const FragmentId made = m_pass->newFragment(box.box, {}, m_containingWidth);
    BoxGeometry &geometry = m_pass->tree().geometries[m_pass->tree().fragment(made).extra];
    if (hasLeft)
        m_x += marginOf(style, m_containingWidth).left;
    else
        geometry.border.left = geometry.padding.left = LayoutUnit();
    const LayoutEdges edges = geometry.border + geometry.padding;
    Fragment &fragment = m_pass->tree().fragment(made);
    fragment.kind = FragmentKind::InlineBox;
    fragment.style = box.style;
    fragment.size.height = box.ascent + box.descent + edges.vertical();
    fragment.baseline = box.ascent + edges.top;
    (isLtr ? fragment.isFirstOfBox : fragment.isLastOfBox) = hasLeft;
    const LayoutPoint at{m_x, box.baseline - fragment.baseline};
    fragment.offset = relativeOffset(style, {m_containingWidth, {}}, m_containingHeight);
    m_pass->attach(above(), made, at - origin());
    m_open.push_back({index, made, at});
    m_x += edges.left;
}

void LineFragments::closeBox()
{
    m_text = FragmentId::None;
    const Open open = m_open.back();
    m_open.pop_back();
    const LineBox &box = m_line->boxes[open.box];
    const ComputedStyle &style = m_pass->styles().style(box.style);
    const bool isLtr = style.text->direction == Direction::Ltr;
    const bool isEnd = m_partsSeen[open.box] == m_parts[open.box];
    const bool hasRight = isEnd && (isLtr ? box.closesHere : box.opensHere);
    Fragment &fragment = m_pass->tree().fragment(open.fragment);
    BoxGeometry &geometry = m_pass->tree().geometries[fragment.extra];
    if (!hasRight)
        geometry.border.right = geometry.padding.right = LayoutUnit();
    (isLtr ? fragment.isLastOfBox : fragment.isFirstOfBox) = hasRight;
    m_x += geometry.border.right + geometry.padding.right;
    fragment.size.width = m_x - open.at.x;
    if (hasRight)
        m_x += marginOf(style, m_containingWidth).right;
}

void LineFragments::addLeaf(const Leaf &leaf, const std::vector<AtomicBox> &atomics)
{
    goTo(leaf.box);
    const LineItem &item = m_line->items[leaf.item];
    if (item.item.kind == InlineItem::Kind::Atomic) {
        m_text = FragmentId::None;
        const AtomicBox &atomic = atomics[item.source];
        const LayoutPoint at{m_x + atomic.margin.left, item.top + atomic.margin.top};
        m_pass->attach(above(), atomic.fragment, at - origin());
        m_x += atomic.width();
    } else if (item.item.kind == InlineItem::Kind::Word || item.item.kind == InlineItem::Kind::Tab) {
        addText(item, leaf.level);
        m_x += item.width;
    }
}

} // namespace bulkhead::engine
