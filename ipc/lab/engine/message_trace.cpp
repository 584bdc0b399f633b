// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/message_trace.h"

#include "ipc/lab/engine/broker.h"
#include "ipc/lab/engine/lab_run.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <cerrno>

namespace bulkhead::lab {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LabTrace", text);
}

std::uint64_t beginning(const MessageTrace &trace)
{
    std::uint64_t first = UINT64_MAX;
    for (const RecordedCall &call : trace.calls)
        first = std::min(first, call.start);
    return first;
}

} // namespace

Result<MessageTrace> traceMessage(const WorkerProgram &workerProgram, const std::string &mechanism,
                                  const std::string &text, const Cancel &cancel)
{
    if (text.empty())
        return fail(Error{"the text is empty", EINVAL});
    const Result<std::vector<wire::LabMechanism>> known = catalogue(workerProgram, cancel);
    if (!known)
        return tl::unexpected(known.error());
    WorkerPair::LinkSpec spec;
    spec.mechanism = mechanism;
    spec.largest = text.size();
    spec.wait = mechanism.find("+spin") == mechanism.npos ? Wait::Blocking : Wait::Polling;
    for (const wire::LabMechanism &info : *known) {
        if (info.name() != mechanism)
            continue;
        if (!info.unavailable().empty())
            return fail(Error{info.unavailable(), ENOTSUP});
        if (info.alone())
            return fail(Error{mechanism + " has no second process", EINVAL});
        if (info.largest() > 0 && text.size() > info.largest())
            return fail(Error{"the text has " + std::to_string(text.size()) + " bytes; " + mechanism +
                                  " takes at most " + std::to_string(info.largest()) + " (" + info.limited_by() + ")",
                              EMSGSIZE});
        spec.wait = Wait(info.waits(0));
        spec.lossy = info.lossy();
    }

    Result<RunFolder> folder = RunFolder::create();
    if (!folder)
        return tl::unexpected(folder.error());
    std::unique_ptr<Broker> broker;
    if (mechanism == "mqtt") {
        Result<std::unique_ptr<Broker>> started = Broker::start(folder->path());
        if (!started)
            return tl::unexpected(started.error());
        broker = std::move(*started);
        spec.broker = broker->socket();
    }
    WorkerPair pair(workerProgram, *folder, cancel);
    if (const auto opened = pair.open(spec); !opened)
        return tl::unexpected(opened.error());
    wire::LabMeasure what;
    what.set_pattern(wire::LabMeasure::SEND_TEXT);
    what.set_size(text.size());
    what.set_text(text);
    constexpr std::chrono::seconds Limit{20};
    if (const auto warm = pair.measure(what, {}, Limit); !warm)
        return tl::unexpected(warm.error());
    CallRecorder recorder({pair.first().pid(), pair.second().pid()});
    const Result<WorkerPair::Figures> figures = pair.measure(what, {}, Limit);
    if (!figures)
        return tl::unexpected(figures.error());
    MessageTrace trace{mechanism, text, figures->responder.text(), recorder.finish()};
    if (!recorder.attached())
        return fail(Error{
            "this machine does not let us trace our own processes (" + recorder.attached().error().what + ")", EPERM});
    return trace;
}

QString traceToText(const MessageTrace &trace)
{
    constexpr int Column = 58;
    QString out = tr("%1: \"%2\" was sent, \"%3\" arrived, and came back.\n")
                      .arg(QString::fromStdString(trace.mechanism), QString::fromStdString(trace.sent),
                           QString::fromStdString(trace.arrived));
    if (trace.calls.empty())
        return out + tr("Neither process made a system call.\n");
    out += QStringLiteral("%1  %2%3\n").arg(tr("us"), 9).arg(tr("process A"), -Column).arg(tr("process B"));
    std::vector<RecordedCall> calls = trace.calls;
    std::stable_sort(calls.begin(), calls.end(), [](const auto &a, const auto &b) { return a.start < b.start; });
    const std::uint64_t first = beginning(trace);
    for (const RecordedCall &call : calls) {
        QString what = QString::fromStdString(call.text());
        what += QStringLiteral("  [%1 us]").arg(double(call.end - call.start) / 1000, 0, 'f', 0);
        out += QStringLiteral("%1  %2%3\n")
                   .arg(double(call.start - first) / 1000, 9, 'f', 1)
                   .arg(QString(), call.process == 0 ? 0 : Column)
                   .arg(what);
    }
    return out + tr("Times are under the tracer, which adds some microseconds to each call.\n");
}

QJsonObject traceToJson(const MessageTrace &trace)
{
    QJsonArray calls;
    const std::uint64_t first = beginning(trace);
    for (const RecordedCall &call : trace.calls) {
        QJsonArray arguments;
        for (const std::uint64_t argument : call.arguments)
            arguments.append(QString::number(argument));
        calls.append(
            QJsonObject{{QStringLiteral("process"), call.process == 0 ? QStringLiteral("A") : QStringLiteral("B")},
                        {QStringLiteral("thread"), int(call.thread)},
                        {QStringLiteral("name"), QString::fromStdString(call.name)},
                        {QStringLiteral("text"), QString::fromStdString(call.text())},
                        {QStringLiteral("arguments"), arguments},
                        {QStringLiteral("result"), double(call.result)},
                        {QStringLiteral("start_ns"), double(call.start - first)},
                        {QStringLiteral("end_ns"), double(call.end - first)}});
    }
    return {{QStringLiteral("mechanism"), QString::fromStdString(trace.mechanism)},
            {QStringLiteral("sent"), QString::fromStdString(trace.sent)},
            {QStringLiteral("arrived"), QString::fromStdString(trace.arrived)},
            {QStringLiteral("calls"), calls}};
}

} // namespace bulkhead::lab
