// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/referrer.h"

namespace bulkhead {
namespace {

constexpr qsizetype MaxLength = 4096; // of the specification: the origin only beyond

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
}

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

} // namespace

QByteArray referrerFor(const QUrl &page, const QUrl &target)
{
    const bool isEncrypted = page.scheme() == QLatin1String("https");
    if ((!isEncrypted && page.scheme() != QLatin1String("http")) || page.host().isEmpty())
        return {};
    if (isEncrypted && target.scheme() != QLatin1String("https"))
        return {};
    const QByteArray whole = page.toEncoded(QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    if (sameOrigin(page, target) && whole.size() <= MaxLength)
        return whole;
    QUrl origin = page.adjusted(QUrl::RemoveFragment | QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    origin.setPath(QStringLiteral("/"));
    return origin.toEncoded();
}

} // namespace bulkhead
