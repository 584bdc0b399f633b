// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/standing.h"
#include "browser/pages/network/cache_store.h"

#include <QAbstractNetworkCache>
#include <QHostAddress>

namespace bulkhead {

/// One partition's view of the profile's disk cache, for one host: nothing that another partition stored is found here.
/// Takes the pinned URLs of requests and keeps the name instead, so that a server may move; and with each answer the
/// address that it came from. Network thread.
class PartitionCache : public QAbstractNetworkCache
{
    Q_OBJECT
public:
    PartitionCache(CacheStore &store, const PartitionKey &key, const QString &host, QObject *parent = nullptr);

    /// Where what is kept of @p url came from; null when nothing is or a proxy fetched it.
    QHostAddress peerOf(const QUrl &url);
    bool has(const QUrl &url) { return metaData(url).isValid(); }
    bool isFresh(const QUrl &url);

    // As in CacheStore.
    qint64 entryLimit() const { return m_store.entryLimit(); }
    void expire(const QUrl &url) { m_store.expire(keyed(url)); }
    void refuse(const QUrl &url) { m_store.refuse(keyed(url)); }
    void endRefusal(const QUrl &url) { m_store.endRefusal(keyed(url)); }
    void settle(const QUrl &url, CacheOutcome outcome) { m_store.settle(keyed(url), outcome); }

    QNetworkCacheMetaData metaData(const QUrl &url) override;
    void updateMetaData(const QNetworkCacheMetaData &metaData) override { m_store.updateMetaData(keyed(metaData)); }
    QIODevice *data(const QUrl &url) override { return m_store.data(keyed(url)); }
    bool remove(const QUrl &url) override { return m_store.remove(keyed(url)); }
    qint64 cacheSize() const override { return m_store.cacheSize(); }
    QIODevice *prepare(const QNetworkCacheMetaData &metaData) override { return m_store.prepare(keyed(metaData)); }
    void insert(QIODevice *device) override { m_store.insert(device); }
    void clear() override { m_store.clear(); }

private:
    QUrl keyed(const QUrl &url) const;
    QNetworkCacheMetaData keyed(const QNetworkCacheMetaData &metaData) const;

    CacheStore &m_store;
    const QByteArray m_partition;
    const QString m_host;
};

} // namespace bulkhead
