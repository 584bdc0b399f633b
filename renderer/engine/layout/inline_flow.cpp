// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/inline_flow.h"

#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/positioned.h"
#include "renderer/engine/layout/sizes.h"
#include "renderer/engine/layout/words.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine {

namespace {

constexpr int LineTries = 8; // of one line at other heights or places

// An anonymous block that is not the first child has no first line of its own.
bool hasFirstLine(const LayoutPass &pass, BoxId box)
{
    const Box &asked = pass.box(box);
    return !asked.isAnonymous || asked.parent == BoxId::None || pass.box(asked.parent).firstChild == box;
}

} // namespace

InlineFlow::InlineFlow(BlockFlow &flow, BlockFlow::Frame &frame)
    : m_flow(&flow), m_frame(&frame), m_pass(&flow.pass()), m_content(&inlineContent(*m_pass, frame.box)),
      m_isFirstLine(hasFirstLine(*m_pass, frame.box))
{
}

void InlineFlow::run()
{
    const std::size_t count = m_content->items.size();
    // A list item has a line for its marker.
    const bool hasMarker = m_frame->marker != BoxId::None;
    while (m_at < count) {
        const std::size_t solid = m_content->nextSolid[m_at];
        const bool isBlock = solid < count && m_content->items[solid].kind == InlineItem::Kind::Block;
        if (solid < count && !isBlock) {
            layOutLine();
            continue;
        }
        if (solid == count && hasMarker && m_frame->marker != BoxId::None)
            layOutLine();
        passEmptyLine(solid);
        if (isBlock && m_at == solid) {
            m_flow->addChild(*m_frame, m_content->items[m_at].box);
            m_isFirstLine = false;
            ++m_at;
        }
    }
    if (count == 0 && hasMarker)
        layOutLine();
}

// A line that is treated as not existing (CSS 2.1 9.4.2): floats and absolute boxes are where they are.
void InlineFlow::passEmptyLine(std::size_t end)
{
    for (; m_at < end; ++m_at) {
        const InlineItem &item = m_content->items[m_at];
        switch (item.kind) {
        case InlineItem::Kind::Float:
            if (m_at >= m_floatsDone)
                m_flow->addFloat(*m_frame, item.box);
            break;
        case InlineItem::Kind::Absolute:
            m_flow->addStatic(*m_frame, item.box);
            break;
        case InlineItem::Kind::Open:
            m_open.push_back(item.box);
            if (m_flow->places()) {
                // Painted by nothing; links lead to it, and absolute boxes may be in it.
                const FragmentId made = m_pass->newFragment(item.box, {}, m_frame->in.width);
                m_pass->tree().fragment(made).kind = FragmentKind::InlineBox;
                const LayoutUnit y = m_frame->isTopKnown ? m_flow->currentY() - m_frame->top : LayoutUnit();
                m_pass->attach(m_frame->fragment, made, {m_frame->contentLeft - m_frame->x, y});
            }
            break;
        case InlineItem::Kind::Close:
            if (!m_open.empty())
                m_open.pop_back();
            break;
        default:
            break;
        }
    }
}

const InlineItem &InlineFlow::source(std::size_t index, bool isFirstLine) const
{
    if (isFirstLine && m_content->firstLine && index < m_content->firstLine->items.size())
        return m_content->firstLine->items[index];
    return m_content->items[index];
}

LayoutUnit InlineFlow::indent(bool isFirst) const
{
    const TextStyle &style = *m_pass->style(m_frame->box).text;
    const bool applies = isFirst || (style.textIndentEachLine && m_afterBreak);
    if (applies == style.textIndentHanging)
        return {};
    return style.textIndent.resolve(m_flow->containingWidth(*m_frame));
}

