// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/font_matching.h"

#include <QString>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace bulkhead::engine {

/// The descriptors of an @font-face rule (css-fonts-3 4) that bear on text.
struct FontFaceDescriptors
{
    QString family;
    FaceTraits traits;
    std::vector<std::pair<char32_t, char32_t>> unicodeRange; ///< from, to; empty: everything
    std::vector<std::pair<QString, int>> features;           ///< font-feature-settings
    // css-fonts-5: shares of the size
    std::optional<float> ascentOverride, descentOverride, lineGapOverride;
    float sizeAdjust = 1;

    bool covers(char32_t character) const
    {
        return unicodeRange.empty() || std::any_of(unicodeRange.begin(), unicodeRange.end(), [&](const auto &range) {
                   return character >= range.first && character <= range.second;
               });
    }
    bool operator==(const FontFaceDescriptors &) const = default;
};

} // namespace bulkhead::engine
