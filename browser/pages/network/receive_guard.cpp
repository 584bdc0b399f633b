// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/receive_guard.h"

#include "ipc/core/unique_fd.h"

#include <QDir>

#include <linux/tcp.h>
#include <netinet/in.h>

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace bulkhead {
namespace {

constexpr std::chrono::milliseconds ScanInterval(500);
constexpr int ScansAfterTheLastFetch = 20;

template <class T>
bool option(int fd, int level, int name, T &value)
{
    socklen_t length = sizeof value;
    return getsockopt(fd, level, name, &value, &length) == 0;
}

/// A descriptor of ours for @p fd, if that is a TCP connection: another thread may close and reuse the number.
UniqueFd tcpConnection(int fd)
{
    int domain = 0;
    int protocol = 0;
    if (!option(fd, SOL_SOCKET, SO_DOMAIN, domain) || (domain != AF_INET && domain != AF_INET6))
        return UniqueFd();
    UniqueFd own(fcntl(fd, F_DUPFD_CLOEXEC, 0));
    const bool isTcp = own && option(own.get(), SOL_SOCKET, SO_PROTOCOL, protocol) && protocol == IPPROTO_TCP;
    return isTcp ? std::move(own) : UniqueFd();
}

/// How many bytes the process has taken out of the connection.
quint64 bytesRead(int fd)
{
    tcp_info info = {};
    int waiting = 0;
    if (!option(fd, IPPROTO_TCP, TCP_INFO, info) || ioctl(fd, FIONREAD, &waiting) != 0)
        return 0;
    return info.tcpi_bytes_received - std::min<quint64>(info.tcpi_bytes_received, quint64(waiting));
}

} // namespace

ReceiveGuard::ReceiveGuard(QObject *parent) : QObject(parent), m_timer(this)
{
    m_timer.setInterval(ScanInterval);
    connect(&m_timer, &QTimer::timeout, this, &ReceiveGuard::scan);
}

void ReceiveGuard::fetchStarted()
{
    ++m_fetches;
    m_progress = true;
    if (!m_timer.isActive())
        m_timer.start();
}

void ReceiveGuard::fetchEnded()
{
    if (--m_fetches == 0)
        m_scansLeft = ScansAfterTheLastFetch;
}

void ReceiveGuard::scan()
{
    if (m_fetches == 0 && --m_scansLeft < 0) {
        m_timer.stop();
        m_connections.clear();
        return;
    }
    const bool progress = std::exchange(m_progress, false);
    QHash<quint64, Connection> seen;
    const QStringList descriptors = QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System);
    for (const QString &descriptor : descriptors) {
        const UniqueFd socket = tcpConnection(descriptor.toInt());
        quint64 cookie = 0;
        if (!socket || !option(socket.get(), SOL_SOCKET, SO_COOKIE, cookie))
            continue;
        const auto before = m_connections.constFind(cookie);
        Connection now{bytesRead(socket.get()), 0};
        if (before != m_connections.constEnd() && !progress && now.read > before->read)
            now.silent = before->silent + qint64(now.read - before->read);
        if (now.silent > Limit) {
            qWarning("A server sends headers without end: the connection is closed.");
            shutdown(socket.get(), SHUT_RDWR);
        }
        seen.insert(cookie, now);
    }
    m_connections = seen;
}

} // namespace bulkhead
