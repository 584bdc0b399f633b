// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/internal_acts.h"

#include <QRandomGenerator>
#include <QUrlQuery>

#include <array>

namespace bulkhead {

QString InternalActs::issue(const QString &page)
{
    std::array<quint32, 4> random;
    QRandomGenerator::system()->generate(random.begin(), random.end());
    const QString token =
        QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(random.data()), sizeof random).toHex());
    QStringList &tokens = m_tokens[page];
    tokens.append(token);
    while (tokens.size() > KeptTokens)
        tokens.removeFirst();
    return token;
}

QString InternalActs::query(const QString &act, const QString &token)
{
    return QStringLiteral("act=%1&token=%2").arg(QString::fromLatin1(QUrl::toPercentEncoding(act)), token);
}

InternalRequest InternalActs::settle(const FetchRequest &request)
{
    QUrlQuery query(request.url);
    const QString act = query.queryItemValue(QStringLiteral("act"), QUrl::FullyDecoded);
    const QString token = query.queryItemValue(QStringLiteral("token"));
    query.removeAllQueryItems(QStringLiteral("act"));
    query.removeAllQueryItems(QStringLiteral("token"));
    InternalRequest settled{request.url, {}};
    // An empty query is not the same as none: the address must be the one that the page has otherwise.
    settled.url.setQuery(query.isEmpty() ? QString() : query.query(QUrl::FullyEncoded));
    if (!act.isEmpty() && mayAct(request, request.url.path().section(u'/', 0, 0), token))
        settled.act = act;
    return settled;
}

bool InternalActs::mayAct(const FetchRequest &request, const QString &page, const QString &token)
{
    const bool isItself = request.initiator.isPageOf(QStringLiteral("about")) &&
                          request.initiator.site() == Site::forUrl(QUrl(QStringLiteral("about:") + page));
    return isItself && request.destination == Destination::Navigation && request.activation == UserActivation::Recent &&
           m_tokens[page].removeOne(token);
}

} // namespace bulkhead
