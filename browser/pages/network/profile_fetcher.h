// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetcher.h"
#include "browser/pages/fetch/folder_grants.h"
#include "browser/pages/fetch/internal_pages.h"
#include "browser/pages/fetch/private_network.h"
#include "browser/pages/network/host_lookup.h"

#include <chrono>

namespace bulkhead {

class DiskQueue;
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
    HostLookup lookup;
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
    const FolderGrants &folderGrants() const { return m_grants; }
    void revokeFolder(const QString &documents, const QString &folder) { m_grants.revoke(documents, folder); }
    void allowPrivateNetwork(const PrivateNetworkQuestion &question) override;

    /// Keys of the sites that the person lets reach the local network or this computer.
    QStringList privateNetworkSites() const { return m_nearGrants.sites(); }
    void revokePrivateNetwork(const QString &siteKey) { m_nearGrants.revoke(siteKey); }

    /// Sentences for the person: what was kept and cannot be used.
    QStringList notices() const;

    const InternalPages &pages() const { return m_pages; }
    void clearCache();
    void clearCookies();

private:
    InternalPages m_pages;
    FolderGrants m_grants;
    PrivateNetworkGrants m_nearGrants;
    std::unique_ptr<NetworkThread> m_network;
    std::shared_ptr<DiskQueue> m_disk;
};

} // namespace bulkhead
