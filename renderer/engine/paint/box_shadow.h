// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/drawing.h"
#include "renderer/engine/paint/kept_picture.h"
#include "renderer/engine/paint/rounded_rect.h"

#include <QImage>

namespace bulkhead::engine {

/// A shadow of a box (css-backgrounds-3 6.1): outside its border edge, or inside its padding edge.
class BoxShadowDrawing final : public Drawing
{
public:
    /// @p edge is the border edge, of an inset shadow the padding edge.
    BoxShadowDrawing(const RoundedRect &edge, const Shadow &shadow);

    QRectF bounds() const;
    void paint(QPainter &painter, const ReplayContext &context) const override;

private:
    void paintSharp(QPainter &painter) const;
    void paintBlurred(QPainter &painter, const ReplayContext &context) const;
    QImage patch(double scale) const;

    RoundedRect m_edge;
    RoundedRect m_shape; ///< what casts the shadow, moved; of an inset one the hole
    Shadow m_shadow;
    // The blurred shape with as short sides as show everything, at the scale of the last painting.
    mutable KeptPicture m_patch;
    mutable double m_patchScale = 0;
    mutable int m_corner = 0; ///< pixels from its edge to where it may be stretched
};

} // namespace bulkhead::engine
