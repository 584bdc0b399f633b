// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstdint>

namespace bulkhead::engine::css {

/// The spaces of css-color-4 that a colour may be given in.
enum class ColorSpace : std::uint8_t {
    Srgb,
    SrgbLinear,
    DisplayP3,
    A98Rgb,
    ProphotoRgb,
    Rec2020,
    XyzD50,
    XyzD65,
    Hsl, ///< degrees, then 0 to 1
    Hwb, ///< degrees, then 0 to 1
    Lab,
    Lch, ///< the hue in degrees
    Oklab,
    Oklch,
};

using ColorComponents = std::array<double, 3>;

/// In sRGB, 0 to 1; clipped to what it can show.
std::array<float, 3> toSrgb(ColorSpace space, const ColorComponents &components);
/// What an sRGB colour is in another space: what color-mix() mixes in.
ColorComponents fromSrgb(ColorSpace space, const std::array<float, 3> &color);

} // namespace bulkhead::engine::css
