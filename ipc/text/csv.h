// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace bulkhead {

/// One record of comma-separated values (RFC 4180) with its line feed. Cells that need quotes get them.
QString csvLine(const QStringList &cells);
/// Empty when it is not known. For programs: no grouping, a point, up to @p digits digits.
QString csvNumber(std::optional<double> value, int digits = 8);

} // namespace bulkhead
