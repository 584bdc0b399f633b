// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/declaration.h"
#include "renderer/engine/style/computed_style.h"

#include <QHash>
#include <QString>
#include <QStringView>

#include <functional>
#include <optional>
#include <vector>

namespace bulkhead::engine {

namespace limits {
inline constexpr qsizetype ExpandedCharacters = 64 * 1024; ///< of one value after substitution
inline constexpr qsizetype CustomCharacters = 1024 * 1024; ///< of all that one element declares
inline constexpr int VariableDepth = 100;                  ///< of variables that refer to each other
inline constexpr int FallbackDepth = 16;                   ///< of var() in each other's fallbacks
} // namespace limits

/// The value of a custom property; nothing when it is not there or invalid.
using VariableLookup = std::function<std::optional<QString>(const QString &name)>;

/// @p text with each var() and env() substituted (css-variables-1 3); nothing when that is invalid or gets too long.
std::optional<QString> substituteVariables(QStringView text, const VariableLookup &lookup);

/// Computes the custom properties of an element: what it declares, @p declared by name, over what it inherits. Those
/// that refer to each other in a circle are invalid.
CustomProperties computeCustomProperties(const CustomProperties &inherited,
                                         const QHash<QString, const css::PropertyValue *> &declared);

} // namespace bulkhead::engine
