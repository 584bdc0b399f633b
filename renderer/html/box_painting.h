// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/resources/page_image.h"

#include <QColor>
#include <QPainter>
#include <QPainterPath>
#include <QRect>

#include <array>
#include <memory>

namespace bulkhead {

/// Corner radii in CSS pixels: top left, top right, bottom right, bottom left; x and y each.
struct CornerRadii
{
    std::array<QPoint, 4> corners{};

    bool isNull() const;
    friend bool operator==(const CornerRadii &, const CornerRadii &) = default;
};

struct BackgroundBox
{
    QRect area;   ///< what is filled
    QRect border; ///< box that the radii belong to
    CornerRadii radii;
    QColor color;
    std::shared_ptr<PageImage> image;
    QRect tile; ///< first tile of the image
    bool repeatX = false;
    bool repeatY = false;
};

enum class BorderStyle { None, Dotted, Dashed, Solid, Double, Groove, Ridge, Inset, Outset };

struct BorderSide
{
    int width = 0;
    BorderStyle style = BorderStyle::None;
    QColor color;

    bool isVisible() const { return width > 0 && style != BorderStyle::None && color.alpha() > 0; }
    friend bool operator==(const BorderSide &, const BorderSide &) = default;
};

struct BorderBox
{
    QRect rect; ///< outer edge
    CornerRadii radii;
    BorderSide top, right, bottom, left;

    bool isVisible() const { return top.isVisible() || right.isVisible() || bottom.isVisible() || left.isVisible(); }
};

enum class MarkerShape { Disc, Circle, Square, Image };

struct ListMarker
{
    QRect rect;
    MarkerShape shape = MarkerShape::Disc;
    QColor color;
    std::shared_ptr<PageImage> image;
};

QPainterPath roundedPath(const QRectF &rect, const CornerRadii &radii);

void paintBackground(QPainter &painter, const BackgroundBox &box, const QRect &damage);
void paintBorder(QPainter &painter, const BorderBox &box);
void paintMarker(QPainter &painter, const ListMarker &marker);

} // namespace bulkhead
