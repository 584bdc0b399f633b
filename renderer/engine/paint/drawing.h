// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/highlights.h"

#include <QPainter>
#include <QRectF>

namespace bulkhead::engine {

/// What a drawing gets to know when it is painted.
struct ReplayContext
{
    QRectF damage;    ///< what is asked for, in the drawing's coordinates; the painter is clipped to it
    double scale = 1; ///< device pixels per unit of the drawing's coordinates
    const Highlights *highlights = nullptr;
};

/// One thing that is painted: recorded once, painted often, in coordinates of its space.
class Drawing
{
public:
    virtual ~Drawing() = default;
    /// Leaves the painter as it was, but for pen and brush.
    virtual void paint(QPainter &painter, const ReplayContext &context) const = 0;
};

/// Antialiasing for as long as it lives: display lists are painted without.
class Smooth
{
public:
    explicit Smooth(QPainter &painter) : m_painter(painter) { m_painter.setRenderHint(QPainter::Antialiasing, true); }
    ~Smooth() { m_painter.setRenderHint(QPainter::Antialiasing, false); }
    Q_DISABLE_COPY_MOVE(Smooth)

private:
    QPainter &m_painter;
};

} // namespace bulkhead::engine