void InlineFlow::layOutLine()
{
    LayoutUnit y = m_flow->resolve();
    Line line;
    line.isFirst = m_isFirstLine;
    line.isRightToLeft = m_content->baseLevelAt(m_at) % 2 != 0;
    line.indent = indent(m_isFirstLine);
    Filling filling;
    y = settle(line, filling, y);
    finishLine(line, filling, y);
    for (const LineItem &item : line.items) {
        if (item.item.kind == InlineItem::Kind::Open)
            m_open.push_back(item.item.box);
        else if (item.item.kind == InlineItem::Kind::Close && !m_open.empty())
            m_open.pop_back();
    }
    m_at = filling.at;
    m_rest = std::exchange(m_nextRest, std::nullopt);
    m_isFirstLine = false;
    m_flow->advanceTo(y + line.height);
    for (const BlockFlow::FloatBox &box : std::exchange(m_lateFloats, {}))
        m_flow->placeFloat(box, y + line.height);
    // <br clear>: what follows comes below the floats.
    if (m_afterBreak && m_pass->box(line.items.back().item.box).type == Box::Type::LineBreak) {
        const auto cleared = m_flow->floats().clearance(m_pass->style(line.items.back().item.box).clear);
        if (cleared && *cleared > y + line.height)
            m_flow->advanceTo(*cleared);
    }
}

// Finds the place of the line: what fits depends on the floats beside it, these on how high it is.
LayoutUnit InlineFlow::settle(Line &line, Filling &filling, LayoutUnit y)
{
    const LineHeights heights(*m_pass);
    const LayoutUnit left = m_frame->contentLeft;
    const LayoutUnit right = m_frame->contentRight();
    line.band = m_flow->floats().bandAt(y, y, left, right);
    for (int tries = 0;; ++tries) {
        filling = Filling{};
        filling.y = y;
        filling.at = m_at;
        m_nextRest.reset();
        const Filled filled = fill(line, filling);
        if (filled == Filled::NeedsRoom) {
            const auto next = m_flow->floats().nextEdge(y);
            // Nothing but below all floats when it takes too long to find a better place.
            y = tries < LineTries && next ? m_flow->floats().findRoom(*next, filling.needed, left, right)
                                          : std::max(y, m_flow->floats().bottom().value_or(y));
            line.band = m_flow->floats().bandAt(y, y, left, right);
            continue;
        }
        heights.makeBoxes(line, m_frame->box, m_open);
        trim(line);
        heights.align(line, m_atomics);
        if (m_flow->floats().isEmpty() || tries >= LineTries)
            return y;
        const FloatArea::Band whole = m_flow->floats().bandAt(y, y + line.height, left, right);
        if (whole == line.band)
            return y;
        // Lower down it is narrower; where the line still fits it only moves.
        line.band = whole;
        if (line.width > whole.width() && whole.width() < right - left) {
            const auto next = m_flow->floats().nextEdge(y);
            const bool hasChoice = filling.endItems.has_value();
            if (!hasChoice && next) {
                y = *next;
                line.band = m_flow->floats().bandAt(y, y, left, right);
            }
        }
    }
}

InlineFlow::Filled InlineFlow::fill(Line &line, Filling &filling)
{
    line.items.clear();
    line.endsParagraph = false;
    filling.position = line.indent;
    const std::size_t count = m_content->items.size();
    while (filling.at < count) {
        const InlineItem &item = filling.at == m_at && m_rest ? *m_rest : source(filling.at, line.isFirst);
        if (item.kind == InlineItem::Kind::Block)
            break;
        if (filling.mayEnd && item.kind != InlineItem::Kind::Close) {
            filling.endItems = line.items.size();
            filling.endAt = filling.at;
            filling.mayEnd = false;
        }
        if (item.kind == InlineItem::Kind::Float) {
            addFloat(line, filling, item);
            ++filling.at;
            continue;
        }
        if (!addToLine(line, filling, item)) {
            if (filling.needed > 0)
                return Filled::NeedsRoom;
            return Filled::Line;
        }
        ++filling.at;
        if (item.kind == InlineItem::Kind::ForcedBreak) {
            line.endsParagraph = true;
            return Filled::Line;
        }
    }
    line.endsParagraph = true;
    return Filled::Line;
}

