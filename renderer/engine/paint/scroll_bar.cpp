// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/scroll_bar.h"

#include <QColor>

#include <algorithm>

namespace bulkhead::engine {

namespace {

constexpr double thickness = 6;
constexpr double margin = 2;
constexpr double leastKnob = 18;

// Where the knob begins and how long it is, along a bar.
struct Knob
{
    double start = 0, length = 0;
};

Knob knobAlong(double view, double least, double most, double scrolled)
{
    const double room = view - 2 * margin, range = most - least;
    if (room <= leastKnob / 2 || range <= 0)
        return {};
    const double length = std::min(room, std::max(leastKnob, room * view / (view + range)));
    return {margin + (room - length) * std::clamp((scrolled - least) / range, 0.0, 1.0), length};
}

} // namespace

QRectF ScrollBarDrawing::verticalKnob(const ScrollArea &area, QPointF scrolled)
{
    if (!area.showsVerticalBar)
        return {};
    const Knob knob = knobAlong(area.view.height(), area.least.y(), area.most.y(), scrolled.y());
    return {area.view.right() - margin - thickness, area.view.top() + knob.start, thickness, knob.length};
}

QRectF ScrollBarDrawing::horizontalKnob(const ScrollArea &area, QPointF scrolled)
{
    if (!area.showsHorizontalBar)
        return {};
    const Knob knob = knobAlong(area.view.width(), area.least.x(), area.most.x(), scrolled.x());
    return {area.view.left() + knob.start, area.view.bottom() - margin - thickness, knob.length, thickness};
}

void ScrollBarDrawing::paint(QPainter &painter, const ReplayContext &) const
{
    const QPointF scrolled = m_states.space(m_area.space).scrolled;
    const Smooth smooth(painter);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_isDark ? QColor(255, 255, 255, 110) : QColor(0, 0, 0, 90));
    for (const QRectF &knob : {verticalKnob(m_area, scrolled), horizontalKnob(m_area, scrolled)}) {
        if (!knob.isEmpty())
            painter.drawRoundedRect(knob, thickness / 2, thickness / 2);
    }
}

} // namespace bulkhead::engine
