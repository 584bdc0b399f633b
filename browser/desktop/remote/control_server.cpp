// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/remote/control_server.h"

#include "browser/host/processes/log.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead {

namespace {

bool isOwnUser(qintptr socket)
{
    ucred peer = {};
    socklen_t size = sizeof peer;
    return ::getsockopt(int(socket), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

} // namespace

ControlServer::ControlServer(RpcConnection::Handler handler, QObject *parent)
    : QObject(parent), m_handler(std::move(handler))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &ControlServer::accept);
}

ControlServer::~ControlServer()
{
    m_server.close();
}

Result<ControlServer::Taken> ControlServer::take(const QString &path)
{
    const QByteArray lockFile = QFile::encodeName(path + QStringLiteral(".lock"));
    UniqueFd lock(::open(lockFile.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock)
        return fail("open " + lockFile.toStdString());
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return Taken::ByAnother;
        return fail("flock " + lockFile.toStdString());
    }
    m_lock = std::move(lock);
    m_path = path;
    return Taken::ByThis;
}

Result<void> ControlServer::listen()
{
    QLocalServer::removeServer(m_path); // of an app that was killed; ours alone since take()
    if (!m_server.listen(m_path))
        return fail(Error{"listen " + m_path.toStdString() + ": " + m_server.errorString().toStdString(), 0});
    // Qt says "all rights" for its user; nobody executes a socket. It was never open to others.
    if (::chmod(QFile::encodeName(m_path).constData(), S_IRUSR | S_IWUSR) != 0)
        return fail("chmod " + m_path.toStdString());
    return {};
}

void ControlServer::accept()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        if (!isOwnUser(socket->socketDescriptor())) {
            log::warn(tr("A process of another user tried to control this app and was refused."));
            socket->abort();
            socket->deleteLater();
            continue;
        }
        if (m_connections >= MaxConnections) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        ++m_connections;
        auto *connection = new RpcConnection(socket, m_handler, this);
        connect(connection, &QObject::destroyed, this, [this] { --m_connections; });
    }
}

} // namespace bulkhead
