// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/fuzz/figures.h"

#include <QStringList>

namespace bulkhead::fuzz {

namespace {
QString list(const QMap<QString, quint64> &counts)
{
    QStringList all;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        all << QStringLiteral("%1 %2").arg(it.key()).arg(it.value());
    return all.join(QStringLiteral(", "));
}
} // namespace

void Figures::print(const char *kind) const
{
    qInfo(
        "%s: %llu rounds, %llu children, %llu messages, at most %.1f MB more and %.1f ms of processor time in one turn",
        kind, static_cast<unsigned long long>(rounds), static_cast<unsigned long long>(children),
        static_cast<unsigned long long>(messages), double(mostMemory) / (1 << 20), longestTurn);
    if (!taken.isEmpty())
        qInfo("  taken: %s", qPrintable(list(taken)));
    qInfo("  ended: %s", qPrintable(list(ends)));
}

} // namespace bulkhead::fuzz
