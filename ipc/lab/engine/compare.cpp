// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/compare.h"

#include "ipc/lab/engine/report.h"
#include "ipc/text/amounts.h"
#include "ipc/text/text_table.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QMap>

#include <algorithm>
#include <cerrno>

namespace bulkhead::lab {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LabCompare", text);
}

struct Measured
{
    double median = 0, least = 0, most = 0; ///< over the rounds
};

Result<QMap<QString, Measured>> jobsOf(const QJsonObject &run)
{
    if (!run[QStringLiteral("format")].toString().startsWith(u"bulkhead-lab "))
        return fail(Error{"not a result of \"bulkhead lab run --json\"", EINVAL});
    QMap<QString, Measured> jobs;
    for (const QJsonValue &value : run[QStringLiteral("results")].toArray()) {
        const QJsonObject result = value.toObject();
        if (result[QStringLiteral("state")].toString() != u"measured")
            continue;
        std::vector<double> medians;
        for (const QJsonValue &round : result[QStringLiteral("rounds")].toArray())
            medians.push_back(round.toObject()[QStringLiteral("median_ns")].toDouble());
        if (medians.empty())
            continue;
        const Spread spread = spreadOf(std::move(medians));
        const QString name =
            QStringLiteral("%1, %2, %3, %4")
                .arg(result[QStringLiteral("mechanism")].toString(), result[QStringLiteral("wait")].toString(),
                     bytesText(result[QStringLiteral("size_actual")].toDouble(), BytesIn::Exact),
                     result[QStringLiteral("placement")].toString());
        jobs[name] = {spread.median, spread.least, spread.most};
    }
    return jobs;
}

} // namespace

Result<std::vector<Comparison>> compare(const QJsonObject &before, const QJsonObject &after)
{
    const Result<QMap<QString, Measured>> first = jobsOf(before);
    if (!first)
        return tl::unexpected(first.error());
    const Result<QMap<QString, Measured>> second = jobsOf(after);
    if (!second)
        return tl::unexpected(second.error());
    std::vector<Comparison> comparisons;
    for (auto it = first->begin(); it != first->end(); ++it) {
        const auto other = second->find(it.key());
        if (other == second->end())
            continue;
        Comparison comparison{it.key(), it->median, other->median, Comparison::Verdict::Same};
        if (other->most < it->least)
            comparison.verdict = Comparison::Verdict::Faster;
        else if (other->least > it->most)
            comparison.verdict = Comparison::Verdict::Slower;
        comparisons.push_back(std::move(comparison));
    }
    if (comparisons.empty())
        return fail(Error{"the two have no measurement in common", ENOENT});
    return comparisons;
}

QString comparisonToTable(const std::vector<Comparison> &comparisons)
{
    TextTable table;
    for (const Comparison &c : comparisons) {
        const QString verdict = c.verdict == Comparison::Verdict::Faster ? tr("faster")
                                : c.verdict == Comparison::Verdict::Slower
                                    ? tr("slower")
                                    : tr("no difference beyond the rounds' spread");
        table.row(
            {c.job,
             QStringLiteral("%1 -> %2").arg(timeText(c.before).rightJustified(9), timeText(c.after).rightJustified(9)),
             QStringLiteral("x %1").arg(QString::number(c.before > 0 ? c.after / c.before : 0, 'f', 2)), verdict});
    }
    return table.toText();
}

} // namespace bulkhead::lab
