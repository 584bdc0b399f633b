// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QStringView>

#include <cstdint>
#include <optional>

namespace bulkhead::engine::css {

/// Red, green and blue of a named colour, in any case; nothing of "transparent" and system colours.
std::optional<std::uint32_t> namedColor(QStringView name);
bool isSystemColor(QStringView name);

} // namespace bulkhead::engine::css
