// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/access_policy.h"
#include "browser/pages/fetch/private_network.h"
#include "browser/pages/network/host_lookup.h"

#include <QObject>
#include <QThread>

#include <chrono>
#include <memory>

namespace bulkhead {

class CacheStore;
class CookieJar;
class NetworkPartitions;
class ReceiveGuard;
class StrictTransport;

/// What the network side is set up with.
struct NetworkSettings
{
    QString cacheFolder; ///< empty: no disk cache
    QString dataFolder;  ///< cookies and strict-transport hosts; empty: forgotten with the app
    QByteArray userAgent;
    bool offline = false; ///< only what the cache has
    qint64 cacheLimit = 200 * 1024 * 1024;
    /// Only for finding and reaching the server. A connected server may take as long as the person has patience.
    std::chrono::milliseconds connectTimeout = std::chrono::seconds(30);
    /// PEM certificates trusted beside the system's, for networks (and tests) with an authority of their own.
    QByteArray extraCertificates;
    HostLookup lookup;
};

/// What lives on the network thread: Qt's access managers, cookies and cache, all of it in partitions.
class NetworkService : public QObject
{
    Q_OBJECT
public:
    explicit NetworkService(const NetworkSettings &settings);
    ~NetworkService() override;

    const NetworkSettings &settings() const { return m_settings; }
    NetworkPartitions &partitions() { return *m_partitions; }
    CookieJar &cookies() { return *m_cookies; }
    StrictTransport &strictTransport() { return *m_strictTransport; }
    ReceiveGuard &guard() { return *m_guard; }
    CacheStore *cache() { return m_cache.get(); } ///< null when there is none

private:
    NetworkSettings m_settings;
    std::unique_ptr<CookieJar> m_cookies;
    std::unique_ptr<StrictTransport> m_strictTransport;
    ReceiveGuard *m_guard;
    std::unique_ptr<CacheStore> m_cache;
    std::unique_ptr<NetworkPartitions> m_partitions;
};

/// The thread on which all of http(s) happens, so that neither the cache's files nor unpacking nor looking up a proxy
/// hold up the main thread. Functions are for the main thread.
class NetworkThread
{
public:
    explicit NetworkThread(const NetworkSettings &settings);
    /// Ends everything in flight without a word to their fetches.
    ~NetworkThread();

    /// @p question has been allowed for request.url; it is asked again for every redirect. @p granted is what sites may
    /// reach near.
    std::unique_ptr<Fetch> start(const FetchRequest &request, const AccessQuestion &question,
                                 const NearSpaces &granted);
    void clearCache();
    void clearCookies();

private:
    QThread m_thread;
    NetworkService *m_service;
};

} // namespace bulkhead
