// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/value.h"
#include "renderer/engine/style/computed_style.h"
#include "renderer/engine/style/environment.h"

#include <QColor>

#include <array>
#include <optional>

namespace bulkhead::engine {

/// What rem, rex, rlh and so on refer to.
struct RootFont
{
    double size = 16;
    FontUnits units;
    double lineHeight = 19;
};

/// A style while it is being computed: what has to wait until everything else of it is known.
struct Computing
{
    ComputedStyle style;
    const ComputedStyle &parent;
    const ComputedStyle &initial;
    const StyleEnvironment &environment;
    RootFont root;
    bool isRootElement = false;

    /// A border, outline or rule before its style is known.
    struct Line
    {
        float width = 3;             ///< medium
        std::optional<QColor> color; ///< nothing: currentcolor
    };
    enum LineIndex : std::size_t { OutlineLine = 4, ColumnRuleLine = 5, LineCount = 6 };
    std::array<Line, LineCount> lines; ///< top, right, bottom, left, outline, column rule
    bool hasLines = false;             ///< any of them was set
    std::optional<QColor> decorationColor;

    /// Lists of the background's longhands, in the order of the shorthand's table after the colour. Missing: initial.
    enum Background : std::size_t { Image, X, Y, Size, Repeat, Attachment, Origin, Clip, BackgroundCount };
    std::array<const css::Value *, BackgroundCount> background{};
    std::array<bool, BackgroundCount> inheritedBackground{};
    bool hasBackground = false;

    bool hasFontFamily = false; ///< it was declared
    bool hasFontSize = false;

    /// What font-relative units refer to: while the font is computed the parent's, then the style's own.
    enum class FontBase { Parent, Own } fontBase = FontBase::Parent;
    bool isDark() const { return style.inherited->darkScheme; }
};

} // namespace bulkhead::engine
