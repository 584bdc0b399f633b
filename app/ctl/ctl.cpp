// SPDX-License-Identifier: BSD-3-Clause
#include "app/ctl/ctl.h"

#include "app/ctl/ctl_output.h"
#include "browser/remote/control_client.h"
#include "browser/remote/runtime_socket.h"

#include <QCoreApplication>
#include <QDir>

#include <cstdio>

namespace bulkhead {

namespace {

enum ExitCode { Done = 0, Refused = 1, Usage = 2, NobodyThere = 3 };

QString tr(const char *source)
{
    return QCoreApplication::translate("Ctl", source);
}

int complain(int exitCode, const QString &sentence)
{
    std::fprintf(stderr, "bulkhead ctl: %s\n", qPrintable(sentence));
    return exitCode;
}

int showHelp()
{
    std::printf("%s\n\n%s\n%s", qPrintable(tr("bulkhead ctl [--socket PATH | --profile FOLDER] [--json] COMMAND ...")),
                qPrintable(tr("Asks the running Bulkhead. Commands:")), qPrintable(CtlCommand::help()));
    return Done;
}

/// The app that the options mean, or, without any, the person's own, or the one that runs without a window.
Result<ControlClient> connectTo(const QString &socket, const QString &profile)
{
    if (!socket.isEmpty())
        return ControlClient::connect(socket);
    const Result<QString> folder = runtime_socket::folder();
    if (!folder)
        return tl::unexpected(folder.error());
    Result<ControlClient> client =
        ControlClient::connect(runtime_socket::path(*folder, runtime_socket::nameForProfile(profile)));
    if (!client && profile.isEmpty())
        client = ControlClient::connect(runtime_socket::path(*folder, runtime_socket::headlessName()));
    return client;
}

} // namespace

int runCtl(const QStringList &arguments)
{
    QString socket, profile;
    CtlFormat format = CtlFormat::Human;
    QStringList words;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        const bool needsValue = argument == u"--socket" || argument == u"--profile";
        if (needsValue && i + 1 >= arguments.size())
            return complain(Usage, tr("%1 needs a value.").arg(argument));
        if (argument == u"--socket")
            socket = arguments[++i];
        else if (argument == u"--profile")
            profile = arguments[++i];
        else if (argument == u"--json")
            format = CtlFormat::Json;
        else if (argument == u"--help" || argument == u"-h")
            return showHelp();
        else
            words << argument;
    }
    const Result<CtlCommand> command = CtlCommand::parse(words, QDir::currentPath());
    if (!command) {
        complain(Usage, QString::fromStdString(command.error().what));
        std::fputs("Try \"bulkhead ctl --help\".\n", stderr);
        return Usage;
    }
    Result<ControlClient> client = connectTo(socket, profile);
    if (!client)
        return complain(NobodyThere,
                        tr("No Bulkhead is running there (%1).").arg(QString::fromStdString(client.error().what)));
    const auto answer = client->call(command->method, command->params);
    if (!answer)
        return complain(NobodyThere, QString::fromStdString(answer.error().what));
    if (!*answer)
        return complain(Refused, (*answer).error().message);
    if (const auto printed = printAnswer(*command, **answer, format); !printed)
        return complain(Refused, QString::fromStdString(printed.error().what));
    while (command->follow) {
        const Result<QJsonObject> notification = client->nextNotification();
        if (!notification)
            return NobodyThere;
        printNotification(*notification, format);
    }
    return Done;
}

} // namespace bulkhead
