// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/model/figures.h"

#include "ipc/text/amounts.h"

#include <QCoreApplication>
#include <QLocale>

namespace bulkhead::figures {

namespace {
QString tr(const char *source)
{
    return QCoreApplication::translate("Figures", source);
}
/// Three digits at most.
QString number(double value)
{
    return QLocale().toString(value, 'f', value < 9.95 && value > 0 ? 1 : 0);
}
} // namespace

QString bytes(double value)
{
    return bytesText(value);
}

QString bytesPerSecond(double value)
{
    return tr("%1/s").arg(bytes(value));
}

QString perSecond(double rate)
{
    return rate < 0.05 ? QStringLiteral("0") : number(rate);
}

QString percent(double value)
{
    return tr("%1 %").arg(value < 0.05 ? QStringLiteral("0") : number(value));
}

QString duration(std::chrono::milliseconds time)
{
    const qint64 ms = time.count();
    if (ms < 1000)
        return tr("%1 ms").arg(ms);
    const qint64 s = ms / 1000;
    if (s < 60)
        return tr("%1 s").arg(s);
    if (s < 3600)
        return tr("%1 min %2 s").arg(s / 60).arg(s % 60);
    return tr("%1 h %2 min").arg(s / 3600).arg(s / 60 % 60, 2, 10, QLatin1Char('0'));
}

QString microseconds(qint64 time)
{
    if (time < 1000)
        return tr("%1 µs").arg(time);
    return tr("%1 ms").arg(QLocale().toString(double(time) / 1000, 'f', time < 100'000 ? 2 : 0));
}

} // namespace bulkhead::figures
