// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/remote/rpc_connection.h"
#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"

#include <QLocalServer>
#include <QObject>

namespace bulkhead {

/// Listens for remote control at a path that only its owner can open (0600), and takes requests only from processes of
/// that same user, whoever opened the socket for others. A lock beside the socket makes it the only one there: a socket
/// that a killed app left behind is taken over, a living one's never. Main thread.
class ControlServer : public QObject
{
    Q_OBJECT
public:
    static constexpr int MaxConnections = 256;

    enum class Taken { ByThis, ByAnother };

    /// @p handler gets every request of every client.
    explicit ControlServer(RpcConnection::Handler handler, QObject *parent = nullptr);
    ~ControlServer() override;

    /// Takes @p path, or says that a running app has it. An error when neither is the case.
    Result<Taken> take(const QString &path);
    /// Starts to answer. After take(); in between, clients wait.
    Result<void> listen();
    QString path() const { return m_path; }

private:
    void accept();

    RpcConnection::Handler m_handler;
    QLocalServer m_server;
    QString m_path;
    UniqueFd m_lock;
    int m_connections = 0;
};

} // namespace bulkhead
