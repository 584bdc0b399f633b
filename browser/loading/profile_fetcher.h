// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/loading/fetcher.h"
#include "browser/loading/internal_pages.h"

#include <QHash>
#include <QStringList>

#include <chrono>

class QThreadPool;

namespace bulkhead {

class NetworkThread;

/// Where a profile keeps things and how it goes to the network.
struct ProfileSettings
{
    QString cacheFolder;  ///< empty: nothing is cached on disk
    QString dataFolder;   ///< cookies and the like; empty: they end with the app
    bool offline = false; ///< only what the cache has
    QByteArray userAgent = "Bulkhead/" BULKHEAD_VERSION;
    qint64 cacheLimit = 200 * 1024 * 1024;
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(30);
    QByteArray extraCertificates; ///< PEM, trusted beside the system's
};

/// The Fetcher of a profile. Asks the AccessPolicy, then sends a request to the network thread, to the disk's threads
/// or to the internal pages. Main thread.
class ProfileFetcher : public Fetcher
{
public:
    explicit ProfileFetcher(const ProfileSettings &settings, InternalPages pages = InternalPages());
    /// Fetches that still run go silent.
    ~ProfileFetcher() override;

    std::unique_ptr<Fetch> start(const FetchRequest &request) override;
    std::unique_ptr<Fetch> startErrorPage(const FetchError &error, const QUrl &url) override;
    void grantFolder(const Site &site, const QString &folder) override;
    /// With symbolic links resolved.
    QStringList grantedFolders(const Site &site) const { return m_granted.value(site.key()); }

    const InternalPages &pages() const { return m_pages; }
    void clearCache();
    void clearCookies();

private:
    InternalPages m_pages;
    QHash<QString, QStringList> m_granted; ///< by site key
    std::unique_ptr<NetworkThread> m_network;
    std::shared_ptr<QThreadPool> m_disk;
};

} // namespace bulkhead
