// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace bulkhead {

/// One job of a measurement, read from the JSON that lab::resultsToJson() writes: what is shown live, what was kept,
/// and what another machine has measured are shown by the same code.
struct MeasuredJob
{
    QString mechanism, wait, placement, state, problem, limitedBy;
    double size = 0;       ///< as asked for
    double actualSize = 0; ///< as measured
    // nanoseconds
    double p50 = 0;
    std::optional<double> p90, p99, p999;
    double count = 0, lostAnswers = 0;
    struct Bar
    {
        double from = 0, to = 0, count = 0;
    };
    std::vector<Bar> histogram;
    double messages = 0, megabytes = 0;                 ///< per second
    double dropped = 0;                                 ///< share of what was sent
    std::optional<double> ratio, ratioLeast, ratioMost; ///< to a Unix stream socket in the same rounds
    std::optional<double> systemCalls, kernelBytes;     ///< per message, as all that follow
    double userBytes = 0, voluntarySwitches = 0, involuntarySwitches = 0, processorTime = 0, pageFaults = 0;
    double checked = 0, wrong = 0;

    bool isMeasured() const { return state == QLatin1String("measured"); }
    bool isLimited() const { return actualSize < size; }
    /// "pipe", or "pipe, polling" when it does not wait by blocking.
    QString name() const;
};

/// All of them, in their order.
std::vector<MeasuredJob> measuredJobs(const QJsonObject &result);

/// One row for each measured job, and the columns' names first.
QList<QStringList> measurementTable(const std::vector<MeasuredJob> &jobs);
/// The same in plain numbers, what is not known empty; times in nanoseconds.
QByteArray measurementCsv(const std::vector<MeasuredJob> &jobs);
/// What the figures do not say: limits, what could not be measured and why, losses, ways of waiting that are mixed.
QStringList measurementNotes(const std::vector<MeasuredJob> &jobs);

} // namespace bulkhead
