// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/measurement.h"

#include "browser/lab/charts/chart_axis.h"
#include "ipc/text/csv.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("Measurement", source);
}

std::optional<double> number(const QJsonObject &object, const char *name)
{
    const QJsonValue value = object[QLatin1String(name)];
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

QString orDash(std::optional<double> value, QString (*text)(double))
{
    return value ? text(*value) : QStringLiteral("–");
}

MeasuredJob readJob(const QJsonObject &json)
{
    const auto word = [&](const char *name) { return json[QLatin1String(name)].toString(); };
    MeasuredJob job;
    job.mechanism = word("mechanism");
    job.wait = word("wait");
    job.placement = word("placement");
    job.state = word("state");
    job.problem = word("problem");
    job.limitedBy = word("limited_by");
    job.size = number(json, "size_requested").value_or(0);
    job.actualSize = number(json, "size_actual").value_or(0);
    const QJsonObject trip = json[QLatin1String("round_trip_ns")].toObject();
    job.p50 = number(trip, "p50").value_or(0);
    job.p90 = number(trip, "p90");
    job.p99 = number(trip, "p99");
    job.p999 = number(trip, "p99.9");
    job.count = number(trip, "count").value_or(0);
    job.lostAnswers = number(trip, "lost_answers").value_or(0);
    for (const QJsonValue &bar : trip[QLatin1String("histogram")].toArray()) {
        const QJsonArray figures = bar.toArray();
        job.histogram.push_back({figures.at(0).toDouble(), figures.at(1).toDouble(), figures.at(2).toDouble()});
    }
    const QJsonObject stream = json[QLatin1String("streaming")].toObject();
    job.messages = number(stream[QLatin1String("messages_per_s")].toObject(), "median").value_or(0);
    job.megabytes = number(stream, "megabytes_per_s").value_or(0);
    job.dropped = number(stream, "dropped_share").value_or(0);
    const QJsonObject ratio = json[QLatin1String("ratio_to_unix_stream")].toObject();
    job.ratio = number(ratio, "median");
    job.ratioLeast = number(ratio, "least");
    job.ratioMost = number(ratio, "most");
    const QJsonObject per = json[QLatin1String("per_message")].toObject();
    job.systemCalls = number(per, "system_calls");
    job.kernelBytes = number(per, "bytes_copied_by_kernel");
    job.userBytes = number(per, "bytes_copied_by_user_code").value_or(0);
    job.voluntarySwitches = number(per, "voluntary_context_switches").value_or(0);
    job.involuntarySwitches = number(per, "involuntary_context_switches").value_or(0);
    job.processorTime = number(per, "cpu_ns").value_or(0);
    job.pageFaults = number(per, "minor_page_faults").value_or(0);
    const QJsonObject checked = json[QLatin1String("checked")].toObject();
    job.checked = number(checked, "messages").value_or(0);
    job.wrong = number(checked, "wrong").value_or(0);
    return job;
}

} // namespace

QString MeasuredJob::name() const
{
    return wait == QLatin1String("blocking") ? mechanism : QStringLiteral("%1, %2").arg(mechanism, wait);
}

std::vector<MeasuredJob> measuredJobs(const QJsonObject &result)
{
    std::vector<MeasuredJob> jobs;
    for (const QJsonValue &value : result[QLatin1String("results")].toArray())
        jobs.push_back(readJob(value.toObject()));
    return jobs;
}

