// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/font_matching.h"

#include <algorithm>
#include <tuple>

namespace bulkhead::engine {

namespace {

/// A worse match is a greater number. First those on the preferred side, then by distance.
double distance(double wanted, double low, double high, bool prefersBelow)
{
    constexpr double WrongSide = 10'000;
    if (wanted >= low && wanted <= high)
        return 0;
    if (high < wanted)
        return (prefersBelow ? 0 : WrongSide) + (wanted - high);
    return (prefersBelow ? WrongSide : 0) + (low - wanted);
}

double weightDistance(const FaceTraits &face, double wanted)
{
    const double low = face.minWeight, high = face.maxWeight;
    if (wanted < 400 || wanted > 500)
        return distance(wanted, low, high, wanted < 400);
    // From 400 to 500: first up to 500, then below, then above.
    if (wanted >= low && wanted <= high)
        return 0;
    if (low > wanted && low <= 500)
        return low - wanted;
    return 1000 + distance(wanted, low, high, true);
}

int slantDistance(FontSlant face, FontSlant wanted)
{
    if (face == wanted)
        return 0;
    if (wanted == FontSlant::Normal)
        return face == FontSlant::Oblique ? 1 : 2;
    return face == FontSlant::Normal ? 2 : 1;
}

} // namespace

std::size_t bestFace(std::span<const FaceTraits> faces, const FontQuery &query)
{
    const auto rank = [&](const FaceTraits &face) {
        return std::tuple(distance(query.stretch, face.minStretch, face.maxStretch, query.stretch <= 100),
                          slantDistance(face.slant, query.slant), weightDistance(face, query.weight));
    };
    std::size_t best = 0;
    for (std::size_t i = 1; i < faces.size(); ++i) {
        if (rank(faces[i]) <= rank(faces[best]))
            best = i;
    }
    return best;
}

bool needsBold(const FaceTraits &face, const FontQuery &query)
{
    return query.weight >= 600 && face.maxWeight < 600;
}

bool needsSlant(const FaceTraits &face, const FontQuery &query)
{
    return query.slant != FontSlant::Normal && face.slant == FontSlant::Normal;
}

} // namespace bulkhead::engine
