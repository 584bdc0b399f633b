// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/bulkhead/remote_control.h"

#include "browser/desktop/remote/control_client.h"
#include "browser/host/processes/log.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QThread>

namespace bulkhead {

namespace {
constexpr std::chrono::seconds HandOverPatience{8};
}

RemoteControl::RemoteControl(QObject *parent)
    : QObject(parent), m_server([this](const RpcCall &call) { m_methods.handle(call); })
{
}

Result<RemoteControl::Instance> RemoteControl::claim(const QString &socketPath, const QList<QUrl> &urls)
{
    const Result<ControlServer::Taken> taken = m_server.take(socketPath);
    if (!taken)
        return tl::unexpected(taken.error());
    if (*taken == ControlServer::Taken::ByThis)
        return Instance::First;
    if (const Result<void> done = handOver(socketPath, urls); !done)
        return tl::unexpected(done.error());
    return Instance::HandedOver;
}

Result<void> RemoteControl::handOver(const QString &socketPath, const QList<QUrl> &urls)
{
    QJsonObject params;
    if (!urls.isEmpty()) {
        QJsonArray encoded;
        for (const QUrl &url : urls)
            encoded.append(QString::fromLatin1(url.toEncoded()));
        params.insert(QStringLiteral("urls"), encoded);
    }
    // The other may be starting itself: it has the lock before it listens.
    QDeadlineTimer deadline(HandOverPatience);
    Result<ControlClient> client = ControlClient::connect(socketPath);
    while (!client && !deadline.hasExpired()) {
        QThread::msleep(20);
        client = ControlClient::connect(socketPath);
    }
    if (!client)
        return fail(Error{tr("Bulkhead is running already, but does not listen (%1).")
                              .arg(QString::fromStdString(client.error().what))
                              .toStdString(),
                          0});
    const auto answer = client->call(QStringLiteral("open"), params, HandOverPatience);
    if (!answer)
        return fail(Error{tr("Bulkhead is running already, but does not answer (%1).")
                              .arg(QString::fromStdString(answer.error().what))
                              .toStdString(),
                          0});
    if (!*answer)
        return fail(Error{(*answer).error().message.toStdString(), 0});
    return {};
}

void RemoteControl::start(const ControlledApp &app)
{
    addAppMethods(m_methods, app);
    addTabMethods(m_methods, app);
    addProcessMethods(m_methods, app);
    if (const Result<void> listening = m_server.listen(); !listening)
        log::warn(
            tr("This run cannot be controlled from outside: %1").arg(QString::fromStdString(listening.error().what)));
}

} // namespace bulkhead
