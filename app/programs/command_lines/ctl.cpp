// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/ctl.h"

#include "app/programs/command_lines/ctl_output.h"
#include "app/programs/command_lines/usage_error.h"
#include "browser/desktop/remote/control_client.h"
#include "browser/desktop/remote/runtime_socket.h"

#include <QCoreApplication>
#include <QDir>

#include <cstdio>

namespace bulkhead {

namespace {

enum ExitCode { Done = 0, Refused = 1, NobodyThere = 3 };

QString tr(const char *source)
{
    return QCoreApplication::translate("Ctl", source);
}

int complain(int exitCode, const QString &sentence)
{
    std::fprintf(stderr, "bulkhead ctl: %s\n", qPrintable(sentence));
    return exitCode;
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

int runCtl(const ParsedCommand &given)
{
    const Result<CtlCommand> command = CtlCommand::of(given, QDir::currentPath());
    if (!command)
        return usageError({given.path, QString::fromStdString(command.error().what)});
    const CtlFormat format = given.has("json") ? CtlFormat::Json : CtlFormat::Human;
    Result<ControlClient> client = connectTo(given.value("socket"), given.value("profile"));
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
