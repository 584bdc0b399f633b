// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/cache_store.h"

#include <QDateTime>

namespace bulkhead {

CacheStore::CacheStore(const QString &folder, qint64 limit, QObject *parent) : QNetworkDiskCache(parent)
{
    setCacheDirectory(folder);
    setMaximumCacheSize(limit);
}

void CacheStore::expire(const QUrl &url)
{
    QNetworkCacheMetaData known = metaData(url);
    if (!known.isValid())
        return;
    known.setExpirationDate(QDateTime::fromSecsSinceEpoch(0, Qt::UTC));
    updateMetaData(known);
}

QIODevice *CacheStore::prepare(const QNetworkCacheMetaData &metaData)
{
    const QNetworkCacheMetaData::RawHeaderList headers = metaData.rawHeaders();
    for (const auto &[name, value] : headers) {
        if (name.toLower() == "content-length" && value.toLongLong() > entryLimit())
            return nullptr;
    }
    return QNetworkDiskCache::prepare(metaData);
}

} // namespace bulkhead
