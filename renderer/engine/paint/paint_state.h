// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/fragment.h"
#include "renderer/engine/paint/rounded_rect.h"

#include <QPointF>
#include <QRectF>
#include <QTransform>

#include <cstdint>
#include <optional>
#include <vector>

namespace bulkhead::engine {

enum class SpaceId : std::uint32_t { Document = 0 };
enum class ClipId : std::uint32_t { None = 0 };
enum class EffectId : std::uint32_t { None = 0 };

/// Coordinates in which things are recorded. All spaces of one that is not Transform count from the document's top left
/// corner as if nothing were scrolled.
struct PaintSpace
{
    enum class Kind : std::uint8_t {
        Document,
        Transform, ///< of a transformed box: matrix leads to the parent's coordinates
        Scroll,    ///< the content of a scroll area: moves by its offset
        Fixed,     ///< stays in the viewport
        Sticky,    ///< moves with its scroll area until the edge of its containing block
    };
    Kind kind = Kind::Document;
    SpaceId parent = SpaceId::Document;
    SpaceId frame = SpaceId::Document; ///< the nearest that is not Transform: this one, or one that contains it
    QTransform matrix;
    QTransform toFrame; ///< of this and all Transforms up to the frame
    QPointF scrolled;   ///< Scroll: how far
    std::uint32_t sticky = 0;
};

/// Limits of a sticky box (css-position-3 3.4), in its parent space's coordinates.
struct StickyLimits
{
    SpaceId scroller = SpaceId::Document; ///< whose scrolling it follows; Document: the viewport's
    QRectF view;                          ///< what of the scroll area shows while nothing is scrolled
    QRectF box;                           ///< where the flow puts it, with its margins
    QRectF container;                     ///< its containing block: never left
    std::optional<double> top, right, bottom, left;
};

/// Cuts off what is outside. Clips are a tree of their own, because a box is cut by its containing blocks, not by its
/// parents.
struct Clip
{
    ClipId parent = ClipId::None;
    SpaceId space = SpaceId::Document;
    RoundedRect area;
    SpaceId frame = SpaceId::Document;
    QRectF inFrame; ///< what this one and those round it in the same frame leave, in the frame's coordinates
};

/// What is painted with it becomes one picture, which is painted with an opacity.
struct Effect
{
    EffectId parent = EffectId::None;
    float opacity = 1;
    int depth = 0;
};

/// A box whose content is larger than it and can be scrolled.
struct ScrollArea
{
    SpaceId space = SpaceId::Document; ///< of the content
    SpaceId outside = SpaceId::Document;
    FragmentId fragment = FragmentId::None;
    QRectF view;         ///< in the coordinates of outside
    QPointF least, most; ///< offsets that it can be scrolled to
    bool showsHorizontalBar = false, showsVerticalBar = false;
};

/// Spaces, clips and effects of a display list. Which way things are scrolled is the only thing that changes after
/// recording.
class PaintStates
{
public:
    PaintStates();

    SpaceId addTransform(SpaceId parent, const QTransform &matrix);
    SpaceId addScroll(SpaceId parent);
    SpaceId addFixed();
    SpaceId addSticky(SpaceId parent, const StickyLimits &limits);
    ClipId addClip(ClipId parent, SpaceId space, const RoundedRect &area);
    EffectId addEffect(EffectId parent, float opacity);

    const PaintSpace &space(SpaceId id) const { return m_spaces[std::size_t(id)]; }
    const Clip &clip(ClipId id) const { return m_clips[std::size_t(id)]; }
    const Effect &effect(EffectId id) const { return m_effects[std::size_t(id)]; }
    std::size_t spaceCount() const { return m_spaces.size(); }

    /// Where the viewport is in the document: fixed and sticky boxes follow it.
    void setViewport(const QRectF &viewport);
    void setScrolled(SpaceId scroll, QPointF offset);
    const QRectF &viewport() const { return m_viewport; }

    /// From a space's coordinates to those of the document as it is scrolled now.
    const QTransform &toDocument(SpaceId id) const;
    /// The bounds of @p rect of a space in its frame's coordinates.
    QRectF inFrame(SpaceId id, const QRectF &rect) const;
    /// What of @p rect (of a space, in its frame's coordinates) the clips of that frame leave; those of frames round it
    /// move against it and are left out.
    QRectF clipped(ClipId id, SpaceId space, const QRectF &rect) const;
    /// A point that some clip hides.
    bool clipsOut(ClipId id, QPointF documentPoint) const;

private:
    SpaceId add(PaintSpace space);
    QPointF stickyShift(const StickyLimits &limits) const;
    void update() const;

    std::vector<PaintSpace> m_spaces{1};
    std::vector<StickyLimits> m_sticky;
    std::vector<Clip> m_clips{1};
    std::vector<Effect> m_effects{1};
    QRectF m_viewport;
    mutable std::vector<QTransform> m_toDocument;
    mutable bool m_isCurrent = false;
};

} // namespace bulkhead::engine