QList<QStringList> measurementTable(const std::vector<MeasuredJob> &jobs)
{
    QList<QStringList> rows{{tr("Mechanism"), tr("Waits"), tr("Size"), tr("Placement"), QStringLiteral("p50"),
                             QStringLiteral("p90"), QStringLiteral("p99"), QStringLiteral("p99.9"), tr("× unix-stream"),
                             tr("Messages/s"), tr("MB/s"), tr("System calls"), tr("Kernel copies"), tr("User copies"),
                             tr("Switches"), tr("CPU"), tr("Page faults"), tr("Dropped"), tr("Checked")}};
    for (const MeasuredJob &job : jobs) {
        if (!job.isMeasured())
            continue;
        const QString size =
            job.isLimited() ? tr("%1 of %2").arg(axisSize(job.actualSize), axisSize(job.size)) : axisSize(job.size);
        const QString ratio =
            job.ratio ? tr("%1 (%2–%3)")
                            .arg(figureNumber(*job.ratio), figureNumber(*job.ratioLeast), figureNumber(*job.ratioMost))
                      : QStringLiteral("–");
        const auto bytes = [](double b) { return QStringLiteral("%1 B").arg(figureNumber(b)); };
        rows.append({job.mechanism, job.wait, size, job.placement, figureTime(job.p50), orDash(job.p90, figureTime),
                     orDash(job.p99, figureTime), orDash(job.p999, figureTime), ratio, figureNumber(job.messages),
                     figureNumber(job.megabytes), orDash(job.systemCalls, figureNumber),
                     job.kernelBytes ? bytes(*job.kernelBytes) : QStringLiteral("–"), bytes(job.userBytes),
                     figureNumber(job.voluntarySwitches + job.involuntarySwitches), figureTime(job.processorTime),
                     figureNumber(job.pageFaults), QStringLiteral("%1 %").arg(figureNumber(job.dropped * 100)),
                     job.wrong > 0 ? tr("%1 WRONG").arg(figureNumber(job.wrong)) : figureNumber(job.checked)});
    }
    return rows;
}

QByteArray measurementCsv(const std::vector<MeasuredJob> &jobs)
{
    const QString columns = QStringLiteral(
        "mechanism,wait,placement,state,size_requested,size_actual,round_trips,p50_ns,p90_ns,p99_ns,p99.9_ns,"
        "ratio_median,ratio_least,ratio_most,messages_per_s,megabytes_per_s,dropped_share,system_calls,"
        "bytes_copied_by_kernel,bytes_copied_by_user_code,voluntary_switches,involuntary_switches,cpu_ns,"
        "page_faults,checked,wrong");
    QString csv = csvLine(columns.split(u','));
    for (const MeasuredJob &job : jobs) {
        QStringList cells{job.mechanism, job.wait, job.placement, job.state};
        const std::optional<double> numbers[] = {job.size,
                                                 job.actualSize,
                                                 job.count,
                                                 job.p50,
                                                 job.p90,
                                                 job.p99,
                                                 job.p999,
                                                 job.ratio,
                                                 job.ratioLeast,
                                                 job.ratioMost,
                                                 job.messages,
                                                 job.megabytes,
                                                 job.dropped,
                                                 job.systemCalls,
                                                 job.kernelBytes,
                                                 job.userBytes,
                                                 job.voluntarySwitches,
                                                 job.involuntarySwitches,
                                                 job.processorTime,
                                                 job.pageFaults,
                                                 job.checked,
                                                 job.wrong};
        for (std::size_t i = 0; i < std::size(numbers); ++i) {
            const bool known = numbers[i] && (job.isMeasured() || i < 2);
            cells << csvNumber(known ? numbers[i] : std::nullopt, 10);
        }
        csv += csvLine(cells);
    }
    return csv.toUtf8();
}

QStringList measurementNotes(const std::vector<MeasuredJob> &jobs)
{
    QStringList notes;
    QSet<QString> waits;
    for (const MeasuredJob &job : jobs) {
        const QString what = tr("%1, %2, placement %3").arg(job.name(), axisSize(job.size), job.placement);
        if (!job.isMeasured()) {
            notes << tr("%1: not measured. %2.").arg(what, job.problem);
            continue;
        }
        if (job.mechanism != u"null" && job.mechanism != u"memcpy")
            waits.insert(job.wait);
        if (job.isLimited())
            notes << tr("%1: one message holds at most %2 (%3); measured at that.")
                         .arg(what, axisSize(job.actualSize), job.limitedBy);
        if (job.dropped > 0)
            notes
                << tr("%1: %2 % of the messages were lost when streaming.").arg(what, figureNumber(job.dropped * 100));
        if (job.lostAnswers > 0)
            notes << tr("%1: %2 answers never came.").arg(what, figureNumber(job.lostAnswers));
        if (job.wrong > 0)
            notes << tr("%1: %2 messages arrived CHANGED.").arg(what, figureNumber(job.wrong));
    }
    if (waits.size() > 1) {
        QStringList ways(waits.begin(), waits.end());
        ways.sort();
        notes.prepend(
            tr("Ways of waiting are mixed here (%1): each row says its own. Who polls keeps a processor busy, "
               "and answers sooner.")
                .arg(ways.join(QStringLiteral(", "))));
    }
    notes.removeDuplicates();
    return notes;
}

} // namespace bulkhead
