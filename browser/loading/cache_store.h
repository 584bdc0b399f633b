// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QNetworkDiskCache>

namespace bulkhead {

/// The disk cache, bounded in all and per entry. Lives on the network thread.
class CacheStore : public QNetworkDiskCache
{
    Q_OBJECT
public:
    CacheStore(const QString &folder, qint64 limit, QObject *parent = nullptr);

    /// What one answer may take of the whole.
    qint64 entryLimit() const { return maximumCacheSize() / 8; }
    /// Makes what is kept of @p url stale, so that the server is asked whether it still holds.
    void expire(const QUrl &url);

    QIODevice *prepare(const QNetworkCacheMetaData &metaData) override;
};

} // namespace bulkhead
