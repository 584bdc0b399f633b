// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/report.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QStringList>
#include <QSysInfo>

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

/// Rows of cells as columns, the first one to the left, numbers to the right.
QString aligned(const QList<QStringList> &rows)
{
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (widths.size() <= i)
                widths.append(0);
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    QString out;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line +=
                (i == 0 ? row[i].leftJustified(widths[i]) : QStringLiteral("  ") + row[i].rightJustified(widths[i]));
        while (line.endsWith(u' '))
            line.chop(1);
        out += line + u'\n';
    }
    return out;
}

QString decimal(std::optional<double> value, int digits)
{
    return value ? QString::number(*value, 'f', digits) : QStringLiteral("-");
}

/// "12,345": in thousands, for counts.
QString grouped(double value)
{
    QString digits = QString::number(qint64(value + 0.5));
    for (qsizetype i = digits.size() - 3; i > 0; i -= 3)
        digits.insert(i, u',');
    return digits;
}

} // namespace

QString sizeText(std::size_t bytes)
{
    if (bytes >= (1U << 20) && bytes % (1U << 20) == 0)
        return QStringLiteral("%1 MB").arg(bytes >> 20);
    if (bytes >= (1U << 10) && bytes % (1U << 10) == 0)
        return QStringLiteral("%1 KB").arg(bytes >> 10);
    return QStringLiteral("%1 B").arg(bytes);
}

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
    QString csv = QStringLiteral(
        "mechanism,wait,placement,size_requested,size_actual,state,round_trips,p50_ns,p90_ns,p99_ns,p99.9_ns,"
        "ratio_median,ratio_least,ratio_most,messages_per_s,megabytes_per_s,dropped_share,system_calls,"
        "bytes_copied_by_kernel,bytes_copied_by_user_code,voluntary_switches,involuntary_switches,cpu_ns,wrong,note\n");
    const auto number = [](std::optional<double> value) { return value ? QString::number(*value, 'g', 8) : QString(); };
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
                cells << number(percentile(result.roundTrip, entry.share));
            const std::optional<Spread> ratio = result.ratio();
            cells << (ratio ? number(ratio->median) : QString()) << (ratio ? number(ratio->least) : QString())
                  << (ratio ? number(ratio->most) : QString());
            cells << number(result.messagesPerSecond().median) << number(result.megabytesPerSecond())
                  << number(result.drops()) << number(result.perMessage.systemCalls)
                  << number(result.perMessage.kernelBytes) << number(result.perMessage.userBytes)
                  << number(result.perMessage.voluntarySwitches) << number(result.perMessage.involuntarySwitches)
                  << number(result.perMessage.processorTime) << QString::number(result.wrong);
        } else {
            for (int i = 0; i < 18; ++i)
                cells << QString();
        }
        QString note = text(result.problem.empty() ? result.limit : result.problem);
        note.replace(u'"', QStringLiteral("\"\""));
        cells << u'"' + note + u'"';
        csv += cells.join(u',') + u'\n';
    }
    return csv;
}

QString resultsToTable(const std::vector<JobResult> &results)
{
    QString out;
    QStringList notes;
    QList<QStringList> rows;
    const auto flush = [&] {
        if (rows.size() > 1)
            out += aligned(rows) + u'\n';
        rows.clear();
    };
    const Job *group = nullptr;
    for (const JobResult &result : results) {
        if (!group || group->size != result.job.size || group->placement != result.job.placement) {
            flush();
            group = &result.job;
            const QString where = group->placement == Placement::SameCore    ? tr("both processes on one core")
                                  : group->placement == Placement::CrossCore ? tr("each process on its own core")
                                                                             : tr("processes placed by the scheduler");
            out +=
                tr("%1 per message, %2; round trips, times there and back").arg(sizeText(group->size), where) + u'\n';
            rows.append({tr("mechanism"), tr("waits"), QStringLiteral("p50"), QStringLiteral("p90"),
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
        row << grouped(result.messagesPerSecond().median) << decimal(result.megabytesPerSecond(), 1);
        const PerMessage &per = result.perMessage;
        std::optional<double> copied = per.kernelBytes;
        if (copied && result.actualSize > 0)
            copied = (*copied + per.userBytes) / double(result.actualSize);
        row << decimal(per.systemCalls, 1) << decimal(per.voluntarySwitches + per.involuntarySwitches, 1)
            << (copied ? decimal(copied, 1) + QStringLiteral("x") : QStringLiteral("-")) << timeText(per.processorTime);
        rows.append(row);
        if (result.actualSize != result.job.size) {
            notes << tr("%1: measured with %2, its limit here (%3).")
                         .arg(name, sizeText(result.actualSize), text(result.limit));
        }
        if (result.drops() > 0) {
            notes << tr("%1: %2 of %3 messages were lost when streaming (%4 %).")
                         .arg(name, grouped(double(result.sent - result.received)), grouped(double(result.sent)),
                              decimal(result.drops() * 100, 1));
        }
        if (result.wrong > 0)
            notes << tr("%1: %2 messages arrived CHANGED.").arg(name, grouped(double(result.wrong)));
    }
    flush();
    for (const QString &note : notes)
        out += note + u'\n';
    return out;
}

} // namespace bulkhead::lab
