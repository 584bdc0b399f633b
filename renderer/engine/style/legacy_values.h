// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace bulkhead::engine {

/// Values of old attributes, as CSS text.

/// The HTML standard 2.4.4.4: "rules for parsing dimension values"; "10px" or "10%".
enum class ZeroDimension { Allowed, Ignored };
std::optional<QString> legacyDimension(QStringView value, ZeroDimension zero = ZeroDimension::Allowed);
/// 2.4.4.1: a leading integer.
std::optional<int> legacyInteger(QStringView value);
/// 2.4.6: "rules for parsing a legacy color value"; "#rrggbb".
std::optional<QString> legacyColor(QStringView value);
/// 15.3.4: of <font size>; a keyword.
std::optional<QString> legacyFontSize(QStringView value);
/// As a string of CSS.
QString cssString(QStringView text);

} // namespace bulkhead::engine
