// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QNetworkProxyFactory>

namespace bulkhead {

/// The system's proxies for other machines; this one is reached directly. What was pinned to an address goes there and
/// nowhere else; what was not never goes anywhere but to a proxy, which looks the name up itself.
class ProxyRules : public QNetworkProxyFactory
{
public:
    /// Whether @p url, not pinned, goes through a proxy. May take a while.
    static bool needsProxy(const QUrl &url);

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;
};

} // namespace bulkhead
