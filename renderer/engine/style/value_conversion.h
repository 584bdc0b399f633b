// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/computing.h"

#include <vector>

namespace bulkhead::engine {

// Specified values to computed ones.

/// Pixels of a length, without percentages.
double pixelsOf(const Computing &computing, const css::Value &value);
/// A length, percentage, number, fraction or one of the keywords that Length knows; fit-content().
Length lengthOf(const Computing &computing, const css::Value &value);
LengthPair lengthPairOf(const Computing &computing, const css::Value &list);
/// A number, also of a calculation; a percentage as its hundredth.
double numberOf(const Computing &computing, const css::Value &value);
/// Degrees.
double angleOf(const Computing &computing, const css::Value &value);
QColor colorOf(const Computing &computing, const css::Value &value);
/// Nothing for currentcolor, which waits for the colour.
std::optional<QColor> waitingColorOf(const Computing &computing, const css::Value &value);
ImageValue imageOf(const Computing &computing, const css::Value &value);
std::vector<Shadow> shadowsOf(const Computing &computing, const css::Value &value);
float lineWidthOf(const Computing &computing, const css::Value &value);
QColor systemColor(css::Keyword keyword, const StyleEnvironment &environment, bool isDark);

} // namespace bulkhead::engine
