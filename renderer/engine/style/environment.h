// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/media.h"
#include "renderer/engine/style/computed_style.h"

#include <QColor>
#include <QString>

namespace bulkhead::engine {

/// What the units ex, ch, cap and ic and line-height: normal need of a font; CSS pixels.
struct FontUnits
{
    double xHeight = 8;
    double zeroAdvance = 8;
    double capHeight = 11;
    double ideographAdvance = 16;
    double lineHeight = 19; ///< of line-height: normal
};

/// Measures fonts for the cascade, which knows none.
class FontUnitSource
{
public:
    virtual ~FontUnitSource() = default;
    virtual FontUnits units(const FontDescription &description) = 0;
};

/// What styles depend on besides the document and its sheets.
struct StyleEnvironment
{
    css::MediaEnvironment media;
    /// The size that vw, vh and their like are of: without scroll bars. Nothing: media's.
    std::optional<double> viewportWidth, viewportHeight;
    double fontSize = 16;
    double monospaceSize = 13;
    double minimumFontSize = 0;
    QString standardFamily = QStringLiteral("serif"); ///< of font-family: initial
    QColor linkColor = QColor(0x00, 0x00, 0xee);
    QColor activeLinkColor = QColor(0xff, 0x00, 0x00);
    FontUnitSource *fonts = nullptr; ///< null: half an em for ex and ch

    double unitWidth() const { return viewportWidth.value_or(media.width); }
    double unitHeight() const { return viewportHeight.value_or(media.height); }
};

} // namespace bulkhead::engine
