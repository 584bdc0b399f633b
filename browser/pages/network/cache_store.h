// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QMultiHash>
#include <QNetworkDiskCache>
#include <QPointer>
#include <QSet>
#include <QUrl>

namespace bulkhead {

enum class CacheOutcome { Complete, Broken };

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

    /// While refused, nothing of @p url is stored; what is being stored is dropped.
    void refuse(const QUrl &url);
    void endRefusal(const QUrl &url) { m_refused.remove(url); }

    /// To be called when an answer has ended. Qt 6.4 forgets to store, and to free, answers that came packed.
    void settle(const QUrl &url, CacheOutcome outcome);

    QIODevice *prepare(const QNetworkCacheMetaData &metaData) override;
    void updateMetaData(const QNetworkCacheMetaData &metaData) override;
    void insert(QIODevice *device) override;

private:
    /// Prepared and not yet inserted; null when Qt has removed it.
    QMultiHash<QUrl, QPointer<QIODevice>> m_pending;
    QSet<QUrl> m_refused;
};

} // namespace bulkhead
