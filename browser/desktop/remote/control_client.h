// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <chrono>
#include <optional>

namespace bulkhead {

/// What the app answered instead of a result.
struct RemoteError
{
    int code = 0; ///< JSON-RPC's, or rpc::ErrorCode
    QString message;
    QJsonValue data;
};

/// The caller's end of remote control: connects to a running app and asks one thing after the other, waiting for each
/// answer. Needs no event loop and no application object. One thread.
class ControlClient
{
public:
    /// An error when nobody listens at @p socketPath.
    static Result<ControlClient> connect(const QString &socketPath);

    /// Sends a request and waits for its answer; notifications that come meanwhile are kept for nextNotification().
    /// The outer error: the connection broke, or no answer came in @p timeout (0: waits as long as it takes).
    Result<tl::expected<QJsonValue, RemoteError>> call(const QString &method, const QJsonObject &params = {},
                                                       std::chrono::milliseconds timeout = {});
    /// The next notification {"method", "params"}, for what was followed. An error at the connection's end.
    Result<QJsonObject> nextNotification();

private:
    explicit ControlClient(UniqueFd socket) : m_socket(std::move(socket)) {}
    Result<void> write(const QByteArray &bytes);
    Result<QByteArray> readLine(std::optional<std::chrono::steady_clock::time_point> until);

    UniqueFd m_socket;
    QByteArray m_buffer;
    QList<QJsonObject> m_notifications;
    int m_lastId = 0;
};

} // namespace bulkhead
