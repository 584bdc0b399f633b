// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/pinned_url.h"

namespace bulkhead::pinned_url {

QUrl pin(const QUrl &url, const QHostAddress &address)
{
    QUrl pinned = url;
    pinned.setFragment(url.host(QUrl::FullyEncoded));
    pinned.setHost(address.toString());
    return pinned;
}

bool isPinned(const QUrl &url)
{
    return url.hasFragment();
}

QByteArray hostHeader(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    const int standardPort = url.scheme() == QLatin1String("https") ? 443 : 80;
    const int port = url.port(standardPort);
    return port == standardPort ? host : host + ':' + QByteArray::number(port);
}

} // namespace bulkhead::pinned_url
