// SPDX-License-Identifier: BSD-3-Clause
#include "tests/support/loopback_server.h"

#include "tests/support/loopback_connection.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QTcpServer>

#include <algorithm>

namespace bulkhead {

LoopbackAnswer LoopbackAnswer::page(const QByteArray &html)
{
    LoopbackAnswer answer;
    answer.body = html;
    return answer;
}

LoopbackAnswer LoopbackAnswer::error(int status, const QByteArray &html)
{
    LoopbackAnswer answer = page(html);
    answer.status = status;
    return answer;
}

LoopbackAnswer LoopbackAnswer::redirect(const QByteArray &location, int status)
{
    LoopbackAnswer answer;
    answer.status = status;
    answer.headers.append({"Location", location});
    return answer;
}

LoopbackAnswer LoopbackAnswer::stream(qint64 bytes)
{
    LoopbackAnswer answer;
    answer.type = "application/octet-stream";
    answer.generatedBytes = bytes;
    return answer;
}

LoopbackAnswer LoopbackAnswer::never()
{
    LoopbackAnswer answer;
    answer.silent = true;
    return answer;
}

LoopbackAnswer LoopbackAnswer::stalled(const QByteArray &start)
{
    LoopbackAnswer answer = page(start);
    answer.ending = Ending::Stall;
    return answer;
}

LoopbackAnswer LoopbackAnswer::aborted(const QByteArray &start)
{
    LoopbackAnswer answer = page(start);
    answer.ending = Ending::Abort;
    return answer;
}

QString LoopbackRequest::path() const
{
    const QUrl url = QUrl::fromEncoded("http://127.0.0.1" + target);
    return url.path(QUrl::FullyDecoded);
}

LoopbackServer::LoopbackServer(const QString &folder, const QString &address)
    : m_folder(folder.isEmpty() ? QString() : QFileInfo(folder).canonicalFilePath()), m_address(address),
      m_thread(std::make_unique<QThread>())
{
    m_thread->setObjectName(QStringLiteral("loopback-server"));
    m_thread->start();
    // Everything of the network is made, used and deleted on the thread; its root goes with it.
    auto *listener = new QTcpServer;
    listener->moveToThread(m_thread.get());
    QObject::connect(m_thread.get(), &QThread::finished, listener, &QObject::deleteLater);
    QObject::connect(listener, &QTcpServer::newConnection, listener, [this, listener] {
        while (QTcpSocket *socket = listener->nextPendingConnection())
            new LoopbackConnection(*this, socket);
    });
    QMetaObject::invokeMethod(
        listener,
        [this, listener] {
            if (listener->listen(QHostAddress(m_address)))
                m_port = listener->serverPort();
        },
        Qt::BlockingQueuedConnection);
}

LoopbackServer::~LoopbackServer()
{
    m_thread->quit();
    m_thread->wait();
}

QUrl LoopbackServer::url(const QString &path) const
{
    const QString host = m_address.contains(u':') ? u'[' + m_address + u']' : m_address;
    return QUrl(QStringLiteral("http://%1:%2%3").arg(host).arg(m_port).arg(path));
}

void LoopbackServer::set(const QString &path, LoopbackAnswer answer)
{
    const std::lock_guard lock(m_mutex);
    m_answers.insert(path, std::move(answer));
}

QList<LoopbackRequest> LoopbackServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

int LoopbackServer::requestCount(const QString &path) const
{
    const std::lock_guard lock(m_mutex);
    return int(std::count_if(m_requests.begin(), m_requests.end(),
                             [&](const LoopbackRequest &request) { return request.path() == path; }));
}

int LoopbackServer::openConnections() const
{
    const std::lock_guard lock(m_mutex);
    return m_openConnections;
}

qint64 LoopbackServer::bytesSent(const QString &path) const
{
    const std::lock_guard lock(m_mutex);
    return m_bytesSent.value(path);
}

LoopbackAnswer LoopbackServer::answerTo(const LoopbackRequest &request)
{
    const QString path = request.path();
    {
        const std::lock_guard lock(m_mutex);
        m_requests.append(request);
        const auto set = m_answers.constFind(path);
        if (set != m_answers.constEnd() && set->needsPassword && !request.headers.contains("authorization")) {
            LoopbackAnswer question = LoopbackAnswer::error(401, "<h1>Who are you?</h1>");
            question.headers.append(std::pair<QByteArray, QByteArray>("WWW-Authenticate", "Basic realm=\"here\""));
            return question;
        }
        if (set != m_answers.constEnd())
            return *set;
    }
    return fileFor(path);
}

LoopbackAnswer LoopbackServer::fileFor(const QString &path) const
{
    if (m_folder.isEmpty())
        return LoopbackAnswer::error(404, "<h1>Not Found</h1>");
    QFileInfo info(QDir::cleanPath(m_folder + u'/' + path));
    if (info.isDir()) {
        if (!path.endsWith(u'/'))
            return LoopbackAnswer::redirect(QUrl(path + u'/').toEncoded(), 301);
        info.setFile(info.filePath() + QStringLiteral("/index.html"));
    }
    QFile file(info.filePath());
    const bool below = info.filePath().startsWith(m_folder + u'/');
    if (!below || !info.isFile() || !file.open(QIODevice::ReadOnly))
        return LoopbackAnswer::error(404, "<h1>Not Found</h1>");
    LoopbackAnswer answer = LoopbackAnswer::page(file.readAll());
    answer.type = QMimeDatabase().mimeTypeForFile(info, QMimeDatabase::MatchExtension).name().toLatin1();
    return answer;
}

void LoopbackServer::connectionOpened()
{
    const std::lock_guard lock(m_mutex);
    ++m_openConnections;
}

void LoopbackServer::connectionClosed()
{
    const std::lock_guard lock(m_mutex);
    --m_openConnections;
}

void LoopbackServer::bodyBytesSent(const QString &path, qint64 bytes)
{
    const std::lock_guard lock(m_mutex);
    m_bytesSent[path] += bytes;
}

} // namespace bulkhead
