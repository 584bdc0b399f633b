// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/lab_measuring.h"

#include "app/programs/command_lines/lab_options.h"
#include "app/programs/command_lines/lab_output.h"
#include "ipc/lab/engine/chart.h"
#include "ipc/lab/engine/message_trace.h"
#include "ipc/lab/engine/remote_peer.h"
#include "ipc/lab/engine/remote_server.h"
#include "ipc/lab/engine/report.h"
#include "ipc/lab/engine/study.h"
#include "ipc/text/text_table.h"

#include <QFile>
#include <QJsonArray>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <unistd.h>

namespace bulkhead {

namespace {

using namespace lab;

QString tr(const char *source)
{
    return QCoreApplication::translate("LabCommand", source);
}

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// Pairs of shared memory and synchronisation need not be listed; the worker judges them.
Result<void> checkNames(const std::vector<std::string> &names, const std::vector<wire::LabMechanism> &known)
{
    for (const std::string &name : names) {
        const bool listed = std::any_of(known.begin(), known.end(), [&](const auto &m) { return m.name() == name; });
        if (!listed && name.find('+') == name.npos)
            return fail(Error{
                tr("There is no mechanism \"%1\"; \"bulkhead lab list\" shows them.").arg(text(name)).toStdString(),
                EINVAL});
    }
    return {};
}

void printResults(const LabRun &run, const LabRunOptions &options)
{
    LabOutputFormat format = options.format;
    if (format == LabOutputFormat::Automatic)
        format = ::isatty(STDOUT_FILENO) ? LabOutputFormat::Table : LabOutputFormat::Json;
    if (format == LabOutputFormat::Json)
        print(resultsToJson(run.results(), options.run));
    else
        print(format == LabOutputFormat::Csv ? resultsToCsv(run.results()) : resultsToTable(run.results()));
}

bool writeFile(const QString &name, const QByteArray &content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush();
}

} // namespace

int labRun(const ParsedCommand &given, const Cancel &cancel)
{
    Result<LabRunOptions> options = LabRunOptions::of(given);
    if (!options)
        return complain(options.error(), ExitUsage);
    options->run.workerProgram = labWorkerProgram();
    const Result<std::vector<wire::LabMechanism>> known = catalogue(options->run.workerProgram, cancel);
    if (!known)
        return complain(known.error(), ExitFailed);
    if (options->all && options->peer.isEmpty()) {
        for (const wire::LabMechanism &mechanism : *known)
            options->run.mechanisms.push_back(mechanism.name());
    }
    if (const auto named = checkNames(options->run.mechanisms, *known); !named)
        return complain(named.error(), ExitUsage);
    // Tried before the work: a chart that cannot be written is no news for the end of a long run.
    if (!options->svgFile.isEmpty() && !writeFile(options->svgFile, {}))
        return complain(tr("%1 cannot be written.").arg(options->svgFile), ExitUsage);

    const bool showProgress = ::isatty(STDERR_FILENO);
    LabRun run(options->run, cancel, [showProgress](const LabRun::Progress &progress) {
        if (showProgress)
            std::fprintf(stderr, "\r\033[K%3d %%  %s", progress.total ? progress.done * 100 / progress.total : 0,
                         progress.text.c_str());
    });
    if (!options->peer.isEmpty()) {
        const std::string address = options->peer.toStdString();
        Result<std::unique_ptr<RemotePeer>> peer = RemotePeer::connect(address, options->token.toStdString(), cancel);
        if (!peer)
            return complain(peer.error(), ExitFailed);
        run.setRemote(std::move(*peer), address);
    }
    const Result<void> done = run.run();
    if (showProgress)
        std::fputs("\r\033[K", stderr);
    if (!done)
        return complain(done.error(), ExitFailed);
    printResults(run, *options);
    if (!options->svgFile.isEmpty() && !writeFile(options->svgFile, resultsToSvg(run.results())))
        return complain(tr("%1 cannot be written.").arg(options->svgFile), ExitFailed);
    const bool anyFailed = std::any_of(run.results().begin(), run.results().end(),
                                       [](const JobResult &r) { return r.state == JobState::Failed || r.wrong > 0; });
    return anyFailed ? ExitFailed : 0;
}

int labTrace(const ParsedCommand &given, const Cancel &cancel)
{
    const bool json = given.has("json");
    const std::string name = given.words.first().toStdString();
    const std::string message = given.words.value(1, tr("Hello from the other process!")).toStdString();
    const Result<std::vector<wire::LabMechanism>> known = catalogue(labWorkerProgram(), cancel);
    if (!known)
        return complain(known.error(), ExitFailed);
    if (const auto named = checkNames({name}, *known); !named)
        return complain(named.error(), ExitUsage);
    const Result<MessageTrace> trace = traceMessage(labWorkerProgram(), name, message, cancel);
    if (!trace)
        return complain(trace.error(),
                        trace.error().number == EMSGSIZE || trace.error().number == EINVAL ? ExitUsage : ExitFailed);
    print(json ? QString() : traceToText(*trace));
    if (json)
        print(traceToJson(*trace));
    return 0;
}

int labExperiment(const ParsedCommand &given, const Cancel &cancel)
{
    QStringList words = given.words;
    const bool json = given.has("json");
    if (words.isEmpty()) {
        TextTable table;
        for (const StudyInfo &info : studies())
            table.row({QString::fromLatin1(info.name), QString::fromLatin1(info.lesson)});
        print(table.toText());
        return 0;
    }
    StudyOptions options;
    options.name = words.takeFirst().toStdString();
    options.workerProgram = labWorkerProgram();
    const auto info =
        std::find_if(studies().begin(), studies().end(), [&](const StudyInfo &e) { return options.name == e.name; });
    if (info == studies().end())
        return complain(
            tr("There is no experiment \"%1\"; \"bulkhead lab experiment\" shows them.").arg(text(options.name)),
            ExitUsage);
    if (!words.isEmpty() && !info->takesMechanisms)
        return complain(tr("The experiment \"%1\" takes no mechanisms.").arg(text(options.name)), ExitUsage);
    for (const QString &word : words)
        options.mechanisms.push_back(word.toStdString());
    const Result<std::vector<wire::LabMechanism>> known = catalogue(options.workerProgram, cancel);
    if (!known)
        return complain(known.error(), ExitFailed);
    for (const std::string &name : options.mechanisms) {
        if (std::none_of(known->begin(), known->end(), [&](const auto &m) { return m.name() == name; }))
            return complain(tr("There is no mechanism \"%1\"; \"bulkhead lab list\" shows them.").arg(text(name)),
                            ExitUsage);
    }
    QJsonArray findings;
    const Result<StudyReport> report = runStudy(options, cancel, [&](const wire::LabFinding &finding) {
        if (!json && !finding.text().empty())
            print(text(finding.text()) + u'\n');
        findings.append(QJsonObject{{QStringLiteral("name"), text(finding.name())},
                                    {QStringLiteral("value"), finding.value()},
                                    {QStringLiteral("unit"), text(finding.unit())},
                                    {QStringLiteral("text"), text(finding.text())}});
    });
    if (!report)
        return complain(report.error(), ExitFailed);
    if (json) {
        print(QJsonObject{{QStringLiteral("experiment"), text(options.name)},
                          {QStringLiteral("lesson"), QString::fromLatin1(info->lesson)},
                          {QStringLiteral("lesson_holds"), report->lessonHolds},
                          {QStringLiteral("machine"), machineToJson()},
                          {QStringLiteral("findings"), findings}});
    } else {
        print((report->lessonHolds ? tr("The lesson: %1") : tr("NOT SHOWN this time: %1"))
                  .arg(QString::fromLatin1(info->lesson)) +
              u'\n');
    }
    return report->lessonHolds ? 0 : ExitFailed;
}

int labServe(const ParsedCommand &given, const Cancel &cancel)
{
    if (!given.has("listen"))
        return complain(tr("\"serve\" needs --listen ADDRESS:PORT, such as --listen 192.0.2.1:7000."), ExitUsage);
    Result<RemoteServer> server = RemoteServer::listen(given.value("listen").toStdString(), labWorkerProgram());
    if (!server)
        return complain(server.error(), server.error().number == EINVAL ? ExitUsage : ExitFailed);
    print(tr("On the other machine: bulkhead lab run tcp udp --peer %1 --token %2\n")
              .arg(text(server->address()), text(server->token())));
    const auto log = [](const std::string &line) { std::fprintf(stderr, "%s\n", line.c_str()); };
    if (const auto served = server->serve(cancel, log); !served)
        return complain(served.error(), ExitFailed);
    return 0;
}

} // namespace bulkhead
