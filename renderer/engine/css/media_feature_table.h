// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/media.h"

#include <QStringView>

#include <array>
#include <cstdint>
#include <span>

namespace bulkhead::engine::css {

enum class MediaFeatureType : std::uint8_t { Length, Ratio, Resolution, Number, Integer, Keyword };

/// A feature: what it is now, as a number (of ratios the width and the height) or as a keyword.
struct MediaFeatureEntry
{
    QStringView name;
    MediaFeatureType type;
    double (*number)(const MediaEnvironment &) = nullptr;
    double (*height)(const MediaEnvironment &) = nullptr;
    QStringView (*keyword)(const MediaEnvironment &) = nullptr;
    std::array<QStringView, 4> keywords{}; ///< those that are valid
};

/// Those that the engine knows (mediaqueries-4 4 and after).
std::span<const MediaFeatureEntry> mediaFeatures();

} // namespace bulkhead::engine::css
