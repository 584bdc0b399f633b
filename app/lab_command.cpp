// SPDX-License-Identifier: BSD-3-Clause
#include "app/lab_command.h"

#include "app/lab_options.h"
#include "ipc/lab/leftovers.h"
#include "ipc/lab/report.h"
#include "ipc/mechanisms/place.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace bulkhead {

namespace {

using namespace lab;

constexpr int Failed = 1;
constexpr int Usage = 2;
constexpr int Interrupted = 130;

QString tr(const char *source)
{
    return QCoreApplication::translate("LabCommand", source);
}

int complain(const QString &sentence, int exitCode)
{
    std::fprintf(stderr, "bulkhead lab: %s\n", qPrintable(sentence));
    if (exitCode == Usage)
        std::fputs("Try \"bulkhead lab --help\".\n", stderr);
    return exitCode;
}
int complain(const Error &error, int exitCode)
{
    return complain(QString::fromStdString(error.what), exitCode);
}

void print(const QString &text)
{
    std::fputs(text.toUtf8().constData(), stdout);
}
void print(const QJsonObject &json)
{
    std::fputs(QJsonDocument(json).toJson(QJsonDocument::Compact).constData(), stdout);
    std::fputc('\n', stdout);
}

/// The first Ctrl+C cancels in order; a second one ends the program, and its workers with it.
const Cancel *interrupted = nullptr;

void cancelOnSignals(const Cancel &cancel)
{
    interrupted = &cancel;
    struct sigaction action = {};
    action.sa_handler = [](int) { interrupted->request(); };
    action.sa_flags = int(SA_RESETHAND);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        ::sigaction(signal, &action, nullptr);
}

std::string workerProgram()
{
    return (QCoreApplication::applicationDirPath() + QStringLiteral("/bulkhead-lab-worker")).toStdString();
}

QString helpText()
{
    return tr("usage: bulkhead lab list [--json]\n"
              "       bulkhead lab run MECHANISM...|--all [options]    (bulkhead lab run --help)\n"
              "       bulkhead lab leftovers [--clean] [--json]\n");
}

// ---- list

int list(const QStringList &arguments, const Cancel &cancel)
{
    const bool json = arguments == QStringList(QStringLiteral("--json"));
    if (!json && !arguments.isEmpty())
        return complain(tr("\"list\" takes nothing but --json, not \"%1\".").arg(arguments.first()), Usage);
    const Result<std::vector<wire::LabMechanism>> known = catalogue(workerProgram(), cancel);
    if (!known)
        return complain(known.error(), Failed);
    QJsonArray entries;
    for (const wire::LabMechanism &m : *known) {
        QStringList waits;
        for (const std::uint32_t wait : m.waits())
            waits << QString::fromLatin1(waitName(Wait(wait)));
        const QString name = QString::fromStdString(m.name());
        if (json) {
            QJsonArray calls, resources;
            for (const std::string &call : m.calls())
                calls.append(QString::fromStdString(call));
            for (const std::string &resource : m.resources())
                resources.append(QString::fromStdString(resource));
            entries.append(QJsonObject{{QStringLiteral("name"), name},
                                       {QStringLiteral("title"), QString::fromStdString(m.title())},
                                       {QStringLiteral("summary"), QString::fromStdString(m.summary())},
                                       {QStringLiteral("data_path"), QString::fromStdString(m.data_path())},
                                       {QStringLiteral("waits"), QJsonArray::fromStringList(waits)},
                                       {QStringLiteral("largest"), m.largest() ? QJsonValue(double(m.largest())) : QJsonValue()},
                                       {QStringLiteral("limited_by"), QString::fromStdString(m.limited_by())},
                                       {QStringLiteral("lossy"), m.lossy()},
                                       {QStringLiteral("system_calls"), calls},
                                       {QStringLiteral("resources"), resources},
                                       {QStringLiteral("source"), QString::fromStdString(m.source())},
                                       {QStringLiteral("unavailable"), QString::fromStdString(m.unavailable())}});
            continue;
        }
        print(QStringLiteral("%1  %2\n").arg(name, -26).arg(QString::fromStdString(m.title())));
        print(QStringLiteral("%1  %2\n").arg(QString(), -26).arg(
            waits.join(QStringLiteral(", "))
            + (m.largest() ? tr("; at most %1 (%2)").arg(sizeText(m.largest()), QString::fromStdString(m.limited_by()))
                           : QString())
            + (m.lossy() ? tr("; may lose messages") : QString())));
        if (!m.unavailable().empty())
            print(QStringLiteral("%1  %2\n").arg(QString(), -26).arg(tr("not here: %1").arg(QString::fromStdString(m.unavailable()))));
    }
    if (json)
        print(QJsonObject{{QStringLiteral("mechanisms"), entries}});
    return 0;
}

// ---- run

Result<void> checkNames(LabRunOptions &options, const Cancel &cancel)
{
    const Result<std::vector<wire::LabMechanism>> known = catalogue(options.run.workerProgram, cancel);
    if (!known)
        return tl::unexpected(known.error());
    if (options.all && options.peer.isEmpty()) {
        for (const wire::LabMechanism &m : *known)
            options.run.mechanisms.push_back(m.name());
        return {};
    }
    for (const std::string &name : options.run.mechanisms) {
        // Pairs that are not listed are for the worker to judge.
        const bool listed = std::any_of(known->begin(), known->end(), [&](const auto &m) { return m.name() == name; });
        if (!listed && name.find('+') == name.npos)
            return fail(Error{tr("There is no mechanism \"%1\"; \"bulkhead lab list\" shows them.")
                                  .arg(QString::fromStdString(name)).toStdString(), EINVAL});
    }
    return {};
}

int run(const QStringList &arguments, const Cancel &cancel)
{
    if (arguments.contains(QStringLiteral("--help")) || arguments.contains(QStringLiteral("-h"))) {
        print(LabRunOptions::helpText());
        return 0;
    }
    Result<LabRunOptions> options = LabRunOptions::parse(arguments);
    if (!options)
        return complain(options.error(), Usage);
    options->run.workerProgram = workerProgram();
    if (const auto named = checkNames(*options, cancel); !named)
        return complain(named.error(), named.error().number == EINVAL ? Usage : Failed);

    const bool showProgress = ::isatty(STDERR_FILENO);
    LabRun run(options->run, cancel, [showProgress](const LabRun::Progress &progress) {
        if (showProgress)
            std::fprintf(stderr, "\r\033[K%3d %%  %s", progress.total ? progress.done * 100 / progress.total : 0,
                         progress.text.c_str());
    });
    const Result<void> done = run.run();
    if (showProgress)
        std::fputs("\r\033[K", stderr);
    if (!done)
        return complain(done.error(), done.error().number == ECANCELED ? Interrupted : Failed);

    using Format = LabRunOptions::Format;
    Format format = options->format;
    if (format == Format::Automatic)
        format = ::isatty(STDOUT_FILENO) ? Format::Table : Format::Json;
    if (format == Format::Json)
        print(resultsToJson(run.results(), options->run));
    else
        print(format == Format::Csv ? resultsToCsv(run.results()) : resultsToTable(run.results()));
    const bool anyFailed = std::any_of(run.results().begin(), run.results().end(),
                                       [](const JobResult &r) { return r.state == JobState::Failed || r.wrong > 0; });
    return anyFailed ? Failed : 0;
}

// ---- leftovers

QString kindText(LeftoverKind kind)
{
    switch (kind) {
    case LeftoverKind::Folder:
        return tr("folder");
    case LeftoverKind::SharedMemoryFile:
        return tr("shared memory");
    case LeftoverKind::PosixQueue:
        return tr("POSIX queue");
    case LeftoverKind::SysvMemory:
        return tr("System V memory");
    case LeftoverKind::SysvQueue:
        return tr("System V queue");
    case LeftoverKind::SysvSemaphores:
        break;
    }
    return tr("System V semaphores");
}

int leftovers(const QStringList &arguments)
{
    bool clean = false, json = false;
    for (const QString &argument : arguments) {
        if (argument == u"--clean")
            clean = true;
        else if (argument == u"--json")
            json = true;
        else
            return complain(tr("\"leftovers\" takes --clean and --json, not \"%1\".").arg(argument), Usage);
    }
    QJsonArray entries;
    for (const Leftover &leftover : clean ? cleanLeftovers() : listLeftovers()) {
        const bool orphan = leftover.state == LeftoverState::Orphan;
        if (json) {
            entries.append(QJsonObject{{QStringLiteral("kind"), kindText(leftover.kind)},
                                       {QStringLiteral("name"), QString::fromStdString(leftover.name)},
                                       {QStringLiteral("run"), QString::fromStdString(leftover.run)},
                                       {QStringLiteral("bytes"), double(leftover.bytes)},
                                       {QStringLiteral("attached"), double(leftover.users)},
                                       {QStringLiteral("orphan"), orphan}});
        } else {
            print(QStringLiteral("%1 %2 %3 %4\n")
                      .arg(clean ? tr("removed") : orphan ? tr("orphan") : tr("in use"), -8)
                      .arg(kindText(leftover.kind), -20)
                      .arg(sizeText(leftover.bytes), 9)
                      .arg(QString::fromStdString(leftover.name)));
        }
    }
    if (json)
        print(QJsonObject{{clean ? QStringLiteral("removed") : QStringLiteral("leftovers"), entries}});
    return 0;
}

} // namespace

int runLabCommand(const QStringList &arguments)
{
    const QString command = arguments.value(0);
    const QStringList rest = arguments.mid(1);
    const Cancel cancel;
    cancelOnSignals(cancel);
    if (command == u"--help" || command == u"-h") {
        print(helpText());
        return 0;
    }
    if (command == u"list")
        return list(rest, cancel);
    if (command == u"run")
        return run(rest, cancel);
    if (command == u"leftovers")
        return leftovers(rest);
    if (command.isEmpty())
        return complain(tr("What to do is missing: list, run or leftovers."), Usage);
    return complain(tr("\"%1\" is no command of the lab.").arg(command), Usage);
}

} // namespace bulkhead
