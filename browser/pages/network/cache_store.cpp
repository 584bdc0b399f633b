// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/cache_store.h"

#include <QDateTime>
#include <QFile>
#include <QIODevice>

#include <filesystem>
#include <system_error>
#include <vector>

namespace bulkhead {

namespace {

/// Qt counts in whole seconds and takes what expires this second (max-age=0) for fresh.
QNetworkCacheMetaData withHonestExpiry(QNetworkCacheMetaData metaData)
{
    const QDateTime expiry = metaData.expirationDate();
    if (expiry.isValid() && expiry <= QDateTime::currentDateTimeUtc())
        metaData.setExpirationDate(QDateTime::fromSecsSinceEpoch(0).toUTC());
    return metaData;
}

/// Qt opens what lies under the names of its cache, whatever it is. It makes files and folders only.
void removeWhatIsNoFile(const QString &folder)
{
    namespace fs = std::filesystem;
    std::error_code error;
    std::vector<fs::path> strange;
    for (fs::recursive_directory_iterator it(QFile::encodeName(folder).toStdString(), error), end; !error && it != end;
         it.increment(error)) {
        const fs::file_type type = it->symlink_status(error).type();
        if (!error && type != fs::file_type::regular && type != fs::file_type::directory)
            strange.push_back(it->path());
    }
    for (const fs::path &path : strange)
        fs::remove(path, error);
}

} // namespace

CacheStore::CacheStore(const QString &folder, qint64 limit, QObject *parent) : QNetworkDiskCache(parent)
{
    removeWhatIsNoFile(folder);
    setCacheDirectory(folder);
    setMaximumCacheSize(limit);
}

void CacheStore::expire(const QUrl &url)
{
    QNetworkCacheMetaData known = metaData(url);
    if (!known.isValid())
        return;
    known.setExpirationDate(QDateTime::fromSecsSinceEpoch(0).toUTC());
    updateMetaData(known);
}

void CacheStore::refuse(const QUrl &url)
{
    // Qt's reply loses its device, asks prepare() for another, is refused and stores nothing any more.
    m_refused.insert(url);
    while (remove(url))
        continue;
    m_pending.remove(url);
}

void CacheStore::settle(const QUrl &url, CacheOutcome outcome)
{
    m_pending.removeIf([](const auto &entry) { return entry.value().isNull(); });
    const QList<QPointer<QIODevice>> pending = m_pending.values(url);
    if (pending.isEmpty())
        return;
    if (outcome == CacheOutcome::Complete && pending.size() == 1)
        return insert(pending.first());
    // Two at a time cannot be told apart, and half an answer is none.
    while (remove(url))
        continue;
    m_pending.remove(url);
}

void CacheStore::insert(QIODevice *device)
{
    m_pending.removeIf([device](const auto &entry) { return entry.value() == device; });
    QNetworkDiskCache::insert(device);
}

void CacheStore::updateMetaData(const QNetworkCacheMetaData &metaData)
{
    QNetworkDiskCache::updateMetaData(withHonestExpiry(metaData));
}

QIODevice *CacheStore::prepare(const QNetworkCacheMetaData &metaData)
{
    if (m_refused.contains(metaData.url()))
        return nullptr;
    const QNetworkCacheMetaData::RawHeaderList headers = metaData.rawHeaders();
    for (const auto &[name, value] : headers) {
        if (name.toLower() == "content-length" && value.toLongLong() > entryLimit())
            return nullptr;
    }
    QIODevice *device = QNetworkDiskCache::prepare(withHonestExpiry(metaData));
    if (device)
        m_pending.insert(metaData.url(), device);
    return device;
}

} // namespace bulkhead
