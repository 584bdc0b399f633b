// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/network_partitions.h"

#include "browser/pages/network/pinned_url.h"
#include "browser/pages/network/proxy_rules.h"

#include <algorithm>

namespace bulkhead {

NetworkPartition::NetworkPartition(const PartitionKey &key, const QUrl &url, CacheStore *store)
    : m_key(key), m_host(pinned_url::hostHeader(url))
{
    if (store) {
        m_cache = new PartitionCache(*store, key, url.host());
        m_manager.setCache(m_cache); // takes ownership
    }
    m_manager.setProxyFactory(new ProxyRules); // takes ownership
    m_manager.setAutoDeleteReplies(false);
    // StrictTransport does that, by name; Qt would see addresses.
    m_manager.setStrictTransportSecurityEnabled(false);
}

std::shared_ptr<NetworkPartition> NetworkPartitions::partitionFor(const PartitionKey &key, const QUrl &url)
{
    const QByteArray host = pinned_url::hostHeader(url);
    const auto known = std::find_if(m_kept.begin(), m_kept.end(), [&](const auto &partition) {
        return partition->m_key == key && partition->m_host == host;
    });
    if (known != m_kept.end()) {
        m_kept.splice(m_kept.begin(), m_kept, known);
        return m_kept.front();
    }
    m_kept.push_front(std::make_shared<NetworkPartition>(key, url, m_store));
    if (m_kept.size() > MaxKept)
        m_kept.pop_back();
    return m_kept.front();
}

} // namespace bulkhead
