// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/partition_cache.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QNetworkRequest>

namespace bulkhead {
namespace {

constexpr auto PeerAttribute = QNetworkRequest::Attribute(QNetworkRequest::User + 1);

} // namespace

PartitionCache::PartitionCache(CacheStore &store, const PartitionKey &key, const QString &host, QObject *parent)
    : QAbstractNetworkCache(parent), m_store(store), m_partition(key.topSite.toUtf8() + '\n' + key.site.toUtf8() +
                                                                 '\n' + QByteArray::number(int(key.standing)) + '\n'),
      m_host(host)
{
}

QUrl PartitionCache::keyed(const QUrl &url) const
{
    QUrl key = url.adjusted(QUrl::RemoveFragment);
    key.setHost(m_host);
    const QByteArray owner =
        QCryptographicHash::hash(m_partition + url.userName().toUtf8(), QCryptographicHash::Sha256);
    // The user's part of an address counts in the store's own key.
    key.setUserInfo(QString::fromLatin1(owner.toHex()));
    return key;
}

QNetworkCacheMetaData PartitionCache::keyed(const QNetworkCacheMetaData &metaData) const
{
    QNetworkCacheMetaData result = metaData;
    QNetworkCacheMetaData::AttributesMap attributes = metaData.attributes();
    attributes.insert(PeerAttribute, QHostAddress(metaData.url().host()).toString());
    result.setAttributes(attributes);
    result.setUrl(keyed(metaData.url()));
    return result;
}

QNetworkCacheMetaData PartitionCache::metaData(const QUrl &url)
{
    QNetworkCacheMetaData result = m_store.metaData(keyed(url));
    if (result.isValid())
        result.setUrl(url);
    return result;
}

QHostAddress PartitionCache::peerOf(const QUrl &url)
{
    return QHostAddress(metaData(url).attributes().value(PeerAttribute).toString());
}

bool PartitionCache::isFresh(const QUrl &url)
{
    const QNetworkCacheMetaData known = metaData(url);
    return known.isValid() && known.expirationDate().isValid() &&
           known.expirationDate() > QDateTime::currentDateTimeUtc().addSecs(1);
}

} // namespace bulkhead
