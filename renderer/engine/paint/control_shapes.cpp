// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/control_shapes.h"

#include "renderer/engine/paint/border_drawing.h"
#include "renderer/engine/paint/rounded_fill.h"

#include <QPainterPath>

#include <algorithm>
#include <memory>
#include <utility>

namespace bulkhead::engine {

namespace {

/// A line along a path, or a filled path.
class PathDrawing final : public Drawing
{
public:
    PathDrawing(QPainterPath path, const QColor &color, double lineWidth)
        : m_path(std::move(path)), m_color(color), m_lineWidth(lineWidth)
    {
    }

    void paint(QPainter &painter, const ReplayContext &) const override
    {
        const Smooth smooth(painter);
        if (m_lineWidth > 0)
            painter.strokePath(m_path, QPen(m_color, m_lineWidth, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        else
            painter.fillPath(m_path, m_color);
    }

private:
    QPainterPath m_path;
    QColor m_color;
    double m_lineWidth;
};

RoundedRect rounded(const QRectF &rect, double radius)
{
    RoundedRect result{rect, {}};
    result.radii.fill({radius, radius});
    result.reduceOverlap();
    return result;
}

void fillRounded(DisplayList &list, const QRectF &rect, double radius, const QColor &color)
{
    list.draw(rect, std::make_unique<RoundedFill>(rounded(rect, radius), color));
}

void drawPath(DisplayList &list, const QPainterPath &path, const QColor &color, double lineWidth)
{
    list.draw(path.boundingRect().adjusted(-lineWidth, -lineWidth, lineWidth, lineWidth),
              std::make_unique<PathDrawing>(path, color, lineWidth));
}

} // namespace

ControlColors ControlColors::of(bool isDark)
{
    if (isDark)
        return {QColor(59, 59, 59), QColor(133, 133, 133), QColor(153, 200, 255),
                QColor(30, 30, 30), QColor(82, 82, 82),    QColor(120, 120, 120)};
    return {QColor(255, 255, 255), QColor(118, 118, 118), QColor(0, 117, 255),
            QColor(255, 255, 255), QColor(239, 239, 239), QColor(190, 190, 190)};
}

void recordCheck(DisplayList &list, const QRectF &area, ControlState state, bool isRound, bool isDisabled,
                 const ControlColors &colors)
{
    const double side = std::min(area.width(), area.height());
    if (side < 3)
        return;
    const QRectF box(area.left() + (area.width() - side) / 2, area.top() + (area.height() - side) / 2, side, side);
    const double radius = isRound ? side / 2 : side * 0.15;
    const QColor line = isDisabled ? colors.disabled : colors.border;
    const QColor on = isDisabled ? colors.disabled : colors.accent;
    const auto ring = [&](const QColor &color) {
        const BorderEdge edge{1, BorderStyle::Solid, color};
        recordBorder(list, rounded(box, radius), {edge, edge, edge, edge});
    };
    if (state == ControlState::Off || isRound) {
        fillRounded(list, box, radius, colors.field);
        ring(state == ControlState::Off ? line : on);
        if (state != ControlState::Off) {
            const double inset = side * 0.22;
            fillRounded(list, box.adjusted(inset, inset, -inset, -inset), side, on);
        }
        return;
    }
    fillRounded(list, box, radius, on);
    QPainterPath mark;
    const auto at = [&](double x, double y) { return box.topLeft() + QPointF(x * side, y * side); };
    if (state == ControlState::Mixed) {
        mark.moveTo(at(0.22, 0.5));
        mark.lineTo(at(0.78, 0.5));
    } else {
        mark.moveTo(at(0.2, 0.52));
        mark.lineTo(at(0.41, 0.73));
        mark.lineTo(at(0.8, 0.28));
    }
    drawPath(list, mark, colors.onAccent, std::max(1.0, side * 0.14));
}

void recordArrow(DisplayList &list, const QRectF &area, const QColor &color)
{
    const double width = 8, height = 4.5;
    if (area.width() < width)
        return;
    const QPointF middle(area.right() - width / 2 - 3, area.center().y());
    QPainterPath path;
    path.moveTo(middle + QPointF(-width / 2, -height / 2));
    path.lineTo(middle + QPointF(0, height / 2));
    path.lineTo(middle + QPointF(width / 2, -height / 2));
    drawPath(list, path, color, 1.5);
}

void recordBar(DisplayList &list, const QRectF &area, double part, bool isRightToLeft, const QColor &filled,
               const ControlColors &colors)
{
    if (area.isEmpty())
        return;
    const double height = std::min(area.height(), std::max(4.0, area.height() * 0.5));
    const QRectF bar(area.left(), area.top() + (area.height() - height) / 2, area.width(), height);
    const double radius = height / 2;
    fillRounded(list, bar, radius, colors.track);
    QRectF full = bar;
    if (part < 0) {
        full = QRectF(bar.left() + bar.width() * 0.3, bar.top(), bar.width() * 0.4, height);
    } else {
        full.setWidth(bar.width() * std::min(part, 1.0));
        if (isRightToLeft)
            full.moveRight(bar.right());
    }
    if (full.width() > 0) {
        // The ends of what is filled have the corners of the bar.
        const PaintState before = list.state();
        PaintState cut = before;
        cut.clip = list.states().addClip(before.clip, before.space, rounded(bar, radius));
        list.setState(cut);
        fillRounded(list, full, 0, filled);
        list.setState(before);
    }
    const BorderEdge edge{1, BorderStyle::Solid, colors.border};
    recordBorder(list, rounded(bar, radius), {edge, edge, edge, edge});
}

void recordSlider(DisplayList &list, const QRectF &area, double part, bool isRightToLeft, bool isDisabled,
                  const ControlColors &colors)
{
    if (area.isEmpty())
        return;
    part = std::clamp(part, 0.0, 1.0);
    const QColor accent = isDisabled ? colors.disabled : colors.accent;
    const double knob = std::min(16.0, area.height());
    const double left = area.left() + (area.width() - knob) * (isRightToLeft ? 1 - part : part);
    const QRectF track(area.left(), area.center().y() - 4, area.width(), 8);
    recordBar(list, {track.left(), track.top(), track.width(), track.height()}, part, isRightToLeft, accent, colors);
    fillRounded(list, {left, area.center().y() - knob / 2, knob, knob}, knob / 2, accent);
}

} // namespace bulkhead::engine
