// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/standing.h"
#include "browser/pages/network/partition_cache.h"

#include <QNetworkAccessManager>

#include <list>
#include <memory>

namespace bulkhead {

/// Qt's network code for one partition and host: its connections with what was proven on them, TLS sessions, names and
/// passwords. Jobs keep it while they run.
class NetworkPartition
{
public:
    NetworkPartition(const PartitionKey &key, const QUrl &url, CacheStore *store);

    QNetworkAccessManager &manager() { return m_manager; }
    PartitionCache *cache() { return m_cache; } ///< null when there is none

private:
    friend class NetworkPartitions;
    const PartitionKey m_key;
    const QByteArray m_host; ///< and port: passwords belong to an origin, not to a site
    QNetworkAccessManager m_manager;
    PartitionCache *m_cache = nullptr; ///< the manager's
};

/// The partitions in use, and some that were lately: each is a thread of Qt's. Network thread.
class NetworkPartitions
{
public:
    static constexpr std::size_t MaxKept = 32;

    /// @p store may be null.
    explicit NetworkPartitions(CacheStore *store) : m_store(store) {}

    std::shared_ptr<NetworkPartition> partitionFor(const PartitionKey &key, const QUrl &url);

private:
    CacheStore *m_store;
    std::list<std::shared_ptr<NetworkPartition>> m_kept; ///< lately used first
};

} // namespace bulkhead
