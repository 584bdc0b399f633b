// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/remote/rpc_connection.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>

#include <utility>

namespace bulkhead {

struct RpcCall::State
{
    QPointer<RpcConnection> connection;
    rpc::Request request;
    std::function<void(const rpc::Answer &)> done;

    ~State()
    {
        if (done && connection)
            done(tl::unexpected(rpc::Error{rpc::InternalError, RpcConnection::tr("The request came to nothing.")}));
    }
};

RpcCall::RpcCall(RpcConnection &connection, rpc::Request request, std::function<void(const rpc::Answer &)> done)
    : m_state(new State{&connection, std::move(request), std::move(done)})
{
}

const QString &RpcCall::method() const
{
    return m_state->request.method;
}

const QJsonObject &RpcCall::params() const
{
    return m_state->request.params;
}

RpcConnection *RpcCall::connection() const
{
    return m_state->connection;
}

void RpcCall::finish(rpc::Answer answer) const
{
    const auto done = std::exchange(m_state->done, nullptr);
    if (done && m_state->connection)
        done(answer);
}

RpcConnection::RpcConnection(QLocalSocket *socket, Handler handler, QObject *parent)
    : QObject(parent), m_socket(socket), m_handler(std::move(handler))
{
    m_socket->setParent(this);
    // What is not read here waits in the kernel, and then in the client.
    m_socket->setReadBufferSize(MaxLine);
    connect(m_socket, &QLocalSocket::readyRead, this, &RpcConnection::read);
    connect(m_socket, &QLocalSocket::disconnected, this, &RpcConnection::end);
    // What came before the signals were connected.
    QMetaObject::invokeMethod(this, &RpcConnection::read, Qt::QueuedConnection);
}

RpcConnection::~RpcConnection()
{
    m_ended = true;
    m_socket->disconnect(this);
}

void RpcConnection::read()
{
    while (!m_ended && m_socket->bytesAvailable() > 0 && m_pending < MaxPending) {
        m_buffer += m_socket->read(MaxLine);
        for (qsizetype end; !m_ended && (end = m_buffer.indexOf('\n')) >= 0;) {
            const QByteArray line = m_buffer.left(end);
            m_buffer.remove(0, end + 1);
            if (!line.trimmed().isEmpty())
                handleLine(line);
        }
        if (m_buffer.size() > MaxLine) {
            write(QJsonDocument(rpc::answerObject(
                QJsonValue::Null, tl::unexpected(rpc::Error{rpc::ParseError, tr("The line is too long.")}))));
            m_socket->disconnectFromServer(); // after what is still to be written
            m_ended = true;
        }
    }
}

void RpcConnection::handleLine(const QByteArray &line)
{
    const rpc::Incoming incoming = rpc::parse(line);
    if (!incoming.isBatch) {
        start(incoming.requests.first(), [this](const QJsonObject *answer) {
            if (answer)
                write(QJsonDocument(*answer));
        });
        return;
    }
    struct Batch
    {
        QJsonArray answers;
        qsizetype open;
    };
    auto batch = std::make_shared<Batch>(Batch{{}, incoming.requests.size()});
    for (const rpc::Request &request : incoming.requests) {
        start(request, [this, batch](const QJsonObject *answer) {
            if (answer)
                batch->answers.append(*answer);
            if (--batch->open == 0 && !batch->answers.isEmpty())
                write(QJsonDocument(batch->answers));
        });
    }
}

void RpcConnection::start(const rpc::Request &request, std::function<void(const QJsonObject *)> done)
{
    if (request.error) {
        const QJsonObject answer = rpc::answerObject(request.id, tl::unexpected(*request.error));
        return done(request.wantsAnswer() ? &answer : nullptr);
    }
    ++m_pending;
    RpcCall call(*this, request, [this, id = request.id, done = std::move(done)](const rpc::Answer &result) {
        const bool wasFull = m_pending >= MaxPending;
        --m_pending;
        if (id.isUndefined()) {
            done(nullptr);
        } else {
            const QJsonObject answer = rpc::answerObject(id, result);
            done(&answer);
        }
        if (wasFull)
            QMetaObject::invokeMethod(this, &RpcConnection::read, Qt::QueuedConnection);
    });
    m_handler(std::move(call));
}

void RpcConnection::notify(const QString &method, const QJsonObject &params)
{
    write(QJsonDocument(rpc::notification(method, params)));
}

void RpcConnection::write(const QJsonDocument &document)
{
    if (m_ended || m_socket->state() != QLocalSocket::ConnectedState)
        return;
    if (m_socket->bytesToWrite() > MaxUnread) {
        m_socket->abort();
        return;
    }
    m_socket->write(document.toJson(QJsonDocument::Compact) + '\n');
}

void RpcConnection::end()
{
    m_ended = true;
    Q_EMIT closed();
    deleteLater();
}

} // namespace bulkhead
