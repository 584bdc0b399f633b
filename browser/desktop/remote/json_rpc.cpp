// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/remote/json_rpc.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace bulkhead::rpc {

namespace {

constexpr qsizetype MaxBatch = 64;

QString tr(const char *source)
{
    return QCoreApplication::translate("JsonRpc", source);
}

Request broken(ErrorCode code, const QString &why)
{
    Request request;
    request.id = QJsonValue(QJsonValue::Null);
    request.error = Error{code, why};
    return request;
}

Request requestFrom(const QJsonValue &value)
{
    if (!value.isObject())
        return broken(InvalidRequest, tr("A request is an object."));
    const QJsonObject object = value.toObject();
    const QJsonValue id = object[QStringLiteral("id")];
    const QJsonValue params = object[QStringLiteral("params")];
    if (object[QStringLiteral("jsonrpc")].toString() != u"2.0")
        return broken(InvalidRequest, tr("\"jsonrpc\" must be \"2.0\"."));
    if (!object[QStringLiteral("method")].isString())
        return broken(InvalidRequest, tr("\"method\" must be a string."));
    if (!id.isUndefined() && !id.isString() && !id.isDouble() && !id.isNull())
        return broken(InvalidRequest, tr("\"id\" must be a string or a number."));
    Request request{object[QStringLiteral("method")].toString(), params.toObject(), id, {}};
    if (!params.isUndefined() && !params.isObject())
        request.error = Error{InvalidParams, tr("Parameters are given by name, in an object.")};
    return request;
}

} // namespace

Incoming parse(const QByteArray &line)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(line, &problem);
    Incoming incoming;
    if (problem.error != QJsonParseError::NoError) {
        incoming.requests << broken(ParseError, tr("This is not JSON: %1.").arg(problem.errorString()));
    } else if (document.isArray()) {
        const QJsonArray batch = document.array();
        if (batch.isEmpty() || batch.size() > MaxBatch) {
            incoming.requests << broken(InvalidRequest, tr("A batch holds 1 to %1 requests.").arg(MaxBatch));
            return incoming;
        }
        incoming.isBatch = true;
        for (const QJsonValue &value : batch)
            incoming.requests << requestFrom(value);
    } else {
        incoming.requests << requestFrom(document.object());
    }
    return incoming;
}

QJsonObject answerObject(const QJsonValue &id, const Answer &answer)
{
    QJsonObject object{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")}, {QStringLiteral("id"), id}};
    if (answer)
        object.insert(QStringLiteral("result"), answer->isUndefined() ? QJsonValue(QJsonValue::Null) : *answer);
    else
        object.insert(QStringLiteral("error"), QJsonObject{{QStringLiteral("code"), answer.error().code},
                                                           {QStringLiteral("message"), answer.error().message}});
    return object;
}

QJsonObject notification(const QString &method, const QJsonObject &params)
{
    return {{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
            {QStringLiteral("method"), method},
            {QStringLiteral("params"), params}};
}

} // namespace bulkhead::rpc
