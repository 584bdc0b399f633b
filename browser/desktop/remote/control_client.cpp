// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/remote/control_client.h"

#include <QFile>
#include <QJsonDocument>

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace bulkhead {

Result<ControlClient> ControlClient::connect(const QString &socketPath)
{
    const QByteArray path = QFile::encodeName(socketPath);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (std::size_t(path.size()) >= sizeof address.sun_path)
        return fail(Error::fromErrno("connect", ENAMETOOLONG));
    std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return fail("socket");
    if (::connect(socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return fail("connect " + path.toStdString());
    return ControlClient(std::move(socket));
}

Result<tl::expected<QJsonValue, RemoteError>> ControlClient::call(const QString &method, const QJsonObject &params,
                                                                  std::chrono::milliseconds timeout)
{
    std::optional<std::chrono::steady_clock::time_point> until;
    if (timeout.count() > 0)
        until = std::chrono::steady_clock::now() + timeout;
    const int id = ++m_lastId;
    const QJsonObject request{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                              {QStringLiteral("id"), id},
                              {QStringLiteral("method"), method},
                              {QStringLiteral("params"), params}};
    if (auto written = write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n'); !written)
        return tl::unexpected(written.error());
    for (;;) {
        const Result<QByteArray> line = readLine(until);
        if (!line)
            return tl::unexpected(line.error());
        const QJsonObject answer = QJsonDocument::fromJson(*line).object();
        if (answer.contains(QStringLiteral("method"))) {
            m_notifications << answer;
            continue;
        }
        const QJsonValue error = answer[QStringLiteral("error")];
        // An answer without an id is to something that could not be read as a request at all.
        if (answer[QStringLiteral("id")].toInt() != id && !error.isObject())
            continue;
        if (error.isObject())
            return tl::unexpected(RemoteError{error[QStringLiteral("code")].toInt(),
                                              error[QStringLiteral("message")].toString(),
                                              error[QStringLiteral("data")]});
        return answer[QStringLiteral("result")];
    }
}

Result<QJsonObject> ControlClient::nextNotification()
{
    while (m_notifications.isEmpty()) {
        const Result<QByteArray> line = readLine({});
        if (!line)
            return tl::unexpected(line.error());
        const QJsonObject object = QJsonDocument::fromJson(*line).object();
        if (object.contains(QStringLiteral("method")))
            m_notifications << object;
    }
    return m_notifications.takeFirst();
}

Result<void> ControlClient::write(const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t sent =
            ::send(m_socket.get(), bytes.constData() + done, std::size_t(bytes.size() - done), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return fail("send");
        done += sent;
    }
    return {};
}

Result<QByteArray> ControlClient::readLine(std::optional<std::chrono::steady_clock::time_point> until)
{
    qsizetype searched = 0;
    for (;;) {
        if (const qsizetype end = m_buffer.indexOf('\n', searched); end >= 0) {
            const QByteArray line = m_buffer.left(end);
            m_buffer.remove(0, end + 1);
            return line;
        }
        searched = m_buffer.size();
        int wait = -1;
        if (until) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - std::chrono::steady_clock::now());
            if (left.count() <= 0)
                return fail(Error::fromErrno("no answer", ETIMEDOUT));
            wait = int(left.count());
        }
        pollfd p{m_socket.get(), POLLIN, 0};
        if (::poll(&p, 1, wait) <= 0)
            continue;
        char piece[64 << 10];
        const ssize_t got = ::read(m_socket.get(), piece, sizeof piece);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail("read");
        if (got == 0)
            return fail(Error{"the app closed the connection", 0});
        m_buffer.append(piece, got);
    }
}

} // namespace bulkhead
