// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/line.h"
#include "renderer/engine/layout/words.h"

#include <algorithm>
#include <memory>
#include <utility>

/// Text fragments of lines, and text-overflow.
namespace bulkhead::engine {

namespace {

constexpr std::uint32_t Whole = 0xffffffff;

} // namespace

const ShapedWord &LineFragments::word(const LineItem &item) const
{
    const InlineContent &content = m_line->isFirst && m_content->firstLine ? *m_content->firstLine : *m_content;
    return item.item.word < content.words.size() ? content.words[item.item.word]
                                                 : (*m_moreWords)[item.item.word - content.words.size()];
}

void LineFragments::addText(const LineItem &item, BidiLevel level)
{
    if (m_text == FragmentId::None || m_textBox != item.item.box || m_textLevel != level)
        m_text = newText(item, level);
    Fragment &fragment = m_pass->tree().fragment(m_text);
    TextRun &run = m_pass->tree().runs[fragment.extra];
    const LayoutUnit x = fragment.size.width;
    addPiece(run, item, x);
    fragment.size.width = x + item.width;
    const std::uint32_t end = std::max(run.textStart + run.textLength, item.item.textStart + item.item.textLength);
    run.textStart = std::min(run.textStart, item.item.textStart);
    run.textLength = end - run.textStart;
}

FragmentId LineFragments::newText(const LineItem &item, BidiLevel level)
{
    const LineBox &box = m_line->boxes[item.box];
    const Box &textBox = m_pass->box(item.item.box);
    TextRun run;
    run.font = m_pass->font(box.style);
    run.textStart = item.item.textStart;
    run.node = textBox.pseudo == PseudoElement::None ? textBox.node : NodeId::None;
    run.isRightToLeft = level % 2 != 0;
    Fragment fragment;
    fragment.kind = FragmentKind::Text;
    fragment.box = item.item.box;
    fragment.style = m_line->isFirst ? m_pass->boxes().firstLineStyle(item.item.box) : textBox.style;
    fragment.size.height = box.ascent + box.descent;
    fragment.baseline = box.ascent;
    fragment.extra = std::uint32_t(m_pass->tree().runs.size());
    m_pass->tree().runs.push_back(std::move(run));
    const FragmentId made = m_pass->addFragment(fragment);
    m_pass->attach(above(), made, LayoutPoint{m_x, box.baseline - box.ascent} - origin());
    m_textBox = item.item.box;
    m_textLevel = level;
    return made;
}

void LineFragments::addPiece(TextRun &run, const LineItem &item, LayoutUnit x) const
{
    const TextStyle &style = *m_pass->style(item.item.box).text;
    TextRun::Piece piece;
    piece.textStart = item.item.textStart;
    piece.x = x;
    piece.extraPerGlyph = LayoutUnit::fromPixels(double(style.letterSpacing));
    piece.extraPerSpace = LayoutUnit::fromPixels(double(style.wordSpacing));
    const std::size_t index = std::size_t(&item - m_line->items.data());
    if (index < m_extraPerSpace.size())
        piece.extraPerSpace += m_extraPerSpace[index];
    if (item.item.kind == InlineItem::Kind::Tab) {
        piece.shaped = std::make_shared<const ShapedText>();
        run.pieces.push_back(std::move(piece));
        return;
    }
    piece.shaped = word(item);
    piece.glyphCount = std::uint32_t(piece.shaped->glyphs.size());
    // Without the spaces that the end of the line took, and what an ellipsis stands for.
    const bool dropsSpaces = item.width <= item.item.width && item.item.spaces > 0 && item.item.spaceWidth > 0;
    const std::uint32_t end = std::min(item.cut, dropsSpaces ? item.item.textLength - item.item.spaces : Whole);
    if (end != Whole) {
        const auto isGone = [&](const ShapedText::Glyph &glyph) { return glyph.cluster >= end; };
        const auto gone =
            std::uint32_t(std::count_if(piece.shaped->glyphs.begin(), piece.shaped->glyphs.end(), isGone));
        piece.glyphCount -= gone;
        if (piece.shaped->isRightToLeft)
            piece.firstGlyph = gone;
    }
    run.pieces.push_back(std::move(piece));
    if (item.showsHyphen)
        addHyphen(run, item, x + item.item.width);
}

void LineFragments::addHyphen(TextRun &run, const LineItem &item, LayoutUnit x) const
{
    TextRun::Piece piece;
    piece.shaped = shapeHyphen(*m_pass, m_line->boxes[item.box].style).first;
    piece.glyphCount = std::uint32_t(piece.shaped->glyphs.size());
    piece.textStart = item.item.textStart + item.item.textLength;
    piece.x = x;
    run.pieces.push_back(std::move(piece));
}

// css-overflow-3 5.1: how many of the leaves are shown before the ellipsis; all when they fit.
std::size_t LineFragments::elide(std::vector<Leaf> &shown, LayoutUnit room)
{
    const StyleId root = m_line->boxes.front().style;
    const ComputedStyle &style = m_pass->styles().style(root);
    if (style.rare->textOverflow != TextOverflow::Ellipsis || style.overflowX == Overflow::Visible ||
        m_line->isRightToLeft || m_line->width <= m_line->band.width())
        return shown.size();
    const QChar dots(0x2026);
    const ShapedWord ellipsis =
        m_pass->shaper().shape(m_pass->font(root), QStringView(&dots, 1), Direction::Ltr, style.text->language);
    room -= LayoutUnit::fromPixels(double(ellipsis->width));
    for (std::size_t i = 0; i < shown.size(); ++i) {
        LineItem &item = m_line->items[shown[i].item];
        if (item.width <= room) {
            room -= item.width;
            continue;
        }
        if (item.item.kind != InlineItem::Kind::Word)
            return i;
        item.cut = fittingPart(*m_pass, item.item, std::max(room, LayoutUnit()), true, *word(item));
        double width = 0;
        for (const ShapedText::Glyph &glyph : word(item)->glyphs) {
            if (glyph.cluster < item.cut)
                width += double(glyph.advance);
        }
        item.width = LayoutUnit::fromPixels(width);
        return item.cut == 0 ? i : i + 1;
    }
    return shown.size();
}

void LineFragments::addEllipsis()
{
    const StyleId root = m_line->boxes.front().style;
    const LineBox &box = m_line->boxes.front();
    const QChar dots(0x2026);
    TextRun run;
    run.font = m_pass->font(root);
    run.isEllipsis = true;
    TextRun::Piece piece;
    piece.shaped = m_pass->shaper().shape(run.font, QStringView(&dots, 1), Direction::Ltr,
                                          m_pass->styles().style(root).text->language);
    piece.glyphCount = std::uint32_t(piece.shaped->glyphs.size());
    Fragment fragment;
    fragment.kind = FragmentKind::Text;
    fragment.style = root;
    fragment.size = {LayoutUnit::fromPixels(double(piece.shaped->width)), box.ascent + box.descent};
    fragment.baseline = box.ascent;
    fragment.extra = std::uint32_t(m_pass->tree().runs.size());
    run.pieces.push_back(std::move(piece));
    m_pass->tree().runs.push_back(std::move(run));
    m_pass->attach(m_fragment, m_pass->addFragment(fragment), {m_x, box.baseline - box.ascent});
}

} // namespace bulkhead::engine
