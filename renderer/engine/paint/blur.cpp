// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/blur.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bulkhead::engine {

namespace {

// The widths of three boxes that together have nearly the variance of the Gaussian.
std::array<int, 3> boxWidths(double sigma)
{
    const double ideal = std::sqrt(12 * sigma * sigma / 3 + 1);
    int lower = int(std::floor(ideal));
    lower -= lower % 2 == 0 ? 1 : 0;
    const double count = (12 * sigma * sigma - 3.0 * lower * lower - 12.0 * lower - 9) / (-4.0 * lower - 4);
    std::array<int, 3> widths{};
    for (int i = 0; i < 3; ++i)
        widths[std::size_t(i)] = i < std::lround(count) ? lower : lower + 2;
    return widths;
}

// One box over one row or column, from @p source to @p target.
void boxPass(const std::uint8_t *source, std::uint8_t *target, int length, int width)
{
    const int radius = width / 2;
    int sum = 0;
    for (int i = 0; i < std::min(radius, length); ++i)
        sum += source[i];
    for (int i = 0; i < length; ++i) {
        if (i + radius < length)
            sum += source[i + radius];
        if (i - radius - 1 >= 0)
            sum -= source[i - radius - 1];
        target[i] = std::uint8_t((sum + radius) / width);
    }
}

void blurLine(std::vector<std::uint8_t> &line, std::vector<std::uint8_t> &scratch, const std::array<int, 3> &widths)
{
    for (int width : widths) {
        boxPass(line.data(), scratch.data(), int(line.size()), width);
        line.swap(scratch);
    }
}

} // namespace

int blurReach(double sigma)
{
    if (sigma <= 0)
        return 0;
    const auto widths = boxWidths(sigma);
    return widths[0] / 2 + widths[1] / 2 + widths[2] / 2 + 1;
}

void blurAlpha(QImage &alpha, double sigma)
{
    if (sigma <= 0 || alpha.isNull())
        return;
    const auto widths = boxWidths(sigma);
    const int width = alpha.width(), height = alpha.height();
    std::vector<std::uint8_t> line(std::size_t(width), 0), scratch(line.size());
    for (int y = 0; y < height; ++y) {
        std::uint8_t *row = alpha.scanLine(y);
        std::copy_n(row, width, line.begin());
        blurLine(line, scratch, widths);
        std::copy_n(line.begin(), width, row);
    }
    line.assign(std::size_t(height), 0);
    scratch.resize(line.size());
    const auto stride = std::ptrdiff_t(alpha.bytesPerLine());
    std::uint8_t *bits = alpha.bits();
    for (int x = 0; x < width; ++x) {
        for (int y = 0; y < height; ++y)
            line[std::size_t(y)] = bits[y * stride + x];
        blurLine(line, scratch, widths);
        for (int y = 0; y < height; ++y)
            bits[y * stride + x] = line[std::size_t(y)];
    }
}

QImage coloredBy(const QImage &alpha, const QColor &color)
{
    QImage result(alpha.size(), QImage::Format_ARGB32_Premultiplied);
    std::array<QRgb, 256> table{};
    for (int i = 0; i < 256; ++i) {
        const int a = (color.alpha() * i + 127) / 255;
        table[std::size_t(i)] = qPremultiply(qRgba(color.red(), color.green(), color.blue(), a));
    }
    for (int y = 0; y < alpha.height(); ++y) {
        const std::uint8_t *from = alpha.constScanLine(y);
        auto *to = reinterpret_cast<QRgb *>(result.scanLine(y));
        std::transform(from, from + alpha.width(), to, [&table](std::uint8_t value) { return table[value]; });
    }
    return result;
}

void invertAlpha(QImage &alpha)
{
    for (int y = 0; y < alpha.height(); ++y) {
        std::uint8_t *row = alpha.scanLine(y);
        std::transform(row, row + alpha.width(), row, [](std::uint8_t value) { return std::uint8_t(255 - value); });
    }
}

} // namespace bulkhead::engine
