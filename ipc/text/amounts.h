// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

namespace bulkhead {

enum class BytesIn {
    Few,   ///< three digits or so: "812 B", "7.9 MB", "120 MB"
    Exact, ///< whole units where nothing is lost by them, single bytes otherwise: "64 KB", "65507 B"
};

/// Bytes for people, everywhere: one kilobyte is 1024 bytes, one megabyte 1024 kilobytes. The decimal point is the
/// default locale's.
QString bytesText(double bytes, BytesIn digits = BytesIn::Few);

/// A count in groups of three digits, rounded: "12,345". The same in every locale, for tables that scripts may read.
QString countText(double count);

} // namespace bulkhead
