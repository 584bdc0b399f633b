// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/paint_state.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace bulkhead::engine {

PaintStates::PaintStates()
{
    m_clips.front().area.rect = QRectF(-1e9, -1e9, 2e9, 2e9);
    m_clips.front().inFrame = m_clips.front().area.rect;
}

SpaceId PaintStates::add(PaintSpace space)
{
    const SpaceId id{std::uint32_t(m_spaces.size())};
    if (space.kind != PaintSpace::Kind::Transform)
        space.frame = id;
    m_spaces.push_back(std::move(space));
    m_isCurrent = false;
    return id;
}

SpaceId PaintStates::addTransform(SpaceId parent, const QTransform &matrix)
{
    PaintSpace space;
    space.kind = PaintSpace::Kind::Transform;
    space.parent = parent;
    space.frame = this->space(parent).frame;
    space.matrix = matrix;
    space.toFrame = matrix * this->space(parent).toFrame;
    return add(space);
}

SpaceId PaintStates::addScroll(SpaceId parent)
{
    PaintSpace space;
    space.kind = PaintSpace::Kind::Scroll;
    space.parent = parent;
    return add(space);
}

SpaceId PaintStates::addFixed()
{
    PaintSpace space;
    space.kind = PaintSpace::Kind::Fixed;
    return add(space);
}

SpaceId PaintStates::addSticky(SpaceId parent, const StickyLimits &limits)
{
    PaintSpace space;
    space.kind = PaintSpace::Kind::Sticky;
    space.parent = parent;
    space.sticky = std::uint32_t(m_sticky.size());
    m_sticky.push_back(limits);
    return add(space);
}

ClipId PaintStates::addClip(ClipId parent, SpaceId space, const RoundedRect &area)
{
    Clip added{parent, space, area, this->space(space).frame, inFrame(space, area.rect)};
    if (clip(parent).frame == added.frame)
        added.inFrame = added.inFrame.intersected(clip(parent).inFrame);
    m_clips.push_back(added);
    return ClipId(m_clips.size() - 1);
}

EffectId PaintStates::addEffect(EffectId parent, float opacity)
{
    m_effects.push_back({parent, opacity, effect(parent).depth + 1});
    return EffectId(m_effects.size() - 1);
}

void PaintStates::setViewport(const QRectF &viewport)
{
    m_isCurrent = m_isCurrent && viewport == m_viewport;
    m_viewport = viewport;
}

void PaintStates::setScrolled(SpaceId scroll, QPointF offset)
{
    m_spaces[std::size_t(scroll)].scrolled = offset;
    m_isCurrent = false;
}

QPointF PaintStates::stickyShift(const StickyLimits &limits) const
{
    // The visible part in coordinates of the content, in which the box stands.
    const QRectF view =
        limits.scroller == SpaceId::Document ? m_viewport : limits.view.translated(space(limits.scroller).scrolled);
    double dx = 0, dy = 0;
    if (limits.right)
        dx = std::min(0.0, view.right() - *limits.right - limits.box.right());
    if (limits.left)
        dx = std::max(dx, view.left() + *limits.left - limits.box.left());
    if (limits.bottom)
        dy = std::min(0.0, view.bottom() - *limits.bottom - limits.box.bottom());
    if (limits.top)
        dy = std::max(dy, view.top() + *limits.top - limits.box.top());
    const auto within = [](double shift, double least, double most) {
        return shift > 0 ? std::min(shift, std::max(0.0, most)) : std::max(shift, std::min(0.0, least));
    };
    return {within(dx, limits.container.left() - limits.box.left(), limits.container.right() - limits.box.right()),
            within(dy, limits.container.top() - limits.box.top(), limits.container.bottom() - limits.box.bottom())};
}

void PaintStates::update() const
{
    if (m_isCurrent)
        return;
    m_toDocument.assign(m_spaces.size(), {});
    // A parent is always added before its child.
    for (std::size_t i = 1; i < m_spaces.size(); ++i) {
        const PaintSpace &space = m_spaces[i];
        const QTransform &parent = m_toDocument[std::size_t(space.parent)];
        switch (space.kind) {
        case PaintSpace::Kind::Document:
            break;
        case PaintSpace::Kind::Transform:
            m_toDocument[i] = space.matrix * parent;
            break;
        case PaintSpace::Kind::Scroll:
            m_toDocument[i] = QTransform::fromTranslate(-space.scrolled.x(), -space.scrolled.y()) * parent;
            break;
        case PaintSpace::Kind::Fixed:
            m_toDocument[i] = QTransform::fromTranslate(m_viewport.x(), m_viewport.y());
            break;
        case PaintSpace::Kind::Sticky: {
            const QPointF shift = stickyShift(m_sticky[space.sticky]);
            m_toDocument[i] = QTransform::fromTranslate(shift.x(), shift.y()) * parent;
            break;
        }
        }
    }
    m_isCurrent = true;
}

const QTransform &PaintStates::toDocument(SpaceId id) const
{
    update();
    return m_toDocument[std::size_t(id)];
}

QRectF PaintStates::inFrame(SpaceId id, const QRectF &rect) const
{
    const PaintSpace &from = space(id);
    return from.kind == PaintSpace::Kind::Transform ? from.toFrame.mapRect(rect) : rect;
}

QRectF PaintStates::clipped(ClipId id, SpaceId space, const QRectF &rect) const
{
    const Clip &one = clip(id);
    return one.frame == this->space(space).frame ? rect.intersected(one.inFrame) : rect;
}

bool PaintStates::clipsOut(ClipId id, QPointF documentPoint) const
{
    for (; id != ClipId::None; id = clip(id).parent) {
        const Clip &one = clip(id);
        bool canInvert = true;
        const QPointF point = toDocument(one.space).inverted(&canInvert).map(documentPoint);
        if (!canInvert || !one.area.contains(point))
            return true;
    }
    return false;
}

} // namespace bulkhead::engine
