// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/drawing.h"
#include "renderer/engine/paint/image_source.h"
#include "renderer/engine/paint/kept_picture.h"
#include "renderer/engine/paint/rounded_rect.h"
#include "renderer/engine/style/image_value.h"

#include <QImage>
#include <QPointF>
#include <QSizeF>

namespace bulkhead::engine {

/// Where the copies of an image lie: in CSS pixels, in one direction or both.
struct TileLayout
{
    RoundedRect area;    ///< what is covered
    QPointF origin;      ///< the top left corner of a copy
    QSizeF tile;         ///< the size of one
    QSizeF step;         ///< from one to the next: the tile's size, or more
    bool repeatX = true; ///< otherwise there is one
    bool repeatY = true;
};

/// Copies of an image side by side. Copy i reaches from the rounded start of itself to the rounded start of the next
/// one: neither gaps nor a sum of errors.
class TilesDrawing final : public Drawing
{
public:
    TilesDrawing(const ImageSource *images, ImageValue image, const TileLayout &layout);

    QRectF bounds() const;
    void paint(QPainter &painter, const ReplayContext &context) const override;

private:
    struct Range
    {
        qint64 first = 0, last = -1;
    };

    QImage picture(QSizeF tile, double scale) const;
    void paintTexture(QPainter &painter, const QRectF &visible, double scale) const;
    void paintEach(QPainter &painter, const QRectF &visible, double scale, Range columns, Range rows) const;
    void paintOne(QPainter &painter, const QRectF &tile, const QRectF &visible, double scale) const;

    const ImageSource *m_images;
    ImageValue m_image;
    TileLayout m_layout;
    mutable KeptPicture m_texture; ///< one tile in device pixels, as last painted
    mutable qint64 m_textureKey = 0;
};

} // namespace bulkhead::engine
