// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/length.h"

#include <QColor>
#include <QUrl>

#include <memory>
#include <optional>
#include <vector>

namespace bulkhead::engine {

/// A gradient (css-images-3 3). Immutable.
struct Gradient
{
    enum class Kind : std::uint8_t { Linear, Radial, Conic } kind = Kind::Linear;
    bool isRepeating = false;
    struct Stop
    {
        QColor color;
        std::optional<Length> position; ///< nothing: between its neighbours; angles of conic ones as percent
        bool isHint = false;            ///< a colour hint: no colour
    };
    std::vector<Stop> stops;
    // Linear: an angle in degrees (0 is up, clockwise) or a corner.
    double angle = 180;
    int cornerX = 0, cornerY = 0; ///< -1 left or top, 1 right or bottom; both 0: by the angle
    // Radial and conic
    LengthPair center{Length::percent(50), Length::percent(50)};
    bool isCircle = false;
    enum class Extent : std::uint8_t {
        FarthestCorner,
        ClosestSide,
        ClosestCorner,
        FarthestSide,
        Lengths
    } extent = Extent::FarthestCorner;
    LengthPair radii;
};

/// An <image>: a picture by its address, a gradient, or nothing.
struct ImageValue
{
    QUrl url; ///< resolved
    std::shared_ptr<const Gradient> gradient;

    bool isEmpty() const { return url.isEmpty() && !gradient; }
    friend bool operator==(const ImageValue &, const ImageValue &) = default;
};

} // namespace bulkhead::engine
