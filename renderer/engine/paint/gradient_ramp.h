// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/image_value.h"

#include <QRgb>

#include <array>
#include <cstddef>
#include <vector>

namespace bulkhead::engine {

/// The colours along a gradient's line, its stops fixed up (css-images-3 3.4.3). Exact: a sharp edge between two
/// colours stays where it is, however long the line.
class GradientRamp
{
public:
    /// @p length is what 100 % is, in the unit that at() counts in.
    GradientRamp(const Gradient &gradient, double length);

    /// Premultiplied. Neighbouring positions are found quickly.
    QRgb at(double position) const;
    bool isOpaque() const { return m_isOpaque; }

private:
    struct Stop
    {
        double position = 0;
        std::array<float, 4> color{}; ///< red, green, blue premultiplied, alpha; 0 to 255
        double hint = 0.5;            ///< between this one and the next: where the colours are half and half
    };

    void fixPositions(const Gradient &gradient, double length);
    QRgb between(const Stop &from, const Stop &to, double position) const;

    std::vector<Stop> m_stops;
    bool m_isRepeating = false;
    bool m_isOpaque = true;
    mutable std::size_t m_last = 0; ///< the stop before the position that was asked for last
};

} // namespace bulkhead::engine
