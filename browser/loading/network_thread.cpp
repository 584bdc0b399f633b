// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/network_thread.h"

#include "browser/loading/cache_store.h"
#include "browser/loading/cookie_jar.h"
#include "browser/loading/network_job.h"
#include "browser/loading/receive_guard.h"
#include "browser/loading/stream_fetch.h"

#include <QHostAddress>
#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>

namespace bulkhead {
namespace {

/// The system's proxies for other machines; this one is reached directly.
class ProxyRules : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        const QString host = query.peerHostName();
        if (host == QLatin1String("localhost") || QHostAddress(host).isLoopback())
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        return systemProxyForQuery(query);
    }
};

} // namespace

NetworkService::NetworkService(const NetworkSettings &settings)
    : m_settings(settings), m_manager(new QNetworkAccessManager(this)), m_guard(new ReceiveGuard(this))
{
    const QString &data = settings.dataFolder;
    m_cookies = new CookieJar(data.isEmpty() ? QString() : data + QStringLiteral("/cookies"));
    m_manager->setCookieJar(m_cookies); // takes ownership
    if (!settings.cacheFolder.isEmpty()) {
        m_cache = new CacheStore(settings.cacheFolder, settings.cacheLimit);
        m_manager->setCache(m_cache); // takes ownership
    }
    m_manager->setProxyFactory(new ProxyRules); // takes ownership
    m_manager->setStrictTransportSecurityEnabled(true);
    if (!data.isEmpty())
        m_manager->enableStrictTransportSecurityStore(true, data);
    m_manager->setAutoDeleteReplies(false);
}

NetworkService::~NetworkService()
{
    // Jobs are children, and their replies must end before the manager does.
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

std::unique_ptr<Fetch> NetworkThread::start(const FetchRequest &request, const AccessQuestion &question)
{
    auto fetch = std::make_unique<StreamFetch>();
    // Made over there: what is asked for in the last moment of the thread is dropped with the service.
    QMetaObject::invokeMethod(
        m_service,
        [service = m_service, request, question, channel = fetch->channel()] {
            auto *job = new NetworkJob(request, question, channel, *service);
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
