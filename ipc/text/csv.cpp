// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/text/csv.h"

namespace bulkhead {

namespace {

QString cell(const QString &text)
{
    if (!text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n') && !text.contains(u'\r'))
        return text;
    return u'"' + QString(text).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

} // namespace

QString csvLine(const QStringList &cells)
{
    QStringList written;
    for (const QString &text : cells)
        written << cell(text);
    return written.join(u',') + u'\n';
}

QString csvNumber(std::optional<double> value, int digits)
{
    return value ? QString::number(*value, 'g', digits) : QString();
}

} // namespace bulkhead
