// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

#include <chrono>

namespace bulkhead::figures {

/// Figures as all views of processes write them: few digits, units that fit a narrow column.
QString bytes(double bytes);                      ///< "0 B", "812 KB", "12.3 MB", as bytesText()
QString bytesPerSecond(double bytes);             ///< "12.3 MB/s"
QString perSecond(double rate);                   ///< "0", "0.4", "27", "1,250"
QString percent(double percent);                  ///< "0 %", "3.2 %", "99 %"
QString duration(std::chrono::milliseconds time); ///< "850 ms", "12 s", "3 min", "2 h 05 min"
QString microseconds(qint64 time);                ///< "87 µs", "1.24 ms"

} // namespace bulkhead::figures
