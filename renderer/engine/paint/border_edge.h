// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/computed_style.h"

#include <QColor>

#include <array>
#include <cstddef>
#include <vector>

namespace bulkhead::engine {

/// The sides of a box, in the order of styles.
enum class Side : std::size_t { Top, Right, Bottom, Left };

/// One side of a border as it is drawn: a width in whole pixels.
struct BorderEdge
{
    double width = 0;
    BorderStyle style = BorderStyle::None;
    QColor color;

    bool isVisible() const { return width > 0 && style > BorderStyle::Hidden && color.alpha() > 0; }
    friend bool operator==(const BorderEdge &, const BorderEdge &) = default;
};

/// A part of an edge's width in one colour: from the outer side, 0 to 1.
struct BorderStripe
{
    double from = 0, to = 1;
    QColor color;
};

/// What a solid, double or shaded edge consists of; nothing for dotted and dashed ones. @p pixel is one device pixel.
std::vector<BorderStripe> stripesOf(const BorderEdge &edge, Side side, double pixel);

/// The shades of the styles that look carved. Black gets lighter, since it has no darker shade.
QColor darkShade(const QColor &color);
QColor lightShade(const QColor &color);

} // namespace bulkhead::engine
