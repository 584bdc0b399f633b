// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/chart_axis.h"

#include "ipc/lab/engine/report.h"
#include "ipc/text/amounts.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace bulkhead {

LogAxis::LogAxis(double least, double most, double base) : m_base(base)
{
    const double low = std::max(1e-12, least), high = std::max(low, most);
    const double slack = 1e-9; // a power of the base is its own end
    m_low = std::floor(std::log(low) / std::log(base) + slack);
    m_high = std::max(m_low + 1, std::ceil(std::log(high) / std::log(base) - slack));
}

double LogAxis::position(double value) const
{
    if (value <= 0)
        return 0;
    return std::clamp((std::log(value) / std::log(m_base) - m_low) / (m_high - m_low), 0.0, 1.0);
}

QList<double> LogAxis::ticks(int count) const
{
    const int steps = int(m_high - m_low);
    const int stride = std::max(1, (steps + count - 1) / std::max(1, count));
    QList<double> values;
    for (int i = 0; i <= steps; i += stride)
        values << std::pow(m_base, m_low + i);
    return values;
}

double LogAxis::low() const
{
    return std::pow(m_base, m_low);
}

double LogAxis::high() const
{
    return std::pow(m_base, m_high);
}

QString figureTime(double nanoseconds)
{
    return lab::timeText(nanoseconds).replace(QStringLiteral("us"), QStringLiteral("µs"));
}

QString axisTime(double nanoseconds)
{
    constexpr const char *Units[] = {"ns", "µs", "ms", "s"};
    int unit = 0;
    while (unit < 3 && nanoseconds >= 999.5) {
        nanoseconds /= 1000;
        ++unit;
    }
    return QStringLiteral("%1 %2").arg(nanoseconds, 0, 'g', 3).arg(QString::fromUtf8(Units[unit]));
}

QString axisSize(double bytes)
{
    return bytesText(bytes, BytesIn::Exact);
}

QString figureNumber(double number)
{
    const double size = std::abs(number);
    if (size >= 1000)
        return QLocale::c().toString(std::round(number), 'f', 0);
    if (size >= 100 || number == std::round(number))
        return QString::number(number, 'f', 0);
    return QString::number(number, 'f', size < 10 ? 2 : 1);
}

} // namespace bulkhead
