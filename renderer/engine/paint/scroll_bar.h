// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/drawing.h"
#include "renderer/engine/paint/paint_state.h"

namespace bulkhead::engine {

/// What shows how far the content of an area is scrolled, at its right and bottom edges. Takes no room.
class ScrollBarDrawing final : public Drawing
{
public:
    /// @p states outlives it.
    ScrollBarDrawing(const PaintStates &states, const ScrollArea &area, bool isDark)
        : m_states(states), m_area(area), m_isDark(isDark)
    {
    }

    void paint(QPainter &painter, const ReplayContext &context) const override;

    /// The knobs now, in the coordinates of the area's outside; empty without that bar.
    static QRectF verticalKnob(const ScrollArea &area, QPointF scrolled);
    static QRectF horizontalKnob(const ScrollArea &area, QPointF scrolled);

private:
    const PaintStates &m_states;
    ScrollArea m_area;
    bool m_isDark;
};

} // namespace bulkhead::engine
