// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/columns_fragments.h"

#include <algorithm>
#include <unordered_map>

namespace bulkhead::engine {
namespace {

/// css-break-3 4.1: what is not cut, as a rule.
bool isMonolithic(LayoutPass &pass, const Fragment &fragment)
{
    if (fragment.kind != FragmentKind::Box)
        return true;
    return fragment.box != BoxId::None &&
           (pass.box(fragment.box).type == Box::Type::Replaced || pass.style(fragment.box).isScrollContainer());
}

bool forces(BreakBetween value, Fragmentainer of)
{
    if (value == BreakBetween::Always)
        return true;
    if (of == Fragmentainer::Column)
        return value == BreakBetween::Column;
    return value == BreakBetween::Page || value == BreakBetween::Left || value == BreakBetween::Right;
}

/// Walks over a strip and notes where it may be cut.
class BreakFinder
{
public:
    BreakFinder(LayoutPass &pass, Fragmentainer of) : m_pass(&pass), m_of(of) {}

    BreakPlaces find(FragmentId strip, LayoutUnit height)
    {
        if (height > LayoutUnit())
            walk(strip, LayoutUnit());
        else
            walkChildren(Fragment(m_pass->tree().fragment(strip)), &m_pass->style(m_pass->tree().fragment(strip).box),
                         LayoutUnit());
        m_places.finish(height > LayoutUnit() ? height : m_end);
        return std::move(m_places);
    }

private:
    void walk(FragmentId id, LayoutUnit top)
    {
        const Fragment fragment = m_pass->tree().fragment(id);
        const LayoutUnit bottom = top + fragment.size.height;
        m_end = std::max(m_end, bottom);
        if (isMonolithic(*m_pass, fragment)) {
            m_places.addWhole(top, bottom);
            return;
        }
        const ComputedStyle *style = fragment.box == BoxId::None ? nullptr : &m_pass->style(fragment.box);
        if (style &&
            (style->rare->breakInside == BreakInside::Avoid || m_pass->box(fragment.box).type == Box::Type::TableRow))
            m_places.addKeepTogether(top, bottom);
        const LayoutUnit contentEnd = walkChildren(fragment, style, top);
        const BoxGeometry &geometry = m_pass->tree().geometry(id);
        const LayoutUnit above = geometry.border.top + geometry.padding.top;
        const LayoutUnit below = geometry.border.bottom + geometry.padding.bottom;
        m_places.addSolid(top, top + above);
        m_places.addSolid(bottom - below, bottom);
        const bool isEmpty = fragment.firstChild == FragmentId::None;
        if (style && !m_pass->box(fragment.box).isAnonymous && (isEmpty || !style->box->height.isAuto()))
            m_places.addSolid(std::max(contentEnd, top), bottom);
    }

    /// Gives where the last of them ends.
    LayoutUnit walkChildren(const Fragment &parent, const ComputedStyle *style, LayoutUnit top)
    {
        std::vector<LayoutRect> lines;
        LayoutUnit end = top;
        const ComputedStyle *before = nullptr;
        for (FragmentId id = parent.firstChild; id != FragmentId::None; id = m_pass->tree().fragment(id).next) {
            const Fragment child = m_pass->tree().fragment(id);
            const LayoutUnit at = top + child.offset.y;
            if (child.kind == FragmentKind::Line)
                lines.push_back({{{}, at}, child.size});
            const ComputedStyle *own =
                child.kind == FragmentKind::Box && child.box != BoxId::None ? &m_pass->style(child.box) : nullptr;
            if (own && !own->isFloating())
                noteBetween(before, *own, end, at);
            walk(id, at);
            if (!own || !own->isFloating())
                before = own;
            end = std::max(end, at + child.size.height);
        }
        if (style)
            keepLines(lines, std::max(style->inherited->orphans, 1), std::max(style->inherited->widows, 1));
        return end;
    }

    /// break-before and break-after (3.1).
    void noteBetween(const ComputedStyle *before, const ComputedStyle &after, LayoutUnit end, LayoutUnit top)
    {
        if (!before)
            return;
        const BreakBetween ends = before->rare->breakAfter, begins = after.rare->breakBefore;
        if (forces(ends, m_of) || forces(begins, m_of)) {
            // The margin after a forced break stays (5.2).
            const LayoutUnit margin = after.box->margin.top.isAuto() ? LayoutUnit() : after.box->margin.top.resolve({});
            m_places.addForced(std::max(end, top - std::max(margin, LayoutUnit())));
        } else if (ends == BreakBetween::Avoid || begins == BreakBetween::Avoid) {
            m_places.addKeepTogether(end - LayoutUnit::fromRaw(1), top + LayoutUnit::fromRaw(1));
        }
    }

    void keepLines(const std::vector<LayoutRect> &lines, int orphans, int widows)
    {
        const auto count = int(lines.size());
        if (count < 2)
            return;
        const int first = std::min(orphans, count), last = std::min(widows, count);
        m_places.addKeepTogether(lines.front().top(), lines[std::size_t(first - 1)].bottom());
        m_places.addKeepTogether(lines[std::size_t(count - last)].top(), lines.back().bottom());
    }

    LayoutPass *m_pass;
    Fragmentainer m_of;
    BreakPlaces m_places;
    LayoutUnit m_end;
};

/// A strip's fragments on their way into pieces.
class FragmentCutter
{
public:
    FragmentCutter(LayoutPass &pass, const std::vector<BreakPlaces::Piece> &pieces, LayoutUnit room)
        : m_pass(&pass), m_pieces(&pieces), m_room(room)
    {
    }

