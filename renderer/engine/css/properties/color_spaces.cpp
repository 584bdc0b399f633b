// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/color_spaces.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace bulkhead::engine::css {

namespace {

using Matrix = std::array<double, 9>;

constexpr double ToRadians = std::numbers::pi / 180;

ColorComponents multiply(const Matrix &m, const ColorComponents &v)
{
    return {m[0] * v[0] + m[1] * v[1] + m[2] * v[2], m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
            m[6] * v[0] + m[7] * v[1] + m[8] * v[2]};
}

// css-color-4 18: linear light to XYZ, white D65 but for ProPhoto; and between the whites (Bradford).
constexpr Matrix SrgbToXyz{0.41239080, 0.35758434, 0.18048079, 0.21263901, 0.71516868,
                           0.07219232, 0.01933082, 0.11919478, 0.95053215};
constexpr Matrix XyzToSrgb{3.24096994, -1.53738318, -0.49861076, -0.96924364, 1.87596750,
                           0.04155506, 0.05563008,  -0.20397696, 1.05697151};
constexpr Matrix P3ToXyz{0.48657095, 0.26566769, 0.19821729, 0.22897456, 0.69173852,
                         0.07928691, 0.0,        0.04511338, 1.04394437};
constexpr Matrix A98ToXyz{0.57666904, 0.18555824, 0.18822865, 0.29734498, 0.62736357,
                          0.07529146, 0.02703136, 0.07068885, 0.99133754};
constexpr Matrix Rec2020ToXyz{0.63695805, 0.14461690, 0.16888098, 0.26270021, 0.67799807,
                              0.05930172, 0.0,        0.02807269, 1.06098506};
constexpr Matrix ProphotoToXyz50{0.79776664, 0.13518130, 0.03134773, 0.28807482, 0.71183523,
                                 0.00008994, 0.0,        0.0,        0.82510460};
constexpr Matrix D50ToD65{0.95547342, -0.02309845, 0.06325924,  -0.02836971, 1.00999540,
                          0.02104144, 0.01231401,  -0.02050765, 1.33036592};
constexpr Matrix D65ToD50{1.04792979,  0.02294687,  -0.05019227, 0.02962781, 0.99043443,
                          -0.01707380, -0.00924304, 0.01505519,  0.75187429};
// Oklab: XYZ to cones, and the cubic roots of those to Oklab.
constexpr Matrix XyzToLms{0.81902244, 0.36190626, -0.12887379, 0.03298367, 0.92928685,
                          0.03614467, 0.04817719, 0.26423952,  0.63354783};
constexpr Matrix LmsToXyz{1.22687987,  -0.55781500, 0.28139105,  -0.04057576, 1.11228683,
                          -0.07171107, -0.07637295, -0.42149333, 1.58692403};
constexpr Matrix LmsToOklab{0.21045427, 0.79361778, -0.00407205, 1.97799850, -2.42859220,
                            0.45059371, 0.02590404, 0.78277177,  -0.80867577};
constexpr Matrix OklabToLms{1.0, 0.39633778, 0.21580376, 1.0, -0.10556135, -0.06385417, 1.0, -0.08948418, -1.29148554};
constexpr ColorComponents WhiteD50{0.96429568, 1.0, 0.82510460};

double signedPow(double value, double exponent)
{
    return std::copysign(std::pow(std::fabs(value), exponent), value);
}

double srgbToLinear(double value)
{
    const double size = std::fabs(value);
    return size <= 0.04045 ? value / 12.92 : std::copysign(std::pow((size + 0.055) / 1.055, 2.4), value);
}

double srgbFromLinear(double value)
{
    const double size = std::fabs(value);
    return size <= 0.0031308 ? value * 12.92 : std::copysign(1.055 * std::pow(size, 1 / 2.4) - 0.055, value);
}

ColorComponents each(const ColorComponents &values, double (*function)(double))
{
    return {function(values[0]), function(values[1]), function(values[2])};
}

double rec2020ToLinear(double value)
{
    constexpr double Alpha = 1.09929682680944, Beta = 0.018053968510807;
    const double size = std::fabs(value);
    return size < Beta * 4.5 ? value / 4.5 : std::copysign(std::pow((size + Alpha - 1) / Alpha, 1 / 0.45), value);
}

ColorComponents labToXyz50(const ColorComponents &lab)
{
    constexpr double Kappa = 24389.0 / 27, Epsilon = 216.0 / 24389;
    const double f1 = (lab[0] + 16) / 116, f0 = lab[1] / 500 + f1, f2 = f1 - lab[2] / 200;
    const auto inverse = [](double f) { return f * f * f > Epsilon ? f * f * f : (116 * f - 16) / Kappa; };
    return {inverse(f0) * WhiteD50[0], lab[0] > Kappa * Epsilon ? f1 * f1 * f1 : lab[0] / Kappa,
            inverse(f2) * WhiteD50[2]};
}

ColorComponents labFromXyz50(const ColorComponents &xyz)
{
    constexpr double Kappa = 24389.0 / 27, Epsilon = 216.0 / 24389;
    const auto f = [](double value) { return value > Epsilon ? std::cbrt(value) : (Kappa * value + 16) / 116; };
    const double f0 = f(xyz[0] / WhiteD50[0]), f1 = f(xyz[1]), f2 = f(xyz[2] / WhiteD50[2]);
    return {116 * f1 - 16, 500 * (f0 - f1), 200 * (f1 - f2)};
}

ColorComponents polarToRectangular(const ColorComponents &lch)
{
    return {lch[0], lch[1] * std::cos(lch[2] * ToRadians), lch[1] * std::sin(lch[2] * ToRadians)};
}

ColorComponents rectangularToPolar(const ColorComponents &lab)
{
    const double hue = std::atan2(lab[2], lab[1]) / ToRadians;
    return {lab[0], std::hypot(lab[1], lab[2]), hue < 0 ? hue + 360 : hue};
}

ColorComponents hslToSrgb(const ColorComponents &hsl)
{
    const double hue = hsl[0] - std::floor(hsl[0] / 360) * 360;
    const auto channel = [&](double n) {
        const double k = std::fmod(n + hue / 30, 12);
        const double a = hsl[1] * std::min(hsl[2], 1 - hsl[2]);
        return hsl[2] - a * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
    };
    return {channel(0), channel(8), channel(4)};
}

ColorComponents hwbToSrgb(const ColorComponents &hwb)
{
    if (hwb[1] + hwb[2] >= 1) {
        const double gray = hwb[1] / (hwb[1] + hwb[2]);
        return {gray, gray, gray};
    }
    ColorComponents rgb = hslToSrgb({hwb[0], 1, 0.5});
    for (double &channel : rgb)
        channel = channel * (1 - hwb[1] - hwb[2]) + hwb[1];
    return rgb;
}

ColorComponents hslFromSrgb(const ColorComponents &rgb)
{
    const double most = std::max({rgb[0], rgb[1], rgb[2]}), least = std::min({rgb[0], rgb[1], rgb[2]});
    const double range = most - least, lightness = (most + least) / 2;
    if (range == 0)
        return {0, 0, lightness};
    double hue = 0;
    if (most == rgb[0])
        hue = (rgb[1] - rgb[2]) / range + (rgb[1] < rgb[2] ? 6 : 0);
    else if (most == rgb[1])
        hue = (rgb[2] - rgb[0]) / range + 2;
    else
        hue = (rgb[0] - rgb[1]) / range + 4;
    return {hue * 60, (most - lightness) / std::min(lightness, 1 - lightness), lightness};
}

ColorComponents toXyz(ColorSpace space, const ColorComponents &c)
{
    switch (space) {
    case ColorSpace::DisplayP3:
        return multiply(P3ToXyz, each(c, srgbToLinear));
    case ColorSpace::A98Rgb:
        return multiply(A98ToXyz, each(c, [](double value) { return signedPow(value, 563.0 / 256); }));
    case ColorSpace::ProphotoRgb:
        return multiply(D50ToD65, multiply(ProphotoToXyz50, each(c, [](double value) {
                                               return std::fabs(value) <= 16.0 / 512 ? value / 16
                                                                                     : signedPow(value, 1.8);
                                           })));
    case ColorSpace::Rec2020:
        return multiply(Rec2020ToXyz, each(c, rec2020ToLinear));
    case ColorSpace::XyzD50:
        return multiply(D50ToD65, c);
    case ColorSpace::Lab:
        return multiply(D50ToD65, labToXyz50(c));
    case ColorSpace::Lch:
        return multiply(D50ToD65, labToXyz50(polarToRectangular(c)));
    case ColorSpace::Oklab:
        return multiply(LmsToXyz, each(multiply(OklabToLms, c), [](double value) { return value * value * value; }));
    case ColorSpace::Oklch:
        return toXyz(ColorSpace::Oklab, polarToRectangular(c));
    default:
        return c;
    }
}

} // namespace

