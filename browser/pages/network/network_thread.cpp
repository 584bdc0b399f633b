// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/network_thread.h"

#include "browser/pages/fetch/stream_fetch.h"
#include "browser/pages/network/cache_store.h"
#include "browser/pages/network/cookie_jar.h"
#include "browser/pages/network/network_job.h"
#include "browser/pages/network/network_partitions.h"
#include "browser/pages/network/receive_guard.h"
#include "browser/pages/network/strict_transport.h"

namespace bulkhead {
NetworkService::NetworkService(const NetworkSettings &settings) : m_settings(settings), m_guard(new ReceiveGuard(this))
{
    const auto fileName = [&settings](const char *name) {
        return settings.dataFolder.isEmpty() ? QString() : settings.dataFolder + u'/' + QLatin1String(name);
    };
    m_cookies = std::make_unique<CookieJar>(fileName("cookies"));
    m_strictTransport = std::make_unique<StrictTransport>(fileName("strict-transport"));
    if (!settings.cacheFolder.isEmpty())
        m_cache = std::make_unique<CacheStore>(settings.cacheFolder, settings.cacheLimit);
    m_partitions = std::make_unique<NetworkPartitions>(m_cache.get());
}

NetworkService::~NetworkService()
{
    // Jobs are children, and their replies must end before the partitions do.
    const QList<NetworkJob *> jobs = findChildren<NetworkJob *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(jobs);
}

NetworkThread::NetworkThread(const NetworkSettings &settings)
{
    m_thread.setObjectName(QStringLiteral("network"));
    m_thread.start();
    // Built over there, too: reading cookies is disk work.
    auto *starter = new QObject;
    starter->moveToThread(&m_thread);
    QMetaObject::invokeMethod(
        starter, [this, &settings] { m_service = new NetworkService(settings); }, Qt::BlockingQueuedConnection);
    starter->deleteLater();
}

NetworkThread::~NetworkThread()
{
    m_service->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

std::unique_ptr<Fetch> NetworkThread::start(const FetchRequest &request, const AccessQuestion &question,
                                            const NearSpaces &granted)
{
    auto fetch = std::make_unique<StreamFetch>();
    // Made over there: what is asked for in the last moment of the thread is dropped with the service.
    QMetaObject::invokeMethod(
        m_service,
        [service = m_service, request, question, granted, channel = fetch->channel()] {
            auto *job = new NetworkJob(request, question, granted, channel, *service);
            job->start();
        },
        Qt::QueuedConnection);
    return fetch;
}

void NetworkThread::clearCache()
{
    QMetaObject::invokeMethod(m_service, [service = m_service] {
        if (service->cache())
            service->cache()->clear();
    });
}

void NetworkThread::clearCookies()
{
    QMetaObject::invokeMethod(m_service, [service = m_service] { service->cookies().clear(); });
}

} // namespace bulkhead
