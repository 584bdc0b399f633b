// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QList>
#include <QString>

namespace bulkhead {

/// A logarithmic axis whose ends are powers of ten (or, for sizes, of two).
class LogAxis
{
public:
    /// Covers @p least to @p most, both more than 0, and at least one power of @p base.
    LogAxis(double least, double most, double base = 10);

    /// 0 to 1; beyond the ends it is clamped.
    double position(double value) const;
    /// Every power of the base from end to end, but at most @p count.
    QList<double> ticks(int count = 12) const;
    double low() const;
    double high() const;

private:
    double m_base;
    double m_low, m_high; ///< exponents
};

/// "1 µs" for 1000: times in nanoseconds, as short as an axis wants them.
QString axisTime(double nanoseconds);
/// "64 B", "4 KB", "16 MB"
QString axisSize(double bytes);
/// "830 ns", "6.3 µs", "1.20 ms"
QString figureTime(double nanoseconds);
/// "1,234,567", "12.3"
QString figureNumber(double number);

} // namespace bulkhead