std::array<float, 3> toSrgb(ColorSpace space, const ColorComponents &components)
{
    ColorComponents rgb = components;
    switch (space) {
    case ColorSpace::Srgb:
        break;
    case ColorSpace::SrgbLinear:
        rgb = each(components, srgbFromLinear);
        break;
    case ColorSpace::Hsl:
        rgb = hslToSrgb(components);
        break;
    case ColorSpace::Hwb:
        rgb = hwbToSrgb(components);
        break;
    default:
        rgb = each(multiply(XyzToSrgb, toXyz(space, components)), srgbFromLinear);
    }
    std::array<float, 3> color{};
    for (std::size_t i = 0; i < 3; ++i)
        color[i] = std::isnan(rgb[i]) ? 0 : float(std::clamp(rgb[i], 0.0, 1.0));
    return color;
}

ColorComponents fromSrgb(ColorSpace space, const std::array<float, 3> &color)
{
    const ColorComponents rgb{color[0], color[1], color[2]};
    if (space == ColorSpace::Srgb)
        return rgb;
    if (space == ColorSpace::Hsl)
        return hslFromSrgb(rgb);
    if (space == ColorSpace::Hwb)
        return {hslFromSrgb(rgb)[0], std::min({rgb[0], rgb[1], rgb[2]}), 1 - std::max({rgb[0], rgb[1], rgb[2]})};
    const ColorComponents linear = each(rgb, srgbToLinear);
    if (space == ColorSpace::SrgbLinear)
        return linear;
    const ColorComponents xyz = multiply(SrgbToXyz, linear);
    switch (space) {
    case ColorSpace::Lab:
        return labFromXyz50(multiply(D65ToD50, xyz));
    case ColorSpace::Lch:
        return rectangularToPolar(labFromXyz50(multiply(D65ToD50, xyz)));
    case ColorSpace::Oklab:
        return multiply(LmsToOklab, each(multiply(XyzToLms, xyz), [](double value) { return std::cbrt(value); }));
    case ColorSpace::Oklch:
        return rectangularToPolar(fromSrgb(ColorSpace::Oklab, color));
    case ColorSpace::XyzD50:
        return multiply(D65ToD50, xyz);
    default:
        return xyz; // the wide RGB spaces are not mixed in
    }
}

} // namespace bulkhead::engine::css
