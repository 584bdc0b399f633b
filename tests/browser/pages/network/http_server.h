// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QHash>
#include <QPointer>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

namespace bulkhead::test {

struct HttpRequest
{
    QByteArray path;                       ///< with the query
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
};

/// A web server on loopback that does what a test tells it to, down to the bytes. Runs on the test's event loop.
class HttpServer : public QObject
{
public:
    using Handler = std::function<void(const HttpRequest &, QTcpSocket *)>;

    /// With a certificate and key (PEM) it speaks TLS.
    explicit HttpServer(const QByteArray &certificate = {}, const QByteArray &key = {},
                        const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0)
    {
        if (certificate.isEmpty()) {
            m_server = std::make_unique<QTcpServer>();
        } else {
            auto secure = std::make_unique<QSslServer>();
            QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
            tls.setLocalCertificate(QSslCertificate(certificate));
            tls.setPrivateKey(QSslKey(key, QSsl::Rsa));
            secure->setSslConfiguration(tls);
            m_server = std::move(secure);
            m_scheme = QStringLiteral("https");
        }
        m_server->listen(address, port);
        connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &HttpServer::accept);
    }

    quint16 port() const { return m_server->serverPort(); }
    QUrl url(const char *path, const char *host = "127.0.0.1") const
    {
        return QUrl(
            QStringLiteral("%1://%2:%3%4").arg(m_scheme, QLatin1String(host)).arg(port()).arg(QLatin1String(path)));
    }
    void on(const QByteArray &path, Handler handler) { m_handlers.insert(path, std::move(handler)); }
    /// A plain answer. @p headers end with \r\n each.
    void serve(const QByteArray &path, const QByteArray &body, const QByteArray &headers = {},
               const QByteArray &status = "200 OK")
    {
        on(path, [=](const HttpRequest &, QTcpSocket *socket) { answer(socket, body, headers, status); });
    }
    static void answer(QTcpSocket *socket, const QByteArray &body, const QByteArray &headers = {},
                       const QByteArray &status = "200 OK")
    {
        socket->write("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + QByteArray::number(body.size()) +
                      "\r\n\r\n" + body);
    }
    /// Everything asked so far, in order.
    std::vector<HttpRequest> requests;
    int openConnections() const
    {
        int count = 0;
        for (const auto &socket : m_sockets)
            count += socket && socket->state() == QAbstractSocket::ConnectedState;
        return count;
    }

private:
    void accept()
    {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            m_sockets.emplace_back(socket);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            read(socket);
        }
    }
    void read(QTcpSocket *socket)
    {
        QByteArray &buffer = m_buffers[socket];
        buffer += socket->readAll();
        if (m_scheme == QLatin1String("http") &&
            buffer.startsWith('\x16')) // a greeting of TLS, which this one does not speak
            return socket->abort();
        for (qsizetype end = buffer.indexOf("\r\n\r\n"); end >= 0; end = buffer.indexOf("\r\n\r\n")) {
            const QList<QByteArray> lines = buffer.left(end).split('\n');
            buffer.remove(0, end + 4);
            HttpRequest request{lines.first().split(' ').value(1), {}};
            for (const QByteArray &line : lines.mid(1)) {
                const qsizetype colon = line.indexOf(':');
                request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
            }
            requests.push_back(request);
            const Handler handler = m_handlers.value(request.path);
            if (handler)
                handler(request, socket);
            else
                answer(socket, "<h1>no such page</h1>", "Content-Type: text/html\r\n", "404 Not Found");
        }
    }

    std::unique_ptr<QTcpServer> m_server;
    QString m_scheme = QStringLiteral("http");
    QHash<QByteArray, Handler> m_handlers;
    QHash<QTcpSocket *, QByteArray> m_buffers;
    std::vector<QPointer<QTcpSocket>> m_sockets;
};

} // namespace bulkhead::test
