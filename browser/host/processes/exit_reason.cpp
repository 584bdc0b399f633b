// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/exit_reason.h"

#include "browser/host/processes/signal_names.h"
#include "ipc/channel/bad_message.h"
#include "ipc/plugin_faults/plugin_code.h"

#include <QCoreApplication>

#include <csignal>
#include <cstring>

namespace bulkhead {

namespace {

QString translated(const char *source)
{
    return QCoreApplication::translate("ExitReason", source);
}

QString signalMeaning(int number)
{
    switch (number) {
    case SIGSEGV:
        return translated("it used memory that is not its own");
    case SIGBUS:
        return translated("it used memory that is not there");
    case SIGABRT:
        return translated("it gave up because of an error it found in itself");
    case SIGFPE:
        return translated("it made an impossible calculation");
    case SIGILL:
        return translated("it ran an instruction the processor does not know");
    case SIGKILL:
        return translated("somebody ended it at once");
    case SIGTERM:
        return translated("somebody asked it to end");
    case SIGINT:
        return translated("it was interrupted");
    case SIGHUP:
        return translated("its terminal was closed");
    case SIGTRAP:
        return translated("it ran into a debugger's trap");
    case SIGSYS:
        return translated("it used a system call that is forbidden to it");
    case SIGXCPU:
        return translated("it used up its processor time");
    default:
        return QString::fromLocal8Bit(::strsignal(number));
    }
}

} // namespace

QString ExitReason::sentence() const
{
    const QString who = of == ExitOf::Plugin      ? translated("The plugin's process")
                        : of == ExitOf::LabWorker ? translated("The lab's worker process")
                                                  : translated("The page's process");
    switch (kind) {
    case ExitKind::Clean:
        return translated("%1 ended in an orderly way.").arg(who);
    case ExitKind::ExitCode:
        return translated("%1 ended by itself with exit code %2.").arg(who, QString::number(number));
    case ExitKind::Signal:
        return translated("%1 was ended by signal %2 (%3): %4.")
            .arg(who, QString::number(number), signal_names::name(number), signalMeaning(number));
    case ExitKind::KilledByUser:
        return of == ExitOf::Plugin      ? translated("You ended the plugin's process.")
               : of == ExitOf::LabWorker ? translated("You ended the lab's worker process.")
                                         : translated("You ended the page's process.");
    case ExitKind::OutOfMemory:
        return translated("%1 ran out of memory: it reached its limit.").arg(who);
    case ExitKind::TimeLimit:
        return translated("%1 was ended because one piece of its work took too long.").arg(who);
    case ExitKind::BadMessage:
        return translated("%1 was ended because it sent a bad message (number %2: %3).")
            .arg(who, QString::number(number), QString::fromStdString(badMessageText(BadMessage(number))));
    case ExitKind::Overflow:
        return translated("%1 was ended because it did not read its messages any more.").arg(who);
    case ExitKind::FailedToStart:
        return detail.isEmpty() ? translated("A process for this page could not be started.")
                                : translated("A process for this page could not be started: %1.").arg(detail);
    case ExitKind::ForbiddenCall:
        return number < 0 ? translated("%1 was ended because it made a system call that is forbidden to it.").arg(who)
                          : translated("%1 was ended because it made a system call that is forbidden to it: "
                                       "number %2, %3.")
                                .arg(who, QString::number(number), detail);
    case ExitKind::Limit:
        return translated("%1 was ended because it reached a limit: %2.").arg(who, detail);
    case ExitKind::NotLockedDown:
        return translated("%1 was ended before it got anything, because its sandbox was not complete: the layer "
                          "“%2” is missing.")
            .arg(who, detail);
    case ExitKind::Unresponsive:
        return of == ExitOf::Plugin ? translated("You ended the plugin's process because it did not answer.")
                                    : translated("You ended the page's process because it did not answer.");
    case ExitKind::SiteMemory:
        return translated("%1 was ended because its site used more than %2 MB of the browser’s memory.")
            .arg(who, QString::number(number));
    case ExitKind::PluginFailed:
        return translated("The plugin cannot be used. %1").arg(detail);
    }
    return {};
}

QString ExitReason::code() const
{
    switch (kind) {
    case ExitKind::Clean:
        return QStringLiteral("exit 0");
    case ExitKind::ExitCode:
        return QStringLiteral("exit %1").arg(number);
    case ExitKind::Signal:
        return QStringLiteral("signal %1 %2").arg(QString::number(number), signal_names::name(number));
    case ExitKind::KilledByUser:
        return QStringLiteral("killed-by-user");
    case ExitKind::OutOfMemory:
        return QStringLiteral("out-of-memory");
    case ExitKind::TimeLimit:
        return QStringLiteral("time-limit");
    case ExitKind::BadMessage:
        return detail.isEmpty() ? QStringLiteral("bad-message %1").arg(number)
                                : QStringLiteral("bad-message %1 %2").arg(QString::number(number), detail);
    case ExitKind::Overflow:
        return QStringLiteral("send-queue-overflow");
    case ExitKind::FailedToStart:
        return QStringLiteral("failed-to-start");
    case ExitKind::ForbiddenCall:
        return number < 0 ? QStringLiteral("forbidden-call")
                          : QStringLiteral("forbidden-call %1 %2").arg(QString::number(number), detail);
    case ExitKind::Limit:
        return QStringLiteral("limit %1").arg(detail);
    case ExitKind::NotLockedDown:
        return QStringLiteral("not-locked-down %1").arg(detail);
    case ExitKind::Unresponsive:
        return detail.isEmpty() ? QStringLiteral("unresponsive") : QStringLiteral("unresponsive %1").arg(detail);
    case ExitKind::SiteMemory:
        return QStringLiteral("site-memory %1").arg(number);
    case ExitKind::PluginFailed: {
        const std::string_view name = pluginCodeName(PluginCode(number));
        return QString::fromLatin1(name.data(), qsizetype(name.size()));
    }
    }
    return {};
}

} // namespace bulkhead
