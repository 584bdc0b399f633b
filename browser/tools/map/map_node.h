// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/shown/rich_text.h"
#include "browser/tools/map/map_layout.h"
#include "browser/tools/model/process_info.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QPixmap>

namespace bulkhead::map {

/// What a node looks like at the moment; two nodes with equal looks share a picture.
struct Look
{
    bool selected = false;
    bool hovered = false;
};

/// A node's picture: the process with its icon, the layers of its sandbox as rings around it, and below it what is
/// known about it, as far as @p layout leaves room. Its reference point is the middle of the circle.
class NodePicture
{
public:
    /// Draws it, unless it would look the same as before; whether it did.
    bool update(const ProcessInfo &info, const MapLayout &layout, Look look, const QFont &font, const QPalette &palette,
                qreal devicePixelRatio);

    const QPixmap &pixmap() const { return m_pixmap; }
    QPointF origin() const { return m_origin; } ///< of the reference point in the picture, logical pixels
    double radius() const { return m_radius; }  ///< of the outermost ring

private:
    QString m_key;
    QPixmap m_pixmap;
    QPointF m_origin;
    double m_radius = 0;
};

QColor roleColor(ProcessRole role, const QPalette &palette);
QColor phaseColor(ProcessPhase phase, const QPalette &palette);
/// Of a socket and of shared memory: told apart by lightness, too, for those who do not see colours.
QColor socketColor(const QPalette &palette);
QColor memoryColor(const QPalette &palette);

/// What hovering over a node tells: rich text.
RichText explanation(const ProcessInfo &info);

} // namespace bulkhead::map
