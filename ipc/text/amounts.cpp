// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/text/amounts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

constexpr double Step = 1024;
constexpr const char *Units[] = {
    QT_TRANSLATE_NOOP("Amounts", "B"),  QT_TRANSLATE_NOOP("Amounts", "KB"), QT_TRANSLATE_NOOP("Amounts", "MB"),
    QT_TRANSLATE_NOOP("Amounts", "GB"), QT_TRANSLATE_NOOP("Amounts", "TB"),
};
constexpr int MostUnit = int(std::size(Units)) - 1;

QString withUnit(const QString &number, int unit)
{
    return QStringLiteral("%1 %2").arg(number, QCoreApplication::translate("Amounts", Units[unit]));
}

} // namespace

QString bytesText(double bytes, BytesIn digits)
{
    double value = std::max(0.0, bytes);
    int unit = 0;
    if (digits == BytesIn::Exact) {
        value = std::floor(value);
        for (; unit < MostUnit && value >= Step && std::fmod(value, Step) == 0; ++unit)
            value /= Step;
        return withUnit(QString::number(value, 'f', 0), unit);
    }
    // What would be written as 1024 of a unit is 1.0 of the next.
    for (; unit < MostUnit && value >= Step - 0.5; ++unit)
        value /= Step;
    return withUnit(QLocale().toString(value, 'f', unit > 0 && value < 99.95 ? 1 : 0), unit);
}

QString countText(double count)
{
    QLocale plain = QLocale::c();
    plain.setNumberOptions({}); // it leaves the separators of groups out unless told otherwise
    return plain.toString(std::round(count), 'f', 0);
}

} // namespace bulkhead
