// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/keywords.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace bulkhead::engine {

/// What tells a family's faces apart. Ranges: a single value is twice the same.
struct FaceTraits
{
    std::uint16_t minWeight = 400, maxWeight = 400;
    FontSlant slant = FontSlant::Normal;
    float minStretch = 100, maxStretch = 100; ///< percent

    bool operator==(const FaceTraits &) const = default;
};

struct FontQuery
{
    std::uint16_t weight = 400;
    FontSlant slant = FontSlant::Normal;
    float stretch = 100;

    bool operator==(const FontQuery &) const = default;
};

/// The face that css-fonts-4 5.2 chooses, of those with equal traits the last; @p faces is not empty.
std::size_t bestFace(std::span<const FaceTraits> faces, const FontQuery &query);

/// Whether the chosen face has to be widened, or slanted, to look as it is asked for (css-fonts-4 6).
bool needsBold(const FaceTraits &face, const FontQuery &query);
bool needsSlant(const FaceTraits &face, const FontQuery &query);

} // namespace bulkhead::engine
