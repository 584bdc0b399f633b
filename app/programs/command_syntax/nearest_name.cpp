// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_syntax/nearest_name.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace bulkhead {

namespace {

/// A name is never longer; what is typed may be.
constexpr qsizetype LongestName = 64;

/// Letters to insert, remove or replace.
int distance(const QString &a, const QString &b)
{
    std::vector<int> row(std::size_t(b.size()) + 1);
    for (std::size_t j = 0; j < row.size(); ++j)
        row[j] = int(j);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = row[0];
        row[0] = int(i) + 1;
        for (std::size_t j = 1; j < row.size(); ++j) {
            const int replaced = diagonal + (a[i] == b[qsizetype(j) - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

} // namespace

QString nearestName(const QString &typed, const QStringList &names)
{
    if (typed.size() < 2 || typed.size() > LongestName)
        return {};
    QString nearest;
    int least = std::max(1, int(typed.size()) / 3) + 1;
    for (const QString &name : names) {
        const int away = distance(typed, name);
        // The beginning of a name is as good as one letter away.
        const int counted = name.startsWith(typed) ? std::min(away, 1) : away;
        if (counted < least) {
            least = counted;
            nearest = name;
        }
    }
    return nearest;
}

QString didYouMean(const QString &typed, const QStringList &names)
{
    const QString nearest = nearestName(typed, names);
    return nearest.isEmpty() ? QString()
                             : QCoreApplication::translate("CommandReader", " Did you mean %1?").arg(nearest);
}

} // namespace bulkhead
