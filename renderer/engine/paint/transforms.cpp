// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/transforms.h"

#include <QMatrix4x4>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace bulkhead::engine {

namespace {

// Not in sixty-fourths: what follows may enlarge it.
double resolved(const Length &length, double base)
{
    if (length.is(Length::Kind::Fixed))
        return double(length.value());
    if (length.is(Length::Kind::Percent))
        return base * double(length.value()) / 100;
    return length.resolve(LayoutUnit::fromPixels(base)).toDouble();
}

// Quarter turns exactly, so that rectangles stay rectangles.
QTransform rotation(double degrees)
{
    const double turn = std::fmod(degrees, 360.0);
    if (std::fmod(turn, 90.0) == 0) {
        const int quarters = (int(turn / 90) + 4) % 4;
        constexpr int sines[] = {0, 1, 0, -1}, cosines[] = {1, 0, -1, 0};
        return {double(cosines[quarters]),
                double(sines[quarters]),
                -double(sines[quarters]),
                double(cosines[quarters]),
                0,
                0};
    }
    const double radians = turn * std::numbers::pi / 180;
    return {std::cos(radians), std::sin(radians), -std::sin(radians), std::cos(radians), 0, 0};
}

double slope(double degrees)
{
    const double turn = std::fmod(degrees, 180.0);
    if (turn == 45 || turn == -135)
        return 1;
    if (turn == -45 || turn == 135)
        return -1;
    return turn == 0 ? 0 : std::tan(turn * std::numbers::pi / 180);
}

QTransform flatTransform(const TransformOperation &operation, const QRectF &box)
{
    const auto &v = operation.values;
    using Kind = TransformOperation::Kind;
    switch (operation.kind) {
    case Kind::Translate:
        return QTransform::fromTranslate(resolved(operation.translate.x, box.width()),
                                         resolved(operation.translate.y, box.height()));
    case Kind::Scale:
        return QTransform::fromScale(v[0], v[1]);
    case Kind::Rotate:
        return rotation(v[0]);
    case Kind::SkewX:
        return {1, 0, slope(v[0]), 1, 0, 0};
    case Kind::SkewY:
        return {1, slope(v[0]), 0, 1, 0, 0};
    case Kind::Matrix:
        return {v[0], v[1], v[2], v[3], v[4], v[5]};
    case Kind::Other3d:
        break;
    }
    return {};
}

// The entries of CSS are by columns, as QMatrix4x4's data.
QMatrix4x4 matrixOf(const TransformOperation &operation, const QRectF &box)
{
    if (operation.kind != TransformOperation::Kind::Other3d)
        return QMatrix4x4(flatTransform(operation, box));
    QMatrix4x4 matrix;
    for (std::size_t i = 0; i < 16; ++i)
        matrix.data()[i] = float(operation.values[i]);
    matrix.optimize();
    return matrix;
}

} // namespace

QTransform boxTransform(const ComputedStyle &style, const QRectF &box)
{
    const RareStyle &rare = *style.rare;
    const QPointF origin = box.topLeft() + QPointF(resolved(rare.transformOrigin[0], box.width()),
                                                   resolved(rare.transformOrigin[1], box.height()));
    const bool isFlat = std::none_of(rare.transform.begin(), rare.transform.end(), [](const TransformOperation &o) {
        return o.kind == TransformOperation::Kind::Other3d;
    });
    QTransform all;
    if (isFlat) {
        // The last is applied first.
        for (const TransformOperation &operation : rare.transform)
            all = flatTransform(operation, box) * all;
    } else {
        const float depth = float(resolved(rare.transformOrigin[2], 0));
        QMatrix4x4 matrix;
        matrix.translate(0, 0, depth);
        for (const TransformOperation &operation : rare.transform)
            matrix *= matrixOf(operation, box);
        matrix.translate(0, 0, -depth);
        all = QTransform(double(matrix(0, 0)), double(matrix(1, 0)), double(matrix(3, 0)), double(matrix(0, 1)),
                         double(matrix(1, 1)), double(matrix(3, 1)), double(matrix(0, 3)), double(matrix(1, 3)),
                         double(matrix(3, 3)));
    }
    return QTransform::fromTranslate(-origin.x(), -origin.y()) * all *
           QTransform::fromTranslate(origin.x(), origin.y());
}

} // namespace bulkhead::engine
