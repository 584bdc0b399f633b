// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/fragment_places.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/paint/stacking.h"
#include "renderer/engine/paint/transforms.h"

#include <algorithm>
#include <optional>

namespace bulkhead::engine {

namespace {

// Far beyond any document: the side of a clip that does not cut.
constexpr double unlimited = 5e6;

// Of table parts, cells clip, and tables themselves when they do not scroll.
bool canClipOverflow(const Box &box, const ComputedStyle &style)
{
    if (box.isTableWrapper || box.isAnonymous)
        return false;
    if (box.type == Box::Type::Table)
        return style.overflowX == Overflow::Hidden || style.overflowX == Overflow::Clip;
    return box.type == Box::Type::Block || box.type == Box::Type::Flex || box.type == Box::Type::Grid ||
           box.type == Box::Type::TableCell;
}

std::optional<double> insetOf(const Length &length, double base)
{
    if (!length.isLength())
        return {};
    return length.resolve(LayoutUnit::fromPixels(base)).toDouble();
}

} // namespace

FragmentPlaces::FragmentPlaces(const PaintInput &input, DisplayList &list)
    : m_input(input), m_list(list), m_grid(input.scale), m_positions(input.tree.fragments.size()),
      m_own(input.tree.fragments.size(), 0), m_inside(input.tree.fragments.size(), 0)
{
    if (input.fixedBoxes == FixedBoxes::FollowViewport)
        m_fixed = list.states().addFixed();
    findViewportOverflow();
    std::vector<FragmentId> stack;
    if (input.tree.root != FragmentId::None)
        stack.push_back(input.tree.root);
    while (!stack.empty()) {
        const FragmentId id = stack.back();
        stack.pop_back();
        visit(id);
        for (FragmentId child = input.tree.fragment(id).firstChild; child != FragmentId::None;
             child = input.tree.fragment(child).next)
            stack.push_back(child);
    }
}

void FragmentPlaces::findViewportOverflow()
{
    const BoxId root = m_input.boxes.box(BoxId::Root).firstChild;
    if (root == BoxId::None)
        return;
    m_viewportOverflow = root;
    const ComputedStyle &style = m_input.styles.style(m_input.boxes.box(root).style);
    if (style.overflowX != Overflow::Visible || style.overflowY != Overflow::Visible)
        return;
    for (BoxId child : m_input.boxes.children(root)) {
        const Box &box = m_input.boxes.box(child);
        if (!box.isAnonymous && box.pseudo == PseudoElement::None && box.node != NodeId::None &&
            m_input.document.isElement(box.node, tag::Body)) {
            m_viewportOverflow = child;
            return;
        }
    }
}

const ComputedStyle &FragmentPlaces::style(FragmentId id) const
{
    return m_input.styles.style(m_input.tree.fragment(id).style);
}

void FragmentPlaces::visit(FragmentId id)
{
    const Fragment &fragment = m_input.tree.fragment(id);
    std::uint32_t around = 0;
    m_positions[std::size_t(id)] = fragment.offset;
    if (fragment.parent != FragmentId::None) {
        m_positions[std::size_t(id)] = position(fragment.parent) + fragment.offset;
        around = m_inside[std::size_t(fragment.parent)];
    }
    m_own[std::size_t(id)] = m_inside[std::size_t(id)] = around;
    if (fragment.box == BoxId::None || fragment.kind != FragmentKind::Box || id == m_input.tree.root)
        return;
    const std::uint32_t own = remember(this->own(id, m_places[around]), around);
    m_own[std::size_t(id)] = own;
    m_inside[std::size_t(id)] = remember(inside(id, m_places[own]), own);
}

std::uint32_t FragmentPlaces::remember(const Place &place, std::uint32_t likely)
{
    if (m_places[likely] == place)
        return likely;
    m_places.push_back(place);
    return std::uint32_t(m_places.size() - 1);
}

Place FragmentPlaces::own(FragmentId id, const Place &around)
{
    const Fragment &fragment = m_input.tree.fragment(id);
    const Box &box = m_input.boxes.box(fragment.box);
    const ComputedStyle &style = this->style(id);
    Place place = around;
    // An anonymous box and a table in its wrapper have nothing of their own here.
    if ((box.isAnonymous && !box.isTableWrapper) ||
        (box.type == Box::Type::Table && m_input.boxes.box(box.parent).isTableWrapper))
        return place;
    if (style.position == Position::Fixed && fragment.parent == m_input.tree.root)
        place = {m_fixed, ClipId::None};
    if (style.position == Position::Sticky)
        place.space = stickySpace(id, place.space);
    PaintStates &states = m_list.states();
    const LayoutRect rect{position(id), fragment.size};
    if (!style.rare->transform.empty() && isTransformable(box)) {
        const QRectF area(m_grid.snap(rect.origin), toRectF(rect).size());
        place.space = states.addTransform(place.space, boxTransform(style, area));
    }
    if (style.rare->clip && style.isOutOfFlow()) {
        const auto &[top, right, bottom, left] = *style.rare->clip;
        const auto edge = [](const Length &length, LayoutUnit otherwise) {
            return length.isLength() ? length.resolve({}) : otherwise;
        };
        const LayoutPoint start = rect.origin + LayoutPoint{edge(left, {}), edge(top, {})};
        const LayoutPoint end = rect.origin + LayoutPoint{edge(right, rect.size.width), edge(bottom, rect.size.height)};
        const QRectF area = m_grid.snap(LayoutRect{start, {end.x - start.x, end.y - start.y}});
        place.clip = states.addClip(place.clip, place.space, {area, {}});
    }
    return place;
}

Place FragmentPlaces::inside(FragmentId id, const Place &own)
{
    const Fragment &fragment = m_input.tree.fragment(id);
    const Box &box = m_input.boxes.box(fragment.box);
    const ComputedStyle &style = this->style(id);
    if ((style.overflowX == Overflow::Visible && style.overflowY == Overflow::Visible) ||
        !canClipOverflow(box, style) || isViewportOverflow(fragment.box))
        return own;
    const BoxGeometry &geometry = m_input.tree.geometry(id);
    const LayoutEdges &border = geometry.border;
    PaintStates &states = m_list.states();
    RoundedRect area = borderEdge(id).inside(
        {m_grid.snap(border.left), m_grid.snap(border.top), m_grid.snap(border.right), m_grid.snap(border.bottom)});
    const QRectF view = area.rect;
    if (style.overflowX == Overflow::Visible)
        area = {QRectF(view.left() - unlimited, view.top(), view.width() + 2 * unlimited, view.height()), {}};
    if (style.overflowY == Overflow::Visible)
        area = {QRectF(area.rect.left(), view.top() - unlimited, area.rect.width(), view.height() + 2 * unlimited), {}};
    Place place{own.space, states.addClip(own.clip, own.space, area)};

    const auto scrolls = [](Overflow overflow) { return overflow == Overflow::Auto || overflow == Overflow::Scroll; };
    if (!scrolls(style.overflowX) && !scrolls(style.overflowY))
        return place;
    const LayoutRect &reach = geometry.scrollable;
    ScrollArea scroll;
    const bool isRightToLeft = style.text->direction == Direction::Rtl;
    if (scrolls(style.overflowX) && !isRightToLeft && reach.right() > fragment.size.width)
        scroll.most.setX((reach.right() - fragment.size.width + border.right).toDouble());
    if (scrolls(style.overflowX) && isRightToLeft && reach.left() < 0)
        scroll.least.setX((reach.left() - border.left).toDouble());
    if (scrolls(style.overflowY) && reach.bottom() > fragment.size.height)
        scroll.most.setY((reach.bottom() - fragment.size.height + border.bottom).toDouble());
    scroll.showsHorizontalBar = scroll.most.x() > scroll.least.x();
    scroll.showsVerticalBar = scroll.most.y() > 0;
    if (!scroll.showsHorizontalBar && !scroll.showsVerticalBar)
        return place;
    scroll.outside = own.space;
    scroll.space = place.space = states.addScroll(own.space);
    scroll.fragment = id;
    scroll.view = view;
    m_list.addScrollArea(scroll);
    return place;
}

SpaceId FragmentPlaces::stickySpace(FragmentId id, SpaceId around)
{
    StickyLimits limits;
    const ComputedStyle &style = this->style(id);
    QRectF view(QPointF(), m_input.viewport);
    FragmentId container = FragmentId::None;
    for (FragmentId at = m_input.tree.fragment(id).parent; at != FragmentId::None;
         at = m_input.tree.fragment(at).parent) {
        const Fragment &fragment = m_input.tree.fragment(at);
        if (fragment.kind != FragmentKind::Box || fragment.box == BoxId::None)
            continue;
        if (container == FragmentId::None)
            container = at;
        if (this->style(at).isScrollContainer() && !isViewportOverflow(fragment.box) && at != m_input.tree.root) {
            const Place &inside = placeInside(at);
            if (m_list.states().space(inside.space).kind != PaintSpace::Kind::Scroll)
                return around; // it does not scroll
            limits.scroller = inside.space;
            view = borderEdge(at).rect;
            break;
        }
    }
    if (container == FragmentId::None ||
        (limits.scroller == SpaceId::Document && m_input.fixedBoxes == FixedBoxes::StayInDocument))
        return around;
    const LayoutEdges edges = m_input.tree.geometry(container).border + m_input.tree.geometry(container).padding;
    limits.view = view;
    limits.box = toRectF(rect(id));
    limits.container =
        toRectF(rect(container))
            .adjusted(edges.left.toDouble(), edges.top.toDouble(), -edges.right.toDouble(), -edges.bottom.toDouble());
    limits.top = insetOf(style.box->inset.top, view.height());
    limits.bottom = insetOf(style.box->inset.bottom, view.height());
    limits.left = insetOf(style.box->inset.left, view.width());
    limits.right = insetOf(style.box->inset.right, view.width());
    return m_list.states().addSticky(around, limits);
}

RoundedRect FragmentPlaces::borderEdge(FragmentId id) const
{
    const Fragment &fragment = m_input.tree.fragment(id);
    const ComputedStyle &style = this->style(id);
    RoundedRect edge = roundedBorderRect(m_grid.snap(rect(id)), style.decoration->radius);
    // A box that is cut has corners only at its ends (css-break-3 5.4.1: slice).
    if (!fragment.isFirstOfBox || !fragment.isLastOfBox) {
        const bool isInline = fragment.kind == FragmentKind::InlineBox;
        const bool isLtr = style.text->direction == Direction::Ltr;
        const bool hasLeft = isInline ? (isLtr ? fragment.isFirstOfBox : fragment.isLastOfBox) : true;
        const bool hasRight = isInline ? (isLtr ? fragment.isLastOfBox : fragment.isFirstOfBox) : true;
        const bool hasTop = isInline || fragment.isFirstOfBox, hasBottom = isInline || fragment.isLastOfBox;
        const bool clone = style.rare->decorationBreak == BoxDecorationBreak::Clone;
        const auto keep = [&](std::size_t corner, bool keeps) {
            if (!keeps && !clone)
                edge.radii[corner] = {};
        };
        keep(0, hasLeft && hasTop);
        keep(1, hasRight && hasTop);
        keep(2, hasRight && hasBottom);
        keep(3, hasLeft && hasBottom);
    }
    return edge;
}

} // namespace bulkhead::engine