// Whether the line goes on.
bool InlineFlow::addToLine(Line &line, Filling &filling, const InlineItem &item)
{
    const LayoutUnit width = widthOf(item, filling);
    const bool isClose = item.kind == InlineItem::Kind::Close;
    const LayoutUnit reach = filling.position + width - (isClose ? filling.trailing : LayoutUnit());
    const bool takesRoom = item.kind != InlineItem::Kind::Absolute && item.kind != InlineItem::Kind::ForcedBreak &&
                           (width > 0 || (isClose && width != 0));
    if (takesRoom && reach > line.band.width() && endLine(line, filling, item, width))
        return false;
    LineItem added;
    added.item = item;
    added.source = std::uint32_t(filling.at);
    added.width = width + item.spaceWidth;
    line.items.push_back(added);
    filling.position += added.width;
    filling.trailing = item.spaceWidth > 0 ? item.spaceWidth : (isClose ? filling.trailing : LayoutUnit());
    filling.isSolid |= item.isSolid;
    if (item.breaksAfter)
        filling.mayEnd = !item.hasSoftHyphen || filling.position + hyphenWidth(item) <= line.band.width();
    return true;
}

// Something does not fit: the line ends at the last place where it may, or the item is cut; else it sticks out.
bool InlineFlow::endLine(Line &line, Filling &filling, const InlineItem &item, LayoutUnit width)
{
    if (filling.endItems) {
        line.items.resize(*filling.endItems);
        filling.at = filling.endAt;
        m_nextRest.reset();
        for (std::size_t i = line.items.size(); i-- > 0;) {
            LineItem &last = line.items[i];
            if (last.item.kind == InlineItem::Kind::Close)
                continue;
            if (last.item.kind == InlineItem::Kind::Word && last.item.hasSoftHyphen) {
                last.showsHyphen = true;
                last.width += hyphenWidth(last.item);
            }
            break;
        }
        return true;
    }
    if (line.band.width() < m_frame->in.width && m_flow->floats().nextEdge(filling.y)) {
        filling.needed = std::max(LayoutUnit::fromRaw(1), filling.position + width);
        return true;
    }
    return item.kind == InlineItem::Kind::Word && cutWord(line, filling, item);
}

// overflow-wrap (css-text-3 5.5): a word that does not fit on a line of its own is cut where graphemes end.
bool InlineFlow::cutWord(Line &line, Filling &filling, const InlineItem &item)
{
    const TextStyle &style = *m_pass->style(item.box).text;
    if (style.wrap != TextWrap::Wrap ||
        (style.overflowWrap == OverflowWrap::Normal && style.wordBreak != WordBreak::BreakWord))
        return false;
    const std::uint32_t fit =
        fittingPart(*m_pass, item, line.band.width() - filling.position, filling.isSolid, shaped(item, line.isFirst));
    if (fit >= item.textLength)
        return false;
    if (fit > 0) {
        const StyleId used = line.isFirst ? m_pass->boxes().firstLineStyle(item.box) : m_pass->box(item.box).style;
        LineItem added;
        added.item = shapeWord(*m_pass, item.box, used, item.textStart, fit, item.level, m_moreWords);
        added.item.word += std::uint32_t(m_content->words.size());
        added.item.isSolid = true;
        added.item.collapses = item.collapses;
        added.source = std::uint32_t(filling.at);
        added.width = added.item.width + added.item.spaceWidth;
        line.items.push_back(added);
    }
    const std::uint32_t length = item.textLength - fit;
    m_nextRest = shapeWord(*m_pass, item.box, m_pass->box(item.box).style, item.textStart + fit, length, item.level,
                           m_moreWords);
    m_nextRest->word += std::uint32_t(m_content->words.size());
    m_nextRest->isSolid = true;
    m_nextRest->collapses = item.collapses;
    m_nextRest->breaksAfter = item.breaksAfter;
    return true;
}

void InlineFlow::addFloat(Line &line, Filling &filling, const InlineItem &item)
{
    if (filling.at < m_floatsDone)
        return;
    m_floatsDone = filling.at + 1;
    const BlockFlow::FloatBox box = m_flow->makeFloat(*m_frame, item.box);
    FloatArea &floats = m_flow->floats();
    const auto cleared = floats.clearance(m_pass->style(item.box).clear);
    const bool isLower = (cleared && *cleared > filling.y) || floats.lowestTop() > filling.y;
    const LayoutUnit room = line.band.width() - (filling.position - filling.trailing);
    if (!m_lateFloats.empty() || (filling.isSolid && (isLower || box.marginBox.width > room))) {
        m_lateFloats.push_back(box);
        return;
    }
    m_flow->placeFloat(box, filling.y);
    line.band = floats.bandAt(filling.y, filling.y, m_frame->contentLeft, m_frame->contentRight());
}

} // namespace bulkhead::engine
