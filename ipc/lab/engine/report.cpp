// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/report.h"

#include "ipc/text/amounts.h"
#include "ipc/text/csv.h"
#include "ipc/text/text_table.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QStringList>
#include <QSysInfo>

#include <algorithm>
#include <fstream>
#include <thread>

namespace bulkhead::lab {

namespace {

/// A percentile says something when there are samples beyond it: ten, by the usual rule.
constexpr double SamplesBeyond = 10;

constexpr struct
{
    const char *name;
    double share;
} Percentiles[] = {{"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}};

QString tr(const char *text)
{
    return QCoreApplication::translate("LabReport", text);
}

std::optional<double> percentile(const Histogram &times, double share)
{
    if (double(times.count()) * (1 - share) < SamplesBeyond && share > 0.5)
        return {};
    return times.percentile(share);
}

QJsonValue orNull(std::optional<double> value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString stateText(JobState state)
{
    switch (state) {
    case JobState::Measured:
        return QStringLiteral("measured");
    case JobState::Unavailable:
        return QStringLiteral("unavailable");
    case JobState::Failed:
        break;
    }
    return QStringLiteral("failed");
}

QJsonObject spreadToJson(const Spread &spread)
{
    return {{QStringLiteral("median"), spread.median},
            {QStringLiteral("least"), spread.least},
            {QStringLiteral("most"), spread.most}};
}

QJsonObject resultToJson(const JobResult &result)
{
    QJsonObject json{{QStringLiteral("mechanism"), text(result.job.mechanism)},
                     {QStringLiteral("wait"), QString::fromLatin1(waitName(result.job.wait))},
                     {QStringLiteral("placement"), QString::fromLatin1(placementName(result.job.placement))},
                     {QStringLiteral("size_requested"), double(result.job.size)},
                     {QStringLiteral("size_actual"), double(result.actualSize)},
                     {QStringLiteral("state"), stateText(result.state)}};
    if (!result.limit.empty())
        json[QStringLiteral("limited_by")] = text(result.limit);
    if (result.state != JobState::Measured) {
        json[QStringLiteral("problem")] = text(result.problem);
        return json;
    }

    QJsonObject roundTrip{{QStringLiteral("count"), double(result.roundTrip.count())},
                          {QStringLiteral("least"), double(result.roundTrip.least())},
                          {QStringLiteral("most"), double(result.roundTrip.most())},
                          {QStringLiteral("mean"), result.roundTrip.mean()},
                          {QStringLiteral("lost_answers"), double(result.lostAnswers)}};
    for (const auto &entry : Percentiles)
        roundTrip[QString::fromLatin1(entry.name)] = orNull(percentile(result.roundTrip, entry.share));
    QJsonArray bars;
    for (const Histogram::Bar &bar : result.roundTrip.bars())
        bars.append(QJsonArray{double(bar.from), double(bar.to), double(bar.count)});
    roundTrip[QStringLiteral("histogram")] = bars;
    json[QStringLiteral("round_trip_ns")] = roundTrip;

    QJsonArray rounds;
    for (const RoundFigures &round : result.rounds) {
        rounds.append(QJsonObject{{QStringLiteral("median_ns"), round.median},
                                  {QStringLiteral("messages_per_s"), round.messagesPerSecond},
                                  {QStringLiteral("ratio"), round.ratio > 0 ? QJsonValue(round.ratio) : QJsonValue()}});
    }
    json[QStringLiteral("rounds")] = rounds;
    json[QStringLiteral("ratio_to_unix_stream")] =
        result.ratio() ? QJsonValue(spreadToJson(*result.ratio())) : QJsonValue();
    json[QStringLiteral("streaming")] =
        QJsonObject{{QStringLiteral("messages_per_s"), spreadToJson(result.messagesPerSecond())},
                    {QStringLiteral("megabytes_per_s"), result.megabytesPerSecond()},
                    {QStringLiteral("sent"), double(result.sent)},
                    {QStringLiteral("received"), double(result.received)},
                    {QStringLiteral("dropped_share"), result.drops()}};
    const PerMessage &per = result.perMessage;
    json[QStringLiteral("per_message")] =
        QJsonObject{{QStringLiteral("system_calls"), orNull(per.systemCalls)},
                    {QStringLiteral("bytes_copied_by_kernel"), orNull(per.kernelBytes)},
                    {QStringLiteral("bytes_copied_by_user_code"), per.userBytes},
                    {QStringLiteral("voluntary_context_switches"), per.voluntarySwitches},
                    {QStringLiteral("involuntary_context_switches"), per.involuntarySwitches},
                    {QStringLiteral("cpu_ns"), per.processorTime},
                    {QStringLiteral("minor_page_faults"), per.pageFaults}};
    json[QStringLiteral("checked")] = QJsonObject{{QStringLiteral("messages"), double(result.checked)},
                                                  {QStringLiteral("wrong"), double(result.wrong)}};
    return json;
}

QString firstLine(const char *file, const QString &key)
{
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        const QString found = text(line);
        if (key.isEmpty())
            return found.trimmed();
        if (found.startsWith(key))
            return found.section(u':', 1).trimmed();
    }
    return {};
}

QString decimal(std::optional<double> value, int digits)
{
    return value ? QString::number(*value, 'f', digits) : QStringLiteral("-");
}

} // namespace

QString timeText(double nanoseconds)
{
    const auto withUnit = [](double value, const char *unit) {
        return QStringLiteral("%1 %2").arg(QString::number(value, 'f',
                                                           value < 10    ? 2
                                                           : value < 100 ? 1
                                                                         : 0),
                                           QString::fromUtf8(unit));
    };
    if (nanoseconds < 1000)
        return withUnit(nanoseconds, "ns");
    if (nanoseconds < 1e6)
        return withUnit(nanoseconds / 1e3, "us");
    if (nanoseconds < 1e9)
        return withUnit(nanoseconds / 1e6, "ms");
    return withUnit(nanoseconds / 1e9, "s");
}

QJsonObject machineToJson()
{
    return {{QStringLiteral("processor"), firstLine("/proc/cpuinfo", QStringLiteral("model name"))},
            {QStringLiteral("processors"), int(std::thread::hardware_concurrency())},
            {QStringLiteral("kernel"), QSysInfo::kernelVersion()},
            {QStringLiteral("system"), QSysInfo::prettyProductName()},
            {QStringLiteral("clock_source"),
             firstLine("/sys/devices/system/clocksource/clocksource0/current_clocksource", {})},
            {QStringLiteral("governor"), firstLine("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", {})}};
}

QJsonObject resultsToJson(const std::vector<JobResult> &results, const LabRun::Options &options)
{
    QJsonArray list;
    for (const JobResult &result : results)
        list.append(resultToJson(result));
    return {{QStringLiteral("format"), QStringLiteral("bulkhead-lab 1")},
            {QStringLiteral("version"), QStringLiteral(BULKHEAD_VERSION)},
            {QStringLiteral("machine"), machineToJson()},
            {QStringLiteral("options"), QJsonObject{{QStringLiteral("rounds"), options.rounds},
                                                    {QStringLiteral("seconds"), options.seconds},
                                                    {QStringLiteral("burst"), double(options.burst)},
                                                    {QStringLiteral("gap_us"), double(options.gapMicroseconds)}}},
            {QStringLiteral("results"), list}};
}

QString resultsToCsv(const std::vector<JobResult> &results)
{
    const QString columns = QStringLiteral(
        "mechanism,wait,placement,size_requested,size_actual,state,round_trips,p50_ns,p90_ns,p99_ns,p99.9_ns,"
        "ratio_median,ratio_least,ratio_most,messages_per_s,megabytes_per_s,dropped_share,system_calls,"
        "bytes_copied_by_kernel,bytes_copied_by_user_code,voluntary_switches,involuntary_switches,cpu_ns,wrong,note");
    const QStringList names = columns.split(u',');
    QString csv = csvLine(names);
    for (const JobResult &result : results) {
        QStringList cells{text(result.job.mechanism),
                          QString::fromLatin1(waitName(result.job.wait)),
                          QString::fromLatin1(placementName(result.job.placement)),
                          QString::number(result.job.size),
                          QString::number(result.actualSize),
                          stateText(result.state)};
        if (result.state == JobState::Measured) {
            cells << QString::number(result.roundTrip.count());
            for (const auto &entry : Percentiles)
                cells << csvNumber(percentile(result.roundTrip, entry.share));
            const std::optional<Spread> ratio = result.ratio();
            cells << (ratio ? csvNumber(ratio->median) : QString()) << (ratio ? csvNumber(ratio->least) : QString())
                  << (ratio ? csvNumber(ratio->most) : QString());
            cells << csvNumber(result.messagesPerSecond().median) << csvNumber(result.megabytesPerSecond())
                  << csvNumber(result.drops()) << csvNumber(result.perMessage.systemCalls)
                  << csvNumber(result.perMessage.kernelBytes) << csvNumber(result.perMessage.userBytes)
                  << csvNumber(result.perMessage.voluntarySwitches) << csvNumber(result.perMessage.involuntarySwitches)
                  << csvNumber(result.perMessage.processorTime) << QString::number(result.wrong);
        }
        while (cells.size() + 1 < names.size())
            cells << QString();
        csv += csvLine(cells << text(result.problem.empty() ? result.limit : result.problem));
    }
    return csv;
}

QString resultsToTable(const std::vector<JobResult> &results)
{
    QString out;
    QStringList notes;
    TextTable table(TextTable::Columns::NumbersRight);
    const auto flush = [&] {
        if (table.count() > 1) // more than the names of the columns
            out += table.toText() + u'\n';
        table = TextTable(TextTable::Columns::NumbersRight);
    };
    const Job *group = nullptr;
    for (const JobResult &result : results) {
        if (!group || group->size != result.job.size || group->placement != result.job.placement) {
            flush();
            group = &result.job;
            const QString where = group->placement == Placement::SameCore    ? tr("both processes on one core")
                                  : group->placement == Placement::CrossCore ? tr("each process on its own core")
                                                                             : tr("processes placed by the scheduler");
            out += tr("%1 per message, %2; round trips, times there and back")
                       .arg(bytesText(double(group->size), BytesIn::Exact), where) +
                   u'\n';
            table.row({tr("mechanism"), tr("waits"), QStringLiteral("p50"), QStringLiteral("p90"),
                       QStringLiteral("p99"), QStringLiteral("p99.9"), tr("x stream"), tr("spread"), tr("messages/s"),
                       QStringLiteral("MB/s"), tr("calls"), tr("switches"), tr("copied"), tr("CPU")});
        }
        const QString name = text(result.job.mechanism);
        if (result.state != JobState::Measured) {
            notes << tr("%1: %2").arg(name, text(result.problem));
            continue;
        }
        QStringList row{name, QString::fromLatin1(waitName(result.job.wait))};
        for (const auto &entry : Percentiles) {
            const std::optional<double> value = percentile(result.roundTrip, entry.share);
            row << (value ? timeText(*value) : QStringLiteral("-"));
        }
        const std::optional<Spread> ratio = result.ratio();
        row << (ratio ? decimal(ratio->median, 2) : QStringLiteral("-"))
            << (ratio ? QStringLiteral("%1..%2").arg(decimal(ratio->least, 2), decimal(ratio->most, 2))
                      : QStringLiteral("-"));
        row << countText(result.messagesPerSecond().median) << decimal(result.megabytesPerSecond(), 1);
        const PerMessage &per = result.perMessage;
        std::optional<double> copied = per.kernelBytes;
        if (copied && result.actualSize > 0)
            copied = (*copied + per.userBytes) / double(result.actualSize);
        row << decimal(per.systemCalls, 1) << decimal(per.voluntarySwitches + per.involuntarySwitches, 1)
            << (copied ? decimal(copied, 1) + QStringLiteral("x") : QStringLiteral("-")) << timeText(per.processorTime);
        table.row(row);
        if (result.actualSize != result.job.size) {
            notes << tr("%1: measured with %2, its limit here (%3).")
                         .arg(name, bytesText(double(result.actualSize), BytesIn::Exact), text(result.limit));
        }
        if (result.drops() > 0) {
            notes << tr("%1: %2 of %3 messages were lost when streaming (%4 %).")
                         .arg(name, countText(double(result.sent - result.received)), countText(double(result.sent)),
                              decimal(result.drops() * 100, 1));
        }
        if (result.wrong > 0)
            notes << tr("%1: %2 messages arrived CHANGED.").arg(name, countText(double(result.wrong)));
    }
    flush();
    for (const QString &note : notes)
        out += note + u'\n';
    return out;
}

} // namespace bulkhead::lab
