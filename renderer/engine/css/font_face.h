// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/token.h"

#include <QString>
#include <QStringView>
#include <QUrl>

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace bulkhead::engine::css {

/// @font-face (css-fonts-4 4).
struct FontFace
{
    struct Source
    {
        bool isLocal = false;
        QString name;   ///< of a local one
        QUrl url;       ///< else; resolved
        QString format; ///< lowered, empty when none is said: "woff2"
    };
    enum class Slant : std::uint8_t { Normal, Italic, Oblique };

    QString family;
    std::vector<Source> sources;                 ///< in order of preference
    std::pair<double, double> weight{400, 400};  ///< lowest and highest
    std::pair<double, double> stretch{100, 100}; ///< percent, likewise
    Slant slant = Slant::Normal;
    std::vector<std::pair<char32_t, char32_t>> ranges; ///< unicode-range, both ends included; empty: all
};

/// What the block of @font-face holds; nothing without a family or sources. @p source is what @p block was tokenized
/// from.
std::optional<FontFace> parseFontFace(std::span<const Token> block, QStringView source, const QUrl &base);

} // namespace bulkhead::engine::css
