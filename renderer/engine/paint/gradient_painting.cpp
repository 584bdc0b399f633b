// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/gradient_painting.h"

#include "renderer/engine/paint/gradient_ramp.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace bulkhead::engine {

namespace {

constexpr double least = 1e-6; // what stands for a radius of nothing

// The centres of the pixels of a picture, in CSS pixels.
struct Pixels
{
    QRectF part;
    double scale;
    double x(int column) const { return part.x() + (column + 0.5) / scale; }
    double y(int row) const { return part.y() + (row + 0.5) / scale; }
};

double along(const Length &length, double base)
{
    return length.resolve(LayoutUnit::fromPixels(base)).toDouble();
}

void paintLinear(const Gradient &gradient, QSizeF size, const Pixels &pixels, QImage &image)
{
    double dx = 0, dy = 0;
    if (gradient.cornerX != 0 && gradient.cornerY != 0) {
        // The line of half and half runs through the other two corners.
        dx = gradient.cornerX * size.height();
        dy = gradient.cornerY * size.width();
        const double length = std::hypot(dx, dy);
        dx = length > 0 ? dx / length : 0;
        dy = length > 0 ? dy / length : 1;
    } else if (gradient.cornerX != 0 || gradient.cornerY != 0) {
        dx = gradient.cornerX;
        dy = gradient.cornerY;
    } else {
        const double turn = std::fmod(gradient.angle, 360.0), radians = turn * std::numbers::pi / 180;
        // Exactly level and upright ones, as nearly all are.
        dx = std::fmod(turn, 180.0) == 0 ? 0 : std::sin(radians);
        dy = std::fmod(std::abs(turn), 180.0) == 90 ? 0 : -std::cos(radians);
    }
    const double length = std::abs(size.width() * dx) + std::abs(size.height() * dy);
    const GradientRamp ramp(gradient, length);
    const auto position = [&](int column, int row) {
        return (pixels.x(column) - size.width() / 2) * dx + (pixels.y(row) - size.height() / 2) * dy + length / 2;
    };
    for (int row = 0; row < image.height(); ++row) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(row));
        if (dx == 0) {
            std::fill_n(line, image.width(), ramp.at(position(0, row)));
        } else if (dy == 0 && row > 0) {
            std::copy_n(reinterpret_cast<const QRgb *>(image.constScanLine(0)), image.width(), line);
        } else {
            for (int column = 0; column < image.width(); ++column)
                line[column] = ramp.at(position(column, row));
        }
    }
}

// css-images-3 3.2.1
QSizeF radiiOf(const Gradient &gradient, QSizeF size, QPointF center)
{
    using Extent = Gradient::Extent;
    if (gradient.extent == Extent::Lengths) {
        const double x = along(gradient.radii.x, size.width());
        return {x, gradient.isCircle ? x : along(gradient.radii.y, size.height())};
    }
    const double left = std::abs(center.x()), right = std::abs(size.width() - center.x());
    const double top = std::abs(center.y()), bottom = std::abs(size.height() - center.y());
    const bool isClosest = gradient.extent == Extent::ClosestSide || gradient.extent == Extent::ClosestCorner;
    const auto pick = [isClosest](double a, double b) { return isClosest ? std::min(a, b) : std::max(a, b); };
    const double x = pick(left, right), y = pick(top, bottom);
    const bool isCorner = gradient.extent == Extent::ClosestCorner || gradient.extent == Extent::FarthestCorner;
    if (gradient.isCircle) {
        const double radius = isCorner ? std::hypot(x, y) : pick(x, y);
        return {radius, radius};
    }
    if (!isCorner || x <= 0 || y <= 0)
        return {x, y};
    return {x * std::numbers::sqrt2, y * std::numbers::sqrt2};
}

void paintRadial(const Gradient &gradient, QSizeF size, const Pixels &pixels, QImage &image)
{
    const QPointF center(along(gradient.center.x, size.width()), along(gradient.center.y, size.height()));
    const QSizeF radii = radiiOf(gradient, size, center);
    const double rx = std::max(least, radii.width()), ry = std::max(least, radii.height());
    const GradientRamp ramp(gradient, rx);
    for (int row = 0; row < image.height(); ++row) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(row));
        const double y = (pixels.y(row) - center.y()) * (rx / ry);
        for (int column = 0; column < image.width(); ++column) {
            const double x = pixels.x(column) - center.x();
            line[column] = ramp.at(std::sqrt(x * x + y * y));
        }
    }
}

void paintConic(const Gradient &gradient, QSizeF size, const Pixels &pixels, QImage &image)
{
    const QPointF center(along(gradient.center.x, size.width()), along(gradient.center.y, size.height()));
    const GradientRamp ramp(gradient, 360);
    for (int row = 0; row < image.height(); ++row) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(row));
        const double y = pixels.y(row) - center.y();
        for (int column = 0; column < image.width(); ++column) {
            const double x = pixels.x(column) - center.x();
            const double turn = std::fmod(std::atan2(x, -y) * 180 / std::numbers::pi - gradient.angle + 720, 360.0);
            line[column] = ramp.at(turn);
        }
    }
}

} // namespace

QImage gradientPicture(const Gradient &gradient, QSizeF size, const QRectF &part, double scale)
{
    const QSize pixels(int(std::lround(part.width() * scale)), int(std::lround(part.height() * scale)));
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return image;
    const Pixels places{part, scale};
    switch (gradient.kind) {
    case Gradient::Kind::Linear:
        paintLinear(gradient, size, places, image);
        break;
    case Gradient::Kind::Radial:
        paintRadial(gradient, size, places, image);
        break;
    case Gradient::Kind::Conic:
        paintConic(gradient, size, places, image);
        break;
    }
    return image;
}

} // namespace bulkhead::engine
