// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/drawing.h"
#include "renderer/engine/paint/rounded_rect.h"

#include <QColor>

namespace bulkhead::engine {

/// A colour in a rectangle with round corners.
class RoundedFill final : public Drawing
{
public:
    RoundedFill(const RoundedRect &area, const QColor &color) : m_area(area), m_color(color) {}

    void paint(QPainter &painter, const ReplayContext &) const override
    {
        const Smooth smooth(painter);
        painter.fillPath(m_area.path(), m_color);
    }

private:
    RoundedRect m_area;
    QColor m_color;
};

/// A colour in a rectangle, for where a display list's own will not do.
class PlainFill final : public Drawing
{
public:
    PlainFill(const QRectF &area, const QColor &color) : m_area(area), m_color(color) {}

    void paint(QPainter &painter, const ReplayContext &) const override { painter.fillRect(m_area, m_color); }

private:
    QRectF m_area;
    QColor m_color;
};

} // namespace bulkhead::engine
