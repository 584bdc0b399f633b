// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/remote/json_rpc.h"

#include <QLocalSocket>
#include <QObject>

#include <functional>
#include <memory>

namespace bulkhead {

class RpcConnection;

/// One request on its way to an answer. Copies share it; the first finish() counts, and when the last copy goes without
/// one, the caller is told that nothing came. May outlive the connection.
class RpcCall
{
public:
    RpcCall(RpcConnection &connection, rpc::Request request, std::function<void(const rpc::Answer &)> done);

    const QString &method() const;
    const QJsonObject &params() const;
    /// Who asked; null when it has gone meanwhile. For notifications, and to give up work for nobody.
    RpcConnection *connection() const;

    void finish(rpc::Answer answer) const;
    void fail(int code, const QString &message) const { finish(tl::unexpected(rpc::Error{code, message})); }

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// One client of the app: cuts what it sends into lines, hands requests over, and sends answers in the order in which
/// they are ready. A line that is too long, too many unanswered requests, or not reading what was asked for end the
/// connection or the request, never the app. Main thread; deletes itself when the client has gone.
class RpcConnection : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 MaxLine = 1 << 20;
    static constexpr int MaxPending = 64;
    static constexpr qint64 MaxUnread = 64 << 20;

    using Handler = std::function<void(RpcCall call)>;
    /// Takes @p socket over. @p handler is called for every request.
    RpcConnection(QLocalSocket *socket, Handler handler, QObject *parent = nullptr);
    ~RpcConnection() override;

    void notify(const QString &method, const QJsonObject &params);
    /// Bytes that the client has not taken yet: who sends without being asked looks at this first.
    qint64 unread() const { return m_socket->bytesToWrite(); }

Q_SIGNALS:
    void closed();

private:
    void read();
    void handleLine(const QByteArray &line);
    void start(const rpc::Request &request, std::function<void(const QJsonObject *answer)> done);
    void write(const QJsonDocument &document);
    void end();

    QLocalSocket *m_socket;
    Handler m_handler;
    QByteArray m_buffer;
    int m_pending = 0;
    bool m_ended = false;
};

} // namespace bulkhead