    std::vector<FragmentId> cut(FragmentId strip)
    {
        std::vector<FragmentId> found;
        for (const Part &part : split(strip, LayoutUnit(), 0, m_pieces->size() - 1))
            found.push_back(part.id);
        return found;
    }

    /// A point in a fragment that has been cut, in the part where it is now.
    void move(StaticPosition &position) const
    {
        const auto found = m_parts.find(std::uint32_t(position.fragment));
        if (found == m_parts.end())
            return;
        const std::vector<Part> &parts = found->second;
        const LayoutUnit y = parts.front().top + position.point.y;
        const std::size_t piece = std::clamp(pieceOf(y), parts.front().piece, parts.back().piece);
        const Part &part = parts[piece - parts.front().piece];
        position.fragment = part.id;
        position.point.y = y - part.top;
    }

private:
    struct Part
    {
        FragmentId id = FragmentId::None;
        std::size_t piece = 0;
        LayoutUnit top; ///< in the strip
    };

    std::size_t pieceOf(LayoutUnit y) const
    {
        const auto after =
            std::upper_bound(m_pieces->begin(), m_pieces->end(), y,
                             [](LayoutUnit at, const BreakPlaces::Piece &piece) { return at < piece.start; });
        return after == m_pieces->begin() ? 0 : std::size_t(after - m_pieces->begin()) - 1;
    }
    std::size_t pieceBefore(LayoutUnit bottom) const
    {
        const auto after =
            std::lower_bound(m_pieces->begin(), m_pieces->end(), bottom,
                             [](const BreakPlaces::Piece &piece, LayoutUnit at) { return piece.start < at; });
        return after == m_pieces->begin() ? 0 : std::size_t(after - m_pieces->begin()) - 1;
    }

    /// How far down a fragment with what overflows it reaches, as far as that is cut.
    LayoutUnit reach(FragmentId id, LayoutUnit top) const
    {
        const Fragment &fragment = m_pass->tree().fragment(id);
        LayoutUnit bottom = top + fragment.size.height;
        if (isMonolithic(*m_pass, fragment))
            return bottom;
        for (FragmentId child = fragment.firstChild; child != FragmentId::None;
             child = m_pass->tree().fragment(child).next)
            bottom = std::max(bottom, reach(child, top + m_pass->tree().fragment(child).offset.y));
        return bottom;
    }

    /// Makes parts of a fragment for pieces [first, last] and puts its children into them.
    std::vector<Part> split(FragmentId id, LayoutUnit top, std::size_t first, std::size_t last)
    {
        const Fragment whole = m_pass->tree().fragment(id);
        const LayoutUnit bottom = top + whole.size.height;
        std::vector<Part> parts;
        for (std::size_t piece = first; piece <= last; ++piece) {
            Part part{id, piece, piece == first ? top : std::max(top, (*m_pieces)[piece].start)};
            if (piece > first) {
                Fragment copy = whole;
                copy.parent = copy.next = FragmentId::None;
                part.id = m_pass->addFragment(copy);
            }
            Fragment &made = m_pass->tree().fragment(part.id);
            made.firstChild = made.lastChild = FragmentId::None;
            made.isFirstOfBox = whole.isFirstOfBox && piece == first;
            made.isLastOfBox = whole.isLastOfBox && piece == last;
            const LayoutUnit end = piece == last ? bottom : std::min(bottom, (*m_pieces)[piece].start + m_room);
            made.size.height = std::max(end - part.top, LayoutUnit());
            parts.push_back(part);
        }
        for (FragmentId child = whole.firstChild; child != FragmentId::None;) {
            const FragmentId next = m_pass->tree().fragment(child).next;
            m_pass->tree().fragment(child).next = FragmentId::None;
            distribute(parts, child, top + m_pass->tree().fragment(child).offset.y);
            child = next;
        }
        m_parts[std::uint32_t(id)] = parts;
        return parts;
    }

    void distribute(const std::vector<Part> &parents, FragmentId child, LayoutUnit top)
    {
        const std::size_t least = parents.front().piece, most = parents.back().piece;
        const std::size_t first = std::clamp(pieceOf(top), least, most);
        std::size_t last = first;
        if (!isMonolithic(*m_pass, m_pass->tree().fragment(child)))
            last = std::clamp(pieceBefore(reach(child, top)), first, most);
        if (last == first) {
            put(parents[first - least], child, top);
            return;
        }
        for (const Part &part : split(child, top, first, last))
            put(parents[part.piece - least], part.id, part.top);
    }

    void put(const Part &parent, FragmentId child, LayoutUnit top)
    {
        m_pass->tree().fragment(child).offset.y = top - parent.top;
        m_pass->tree().append(parent.id, child);
    }

    LayoutPass *m_pass;
    const std::vector<BreakPlaces::Piece> *m_pieces;
    LayoutUnit m_room;
    std::unordered_map<std::uint32_t, std::vector<Part>> m_parts; // by the fragment that was cut
};

} // namespace

BreakPlaces breakPlaces(LayoutPass &pass, FragmentId strip, LayoutUnit height, Fragmentainer of)
{
    return BreakFinder(pass, of).find(strip, height);
}

std::vector<FragmentId> cutFragments(LayoutPass &pass, FragmentId strip, const std::vector<BreakPlaces::Piece> &pieces,
                                     LayoutUnit room, std::size_t firstStatic)
{
    if (pieces.size() < 2)
        return {strip};
    FragmentCutter cutter(pass, pieces, room);
    const std::vector<FragmentId> found = cutter.cut(strip);
    for (std::size_t i = firstStatic; i < pass.outOfFlowCount(); ++i)
        cutter.move(pass.staticPosition(i));
    return found;
}

} // namespace bulkhead::engine
