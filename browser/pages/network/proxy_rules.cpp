// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/proxy_rules.h"

#include "browser/pages/fetch/address_space.h"
#include "browser/pages/network/pinned_url.h"

#include <QUrl>

namespace bulkhead {

bool ProxyRules::needsProxy(const QUrl &url)
{
    if (address_space::ofName(url.host()) == AddressSpace::Loopback)
        return false;
    const QList<QNetworkProxy> proxies = systemProxyForQuery(QNetworkProxyQuery(url));
    return !proxies.isEmpty() && proxies.first().type() != QNetworkProxy::NoProxy;
}

QList<QNetworkProxy> ProxyRules::queryProxy(const QNetworkProxyQuery &query)
{
    if (pinned_url::isPinned(query.url()))
        return {QNetworkProxy(QNetworkProxy::NoProxy)};
    QList<QNetworkProxy> proxies = systemProxyForQuery(query);
    proxies.removeIf([](const QNetworkProxy &proxy) { return proxy.type() == QNetworkProxy::NoProxy; });
    if (proxies.isEmpty()) // it was there a moment ago
        proxies << QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("proxy.invalid"), 1);
    return proxies;
}

} // namespace bulkhead
