// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/map/map_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

namespace bulkhead {

namespace {

struct Need
{
    MapLayout::Detail detail;
    double radius, width, height; ///< in line heights
};
// A node with four lines below it, with two, with a number only.
constexpr std::array<Need, 4> Needs{{{MapLayout::Detail::Full, 1.85, 11.0, 8.0},
                                     {MapLayout::Detail::Title, 1.6, 8.5, 5.6},
                                     {MapLayout::Detail::Number, 1.05, 4.6, 3.8},
                                     {MapLayout::Detail::Number, 0.8, 3.4, 3.0}}};

/// Points on an ellipse around the origin, evenly spaced along it, the first at the top or half a space beside it.
std::vector<QPointF> spread(int count, double a, double b, double shift)
{
    constexpr int Steps = 720;
    std::array<double, Steps + 1> lengths{};
    const auto at = [a, b](int step) {
        const double angle = 2 * std::numbers::pi * step / Steps - std::numbers::pi / 2;
        return QPointF(a * std::cos(angle), b * std::sin(angle));
    };
    for (int i = 1; i <= Steps; ++i) {
        const QPointF d = at(i) - at(i - 1);
        lengths[std::size_t(i)] = lengths[std::size_t(i - 1)] + std::hypot(d.x(), d.y());
    }
    std::vector<QPointF> points;
    for (int i = 0; i < count; ++i) {
        const double wanted = lengths.back() * (i + shift) / count;
        const auto found = std::lower_bound(lengths.begin(), lengths.end(), wanted);
        points.push_back(at(int(found - lengths.begin()) % Steps));
    }
    return points;
}

/// How many cells fit on ring number @p ring (from 1), an ellipse.
int capacity(int ring, const QSizeF &step, double cellWidth, double cellHeight)
{
    const double a = step.width() * ring;
    const double b = step.height() * ring;
    // Ramanujan's first approximation of an ellipse's length
    const double length = std::numbers::pi * (3 * (a + b) - std::sqrt((3 * a + b) * (a + 3 * b)));
    return std::max(1, int(length / std::max(cellWidth, cellHeight) * 0.98));
}

constexpr double Shallow = 0.45; ///< of its width: a room in which nothing fits above and below the middle

/// In a shallow room: columns to the left and right of the middle. False when that does not fit either.
bool placeBeside(MapLayout &layout, int count, const QRectF &area)
{
    const int rows = int(area.height() / layout.cell.height());
    if (rows < 1 || area.height() > area.width() * Shallow)
        return false;
    const int columns = (count + 2 * rows - 1) / (2 * rows);
    const double middle = std::max(layout.cell.width(), 3 * layout.centerRadius) / 2;
    const double step = (area.width() / 2 - middle) / std::max(1, columns);
    if (step < layout.cell.width())
        return false;
    for (int i = 0; i < count; ++i) {
        const int place = i / 2; // on its side
        const int onSide = (count + 1 - i % 2) / 2;
        const int inColumn = std::min(rows, onSide - place / rows * rows);
        const double x = middle + (place / rows + 0.5) * step;
        // The text is below the node.
        const double y =
            std::max(layout.radius * 1.15, area.height() * (place % rows + 0.5) / inColumn - layout.radius * 0.4);
        layout.others.push_back({area.center().x() + (i % 2 ? x : -x), area.top() + y});
    }
    return true;
}

} // namespace

MapLayout MapLayout::of(int count, const QRectF &area, double lineHeight)
{
    MapLayout layout;
    layout.center = area.center();
    std::vector<int> perRing;
    QSizeF step;
    for (const Need &need : Needs) {
        layout.detail = need.detail;
        layout.radius = need.radius * lineHeight;
        layout.centerRadius = layout.radius * 1.35;
        layout.cell = QSizeF(need.width, need.height) * lineHeight;
        // Outermost ring so that its cells touch the edge.
        const double a = (area.width() - layout.cell.width()) / 2;
        const double b = (area.height() - layout.cell.height()) / 2;
        const bool isLast = &need == &Needs.back();
        for (int rings = 1; rings <= 5; ++rings) {
            step = QSizeF(std::max(1.0, a / rings), std::max(1.0, b / rings));
            const bool hasRoom =
                step.width() > layout.cell.width() * 0.75 && step.height() > layout.cell.height() * 0.75;
            int total = 0;
            perRing.clear();
            for (int ring = 1; ring <= rings; ++ring) {
                const int most = capacity(ring, step, layout.cell.width() * 0.92, layout.cell.height());
                perRing.push_back(std::min(most, std::max(0, count - total)));
                total += most;
            }
            if (total >= count && (hasRoom || isLast))
                goto found;
            if (!hasRoom && !isLast)
                break;
        }
        if (placeBeside(layout, count, area))
            return layout;
    }
    // Too many for the room: they overlap, evenly.
    perRing.back() += std::max(0, count - std::accumulate(perRing.begin(), perRing.end(), 0));
found:
    // Evenly filled: inner rings do not crowd while outer ones are empty.
    const int rings = int(perRing.size());
    double weight = 0;
    for (int ring = 1; ring <= rings; ++ring)
        weight += ring;
    int placed = 0;
    for (int ring = 1; ring <= rings; ++ring) {
        const int share =
            ring == rings ? count - placed : std::min(count - placed, int(std::round(count * ring / weight)));
        // Rings are turned against each other, so that lines pass between the nodes of the inner ones.
        for (const QPointF &point : spread(share, step.width() * ring, step.height() * ring, ring % 2 ? 0.0 : 0.5))
            layout.others.push_back(layout.center + point);
        placed += share;
    }
    return layout;
}

} // namespace bulkhead
