// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <tl/expected.hpp>

#include <optional>

/// JSON-RPC 2.0 (https://www.jsonrpc.org/specification) between text and values; knows no socket and no method.
namespace bulkhead::rpc {

enum ErrorCode {
    ParseError = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
    InternalError = -32603,
    // Ours, from -32000 down; stable, append only.
    NoSuchTab = -32000,
    NoSuchProcess = -32001,
    TimedOut = -32002,
    Crashed = -32003,    ///< the page's process is gone
    Unavailable = -32004 ///< cannot be done now, or not in this mode; the message says why
};

struct Error
{
    int code = InternalError;
    QString message;
};
using Answer = tl::expected<QJsonValue, Error>;

struct Request
{
    QString method;
    QJsonObject params;
    QJsonValue id; ///< undefined for a notification, which gets no answer
    /// Set when this is no valid request: what to answer.
    std::optional<Error> error;

    bool wantsAnswer() const { return !id.isUndefined(); }
};

/// One line of a client: a request or a batch of them.
struct Incoming
{
    QList<Request> requests;
    bool isBatch = false;
};

/// Never fails: what is wrong becomes a Request with an error, to be answered under a null id.
Incoming parse(const QByteArray &line);

QJsonObject answerObject(const QJsonValue &id, const Answer &answer);
/// A notification to the client.
QJsonObject notification(const QString &method, const QJsonObject &params);

} // namespace bulkhead::rpc
