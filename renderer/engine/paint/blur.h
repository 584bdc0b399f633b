// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QColor>
#include <QImage>

namespace bulkhead::engine {

/// Shadows are blurred by a Gaussian whose standard deviation is half of the radius that styles give (css-backgrounds-3
/// 6.1.1); three boxes come close to it. Both in pixels of the picture.

/// How far a blur reaches beyond what is blurred.
int blurReach(double sigma);
/// Blurs a picture of format Alpha8 in place. What is outside counts as transparent.
void blurAlpha(QImage &alpha, double sigma);
/// A picture in one colour with that transparency (Alpha8).
QImage coloredBy(const QImage &alpha, const QColor &color);
/// 255 minus each pixel of a picture of format Alpha8.
void invertAlpha(QImage &alpha);

} // namespace bulkhead::engine
