// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/drawing.h"
#include "renderer/engine/paint/image_source.h"
#include "renderer/engine/paint/pixel_grid.h"
#include "renderer/engine/style/computed_style.h"

#include <array>
#include <memory>

namespace bulkhead::engine {

/// An image in place of a border (css-backgrounds-3 6): cut in nine, its corners at the corners.
class BorderImageDrawing final : public Drawing
{
public:
    /// Null when the image is not there, or nothing can be drawn of it. @p borderWidths from the top, clockwise.
    static std::unique_ptr<BorderImageDrawing> make(const ImageSource *images, const BorderImage &image,
                                                    const QRectF &border, const std::array<double, 4> &borderWidths,
                                                    const PixelGrid &grid);

    QRectF bounds() const { return m_area; }
    void paint(QPainter &painter, const ReplayContext &context) const override;

private:
    BorderImageDrawing() = default;
    QImage picture(double scale) const;
    void paintPart(QPainter &painter, const QImage &image, const QRectF &target, const QRectF &source,
                   QSizeF tile) const;

    const ImageSource *m_images = nullptr;
    BorderImage m_image;
    QRectF m_area;                    ///< the border image area
    QSizeF m_natural;                 ///< the size of the image that slices refer to
    std::array<double, 4> m_slices{}; ///< in it
    std::array<double, 4> m_widths{}; ///< of the drawn edges
};

} // namespace bulkhead::engine
