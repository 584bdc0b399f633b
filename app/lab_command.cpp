// SPDX-License-Identifier: BSD-3-Clause
#include "app/lab_command.h"

#include "app/lab_frames.h"
#include "app/lab_measuring.h"
#include "app/lab_output.h"
#include "app/lab_showing.h"

#include <csignal>

namespace bulkhead {

namespace {

using namespace lab;

QString tr(const char *source)
{
    return QCoreApplication::translate("LabCommand", source);
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

QString helpText()
{
    return tr("usage: bulkhead lab list [--json]\n"
              "       bulkhead lab run MECHANISM...|--all [options]       measure (bulkhead lab run --help)\n"
              "       bulkhead lab trace MECHANISM [TEXT] [--json]        one message, and every system call it takes\n"
              "       bulkhead lab experiment [NAME] [MECHANISM...] [--json]\n"
              "       bulkhead lab frames [options]                       an animation through several transports (bulkhead lab frames --help)\n"
              "       bulkhead lab compare BEFORE.json AFTER.json [--json]\n"
              "       bulkhead lab leftovers [--clean] [--json]\n"
              "       bulkhead lab serve --listen ADDRESS:PORT            the far end for run --peer\n");
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
        return labList(rest, cancel);
    if (command == u"run")
        return labRun(rest, cancel);
    if (command == u"trace")
        return labTrace(rest, cancel);
    if (command == u"frames")
        return labFrames(rest, cancel);
    if (command == u"experiment")
        return labExperiment(rest, cancel);
    if (command == u"compare")
        return labCompare(rest);
    if (command == u"leftovers")
        return labLeftovers(rest);
    if (command == u"serve")
        return labServe(rest, cancel);
    if (command.isEmpty())
        return complain(tr("What to do is missing: list, run, trace, frames, experiment, compare, leftovers or serve."),
                        ExitUsage);
    return complain(tr("\"%1\" is no command of the lab.").arg(command), ExitUsage);
}

} // namespace bulkhead
