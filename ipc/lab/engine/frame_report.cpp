// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/frame_report.h"

#include "ipc/lab/engine/report.h"
#include "ipc/text/amounts.h"
#include "ipc/text/csv.h"
#include "ipc/text/text_table.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace bulkhead::lab {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("LabFrames", source);
}

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QJsonValue known(std::optional<double> value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

bool wasMeasured(const FrameLaneResult &lane)
{
    return lane.total.frames > 0;
}

QJsonObject laneToJson(const FrameLaneResult &lane)
{
    const FrameFigures &f = lane.total;
    const auto measured = [&](double value) { return wasMeasured(lane) ? QJsonValue(value) : QJsonValue(); };
    return {
        {QStringLiteral("transport"), QString::fromLatin1(lane.transport->name)},
        {QStringLiteral("title"), QString::fromLatin1(lane.transport->title)},
        {QStringLiteral("state"), frameLaneStateName(lane.state)},
        {QStringLiteral("problem"), lane.problem.empty() ? QJsonValue() : QJsonValue(text(lane.problem))},
        {QStringLiteral("seconds"), f.seconds},
        {QStringLiteral("frames"), double(f.frames)},
        {QStringLiteral("missed"), double(f.missed)},
        {QStringLiteral("frames_per_second"), measured(f.framesPerSecond)},
        {QStringLiteral("transport_ns_p50"), measured(f.median)},
        {QStringLiteral("transport_ns_p99"), measured(f.most)},
        {QStringLiteral("cpu_ns_per_frame"), measured(f.processorTime)},
        {QStringLiteral("paint_cpu_ns_per_frame"), measured(f.paintTime)},
        {QStringLiteral("show_cpu_ns_per_frame"), measured(f.showTime)},
        {QStringLiteral("page_faults_per_frame"), measured(f.pageFaults)},
        {QStringLiteral("system_calls_per_frame"), known(lane.systemCalls)},
        {QStringLiteral("kernel_bytes_per_frame"), known(lane.kernelBytes)},
        {QStringLiteral("user_bytes_per_frame"), lane.userBytes},
        {QStringLiteral("copied_bytes_per_frame"), known(lane.copiedBytes())},
        {QStringLiteral("frame_bytes"), double(lane.frameBytes)},
        {QStringLiteral("pieces"), double(lane.pieces)},
        {QStringLiteral("piece_bytes"), double(lane.pieceBytes)},
        {QStringLiteral("pieces_forced_by"), lane.limitedBy.empty() ? QJsonValue() : QJsonValue(text(lane.limitedBy))},
        {QStringLiteral("checked"), double(f.checked)},
        {QStringLiteral("wrong"), double(f.wrong)}};
}

} // namespace

QString frameLaneStateName(FrameLaneState state)
{
    switch (state) {
    case FrameLaneState::Waiting:
        return QStringLiteral("waiting");
    case FrameLaneState::Running:
        return QStringLiteral("running");
    case FrameLaneState::Done:
        return QStringLiteral("done");
    case FrameLaneState::Unavailable:
        return QStringLiteral("unavailable");
    case FrameLaneState::Failed:
        break;
    }
    return QStringLiteral("failed");
}

QJsonObject framesToJson(const std::vector<FrameLaneResult> &lanes, const FrameRun::Options &options)
{
    QJsonArray entries;
    for (const FrameLaneResult &lane : lanes)
        entries.append(laneToJson(lane));
    return {{QStringLiteral("machine"), machineToJson()},
            {QStringLiteral("width"), options.width},
            {QStringLiteral("height"), options.height},
            {QStringLiteral("rate"), int(options.rate)},
            {QStringLiteral("lanes"), entries}};
}

QString framesToCsv(const std::vector<FrameLaneResult> &lanes)
{
    const QString columns =
        QStringLiteral("transport,state,frames_per_second,missed,transport_ms_p50,transport_ms_p99,cpu_ms_per_frame,"
                       "copied_bytes_per_frame,system_calls_per_frame,page_faults_per_frame,pieces,checked,wrong");
    QString csv = csvLine(columns.split(u','));
    for (const FrameLaneResult &lane : lanes) {
        const FrameFigures &f = lane.total;
        const auto number = [](std::optional<double> value) { return csvNumber(value, 6); };
        csv += csvLine({QString::fromLatin1(lane.transport->name), frameLaneStateName(lane.state),
                        number(f.framesPerSecond), QString::number(f.missed), number(f.median / 1e6),
                        number(f.most / 1e6), number(f.processorTime / 1e6), number(lane.copiedBytes()),
                        number(lane.systemCalls), number(f.pageFaults), QString::number(lane.pieces),
                        QString::number(f.checked), QString::number(f.wrong)});
    }
    return csv;
}

QString framesToTable(const std::vector<FrameLaneResult> &lanes, const FrameRun::Options &options)
{
    const QString head = tr("%1x%2, %3, %4 transports at the same time; per frame, both processes together\n\n")
                             .arg(options.width)
                             .arg(options.height)
                             .arg(options.rate ? tr("%1 frames/s").arg(options.rate) : tr("as fast as they go"))
                             .arg(lanes.size());
    TextTable table(TextTable::Columns::NumbersRight);
    table.row({tr("transport"), tr("frames/s"), tr("missed"), QStringLiteral("p50"), QStringLiteral("p99"), tr("CPU"),
               tr("copied"), tr("calls"), tr("faults")});
    QString notes;
    for (const FrameLaneResult &lane : lanes) {
        const QString name = QString::fromLatin1(lane.transport->name);
        if (!lane.problem.empty())
            notes += QStringLiteral("%1: %2\n").arg(name, text(lane.problem));
        if (lane.pieces > 1)
            notes += tr("%1: a frame goes in %2 pieces of %3 (%4), put together by two more copies\n")
                         .arg(name)
                         .arg(lane.pieces)
                         .arg(bytesText(double(lane.pieceBytes), BytesIn::Exact), text(lane.limitedBy));
        if (lane.total.wrong > 0)
            notes += tr("%1: %2 frames were not what had been sent\n").arg(name).arg(lane.total.wrong);
        if (!wasMeasured(lane)) {
            table.row({name, QStringLiteral("-")});
            continue;
        }
        const FrameFigures &f = lane.total;
        const auto number = [](std::optional<double> value, int decimals) {
            return value ? QString::number(*value, 'f', decimals) : QStringLiteral("?");
        };
        const std::optional<double> copied = lane.copiedBytes();
        table.row({name, number(f.framesPerSecond, 1), QString::number(f.missed), timeText(f.median), timeText(f.most),
                   timeText(f.processorTime), copied ? bytesText(*copied) : QStringLiteral("?"),
                   number(lane.systemCalls, 1), number(f.pageFaults, 1)});
    }
    return head + table.toText() + (notes.isEmpty() ? QString() : u'\n' + notes);
}

} // namespace bulkhead::lab
