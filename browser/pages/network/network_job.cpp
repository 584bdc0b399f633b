// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/network_job.h"

#include "browser/pages/fetch/body_channel.h"
#include "browser/pages/fetch/content_type.h"
#include "browser/pages/fetch/file_names.h"
#include "browser/pages/fetch/referrer.h"
#include "browser/pages/network/cookie_jar.h"
#include "browser/pages/network/network_error.h"
#include "browser/pages/network/network_partitions.h"
#include "browser/pages/network/network_thread.h"
#include "browser/pages/network/opaque_blocking.h"
#include "browser/pages/network/pinned_url.h"
#include "browser/pages/network/proxy_rules.h"
#include "browser/pages/network/receive_guard.h"
#include "browser/pages/network/strict_transport.h"

#include <QNetworkAccessManager>
#include <QNetworkCookie>
#include <QSslConfiguration>

#include <algorithm>

namespace bulkhead {
namespace {

/// Qt's share of the buffering; the channel's comes on top.
constexpr qint64 ReadBufferSize = 256 * 1024;
constexpr qint64 ChunkSize = 128 * 1024;
constexpr std::chrono::milliseconds FirstTry = std::chrono::seconds(4);

QByteArray accepted(Destination destination)
{
    switch (destination) {
    case Destination::Navigation:
    case Destination::Embed:
        return "text/html,application/xhtml+xml,text/markdown;q=0.9,image/*;q=0.9,*/*;q=0.8";
    case Destination::Style:
        return "text/css,*/*;q=0.1";
    case Destination::Image:
    case Destination::Icon:
        return "image/webp,image/svg+xml,image/*,*/*;q=0.5";
    case Destination::Font:
    case Destination::Download:
    case Destination::PluginFetch:
        break;
    }
    return "*/*";
}

} // namespace

NetworkJob::NetworkJob(const FetchRequest &request, const AccessQuestion &question, const NearSpaces &granted,
                       std::shared_ptr<BodyChannel> channel, NetworkService &service)
    : QObject(&service), m_request(request), m_question(question), m_channel(std::move(channel)), m_service(service),
      m_reach(question.initiator, question.url, granted), m_key(m_chain.partitionFor(question))
{
    m_service.guard().fetchStarted();
    m_connectTimer.setSingleShot(true);
    m_connectTimer.setInterval(service.settings().connectTimeout);
    connect(&m_connectTimer, &QTimer::timeout, this, [this] {
        if (!tryNextAddress())
            fail(networkError(QNetworkReply::TimeoutError, m_question.url, QStringLiteral("connect")));
    });
    // The channel's lock keeps this object alive during the call: the destructor takes the function back.
    m_channel->setProducer([this] { QMetaObject::invokeMethod(this, &NetworkJob::pump, Qt::QueuedConnection); });
}

NetworkJob::~NetworkJob()
{
    m_channel->setProducer(nullptr);
    dropReply();
    m_service.guard().fetchEnded();
    if (cache())
        cache()->endRefusal(m_refusedUrl);
}

void NetworkJob::start()
{
    if (m_channel->isAbandoned())
        deleteLater();
    else
        hop(m_request.url);
}

PartitionCache *NetworkJob::cache() const
{
    return m_partition ? m_partition->cache() : nullptr;
}

void NetworkJob::hop(const QUrl &url)
{
    m_question.url = url;
    m_key = m_chain.partitionFor(m_question);
    m_question.url = m_service.strictTransport().upgraded(m_key.topSite, url);
    m_key = m_chain.partitionFor(m_question);
    if (m_partition)
        m_before.push_back(m_partition);
    m_partition = m_service.partitions().partitionFor(m_key, m_question.url);
    m_addresses.clear();
    locate();
}

/// Finds out where the request goes, before it goes anywhere.
void NetworkJob::locate()
{
    const QUrl &url = m_question.url;
    const bool isEnough = m_service.settings().offline || m_request.cache == CacheUse::PreferCache;
    const bool isCached =
        cache() && (isEnough ? cache()->has(url) : m_request.cache == CacheUse::Normal && cache()->isFresh(url));
    if (isCached || m_service.settings().offline) {
        const QHostAddress peer = isCached ? cache()->peerOf(url) : QHostAddress();
        return judge(peer.isNull() ? QList<QHostAddress>() : QList<QHostAddress>{peer});
    }
    if (ProxyRules::needsProxy(url))
        return judge({});
    const QHostAddress literal(url.host());
    if (!literal.isNull())
        return judge({literal});
    const auto found = [this, url](const QList<QHostAddress> &addresses, const QString &error) {
        if (m_ended)
            return;
        if (addresses.isEmpty())
            return fail(networkError(QNetworkReply::HostNotFoundError, url, error));
        judge(addresses);
    };
    m_service.settings().lookup.resolve(url.host(QUrl::FullyEncoded), this, found);
}

/// @p addresses are the server's; none: a proxy knows them, or the cache answers alone.
void NetworkJob::judge(const QList<QHostAddress> &addresses)
{
    const QUrl &url = m_question.url;
    const AddressSpace byName = address_space::ofName(url.host());
    if (addresses.isEmpty()) {
        m_space = byName;
        return m_reach.mayReach(url, byName) ? send(url.adjusted(QUrl::RemoveFragment))
                                             : fail(m_reach.refusal(url, byName, {}));
    }
    for (const QHostAddress &address : addresses) {
        if (m_reach.mayReach(url, spaceOf(address)))
            m_addresses << address;
    }
    if (!tryNextAddress())
        fail(m_reach.refusal(url, spaceOf(addresses.first()), addresses.first().toString()));
}

/// By address and by name: whichever is nearer.
AddressSpace NetworkJob::spaceOf(const QHostAddress &address) const
{
    const QHostAddress literal(m_question.url.host());
    const AddressSpace byAddress = m_service.settings().lookup.spaceOf(address);
    return literal.isNull() ? std::max(byAddress, address_space::ofName(m_question.url.host())) : byAddress;
}

bool NetworkJob::tryNextAddress()
{
    if (m_addresses.isEmpty() || m_ended)
        return false;
    const QHostAddress address = m_addresses.takeFirst();
    m_space = spaceOf(address);
    dropReply();
    // Where there is another, one that does not answer is not waited for as long.
    m_connectTimer.setInterval(m_addresses.isEmpty() ? m_service.settings().connectTimeout
                                                     : std::min(m_service.settings().connectTimeout, FirstTry));
    send(pinned_url::pin(m_question.url, address));
    return true;
}

/// For @p url, pinned or for a proxy.
QNetworkRequest NetworkJob::requestFor(const QUrl &url) const
{
    const NetworkSettings &settings = m_service.settings();
    const bool isOwn = m_key.standing == Standing::Own;
    QNetworkRequest request(isOwn ? url : url.adjusted(QUrl::RemoveUserInfo));
    request.setRawHeader("Host", pinned_url::hostHeader(m_question.url));
    // Connections are shared by name, not by address, and certificates are for names.
    request.setPeerVerifyName(m_question.url.host());
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    // Qt acknowledges HTTP/2 data as it arrives, whatever the read buffer: no back-pressure there.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // The reader's pace bounds an archive bomb as well; Qt's own limit would also end honest, well-packed logs.
    request.setDecompressedSafetyCheckThreshold(-1);

    // The profile's jar knows names and partitions, Qt neither.
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    if (!isOwn)
        request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    const QByteArray cookies = m_service.cookies().headerFor(m_question.url, m_key);
    if (!cookies.isEmpty())
        request.setRawHeader("Cookie", cookies);

    if (settings.offline)
        request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysCache);
    else if (m_request.cache == CacheUse::PreferCache)
        request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::PreferCache);
    else if (m_request.cache == CacheUse::Bypass)
        request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    else if (m_request.cache == CacheUse::Revalidate && cache())
        cache()->expire(request.url());
    if (m_request.destination == Destination::Download)
        request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);

    request.setRawHeader("User-Agent", settings.userAgent);
    request.setRawHeader("Accept", accepted(m_request.destination));
    const QByteArray referrer = referrerFor(m_request.referrer, m_question.url);
    if (!referrer.isEmpty())
        request.setRawHeader("Referer", referrer);
    if (!settings.extraCertificates.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(QSslCertificate::fromData(settings.extraCertificates));
        request.setSslConfiguration(tls);
    }
    return request;
}

void NetworkJob::send(const QUrl &url)
{
    m_hasHead = false;
    m_replyFinished = false;
    m_requestSent = false;
    m_reply = m_partition->manager().get(requestFor(url));
    m_reply->setReadBufferSize(ReadBufferSize);
    connect(m_reply, &QNetworkReply::socketStartedConnecting, &m_connectTimer, qOverload<>(&QTimer::start));
    connect(m_reply, &QNetworkReply::requestSent, this, [this] {
        m_requestSent = true;
        m_connectTimer.stop();
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &NetworkJob::headArrived);
    connect(m_reply, &QNetworkReply::readyRead, this, &NetworkJob::pump);
    connect(m_reply, &QNetworkReply::finished, this, &NetworkJob::replyFinished);
}

void NetworkJob::dropReply()
{
    m_connectTimer.stop();
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->disconnect(&m_connectTimer);
    m_reply->abort();
    if (cache())
        cache()->settle(m_reply->url(), CacheOutcome::Broken);
    m_reply->deleteLater();
    m_reply = nullptr;
}

void NetworkJob::headArrived()
{
    m_service.guard().noteProgress();
    m_connectTimer.stop();
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_hasHead || status < 200)
        return;
    noteState();
    const QUrl target = m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    const bool isRedirect = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (isRedirect && !target.isEmpty())
        return redirect(target);
    m_hasHead = true;
    const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    const bool isPacked = !m_reply->rawHeader("Content-Encoding").isEmpty();
    m_length = length.isValid() && !isPacked ? length.toLongLong() : -1;
    const bool download = m_request.destination == Destination::Download;
    if (!needsStart() && (download || !ContentType::parse(m_reply->rawHeader("Content-Type")).isUnknown()))
        respond({});
}

/// What the server wants kept. An answer from the cache wanted it when it came.
void NetworkJob::noteState()
{
    if (m_reply->attribute(QNetworkRequest::SourceIsFromCacheAttribute).toBool())
        return;
    const auto cookies = m_reply->header(QNetworkRequest::SetCookieHeader).value<QList<QNetworkCookie>>();
    if (!cookies.isEmpty())
        m_service.cookies().set(cookies, m_question.url, m_key);
    m_service.strictTransport().note(m_key.topSite, m_question.url, m_reply->rawHeader("Strict-Transport-Security"));
}

/// Whether nothing may be told before the body's start has been looked at.
bool NetworkJob::needsStart() const
{
    return m_key.standing == Standing::Part && m_request.destination != Destination::Download;
}

void NetworkJob::redirect(const QUrl &target)
{
    const QUrl from = m_question.url;
    AccessQuestion question = m_question;
    question.url = from.resolved(target);
    if (!question.url.hasFragment())
        question.url.setFragment(from.fragment());
    if (++m_redirects > MaxRedirects)
        return fail(
            networkError(QNetworkReply::TooManyRedirectsError, from, QStringLiteral("%1 redirects").arg(m_redirects)));
    const Decision decision = AccessPolicy::decideRedirect(from, question);
    if (!decision.allowed)
        return fail({decision.kind, decision.reason, decision.rule});
    dropReply();
    m_chain.redirected(from, question.url);
    m_reach.redirectedBy(from, m_space);
    hop(question.url);
}

/// False when the answer was not for its page's process.
bool NetworkJob::respond(const QByteArray &start)
{
    const ContentType type = ContentType::parse(m_reply->rawHeader("Content-Type"));
    const bool noSniff = m_reply->rawHeader("X-Content-Type-Options").trimmed().toLower() == "nosniff";
    const AnswerFrom origin = m_key.standing == Standing::Part ? AnswerFrom::AnotherSite : AnswerFrom::SameSite;
    const BlockDecision verdict =
        decideOpaque(m_request.destination, origin,
                     {type.isUnknown() ? QString() : type.mimeType, noSniff ? NoSniff::Yes : NoSniff::No, start});
    if (verdict.blocked) {
        qInfo("%s was kept from a page: %s",
              m_question.url.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveQuery).left(200).constData(),
              qPrintable(verdict.rule));
        fail({FetchErrorKind::Denied, verdict.reason, verdict.rule});
        return false;
    }
    const auto disposition = ContentDisposition::parse(m_reply->rawHeader("Content-Disposition"));
    ResponseHead head;
    head.url = m_question.url;
    head.space = m_space;
    head.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (head.status == 0)
        head.status = 200;
    head.mimeType = type.mimeType;
    head.charset = type.charset;
    if (type.isUnknown()) {
        head.mimeType = sniffMimeType(start, head.url.fileName(), noSniff ? SniffHtml::No : SniffHtml::Yes);
    }
    head.length = m_length;
    head.attachment = disposition.attachment;
    head.suggestedName = file_names::suggest(disposition.fileName, head.url, head.mimeType);
    m_responded = true;
    m_channel->respond(head);
    return true;
}

void NetworkJob::pump()
{
    if (m_channel->isAbandoned()) {
        dropReply();
        deleteLater();
        return;
    }
    if (!m_reply || !m_hasHead || m_ended)
        return;
    while (m_reply->bytesAvailable() > 0) {
        const qint64 room = m_responded ? m_channel->room() : SniffLength - m_sniffed.size();
        if (room == 0)
            return;
        const QByteArray bytes = m_reply->read(std::min(room, ChunkSize));
        if (bytes.isEmpty())
            break;
        m_service.guard().noteProgress();
        countForCache(bytes.size());
        if (m_responded) {
            m_channel->append(bytes);
            continue;
        }
        m_sniffed += bytes;
        if (m_sniffed.size() >= SniffLength && !releaseSniffed())
            return;
    }
    if (m_replyFinished)
        complete();
}

/// Bodies of unknown length show only now that they are too large to be kept.
void NetworkJob::countForCache(qint64 bytes)
{
    const bool wasSmall = cache() && m_received <= cache()->entryLimit();
    m_received += bytes;
    if (wasSmall && m_received > cache()->entryLimit())
        cache()->refuse(m_refusedUrl = m_reply->url());
}

bool NetworkJob::releaseSniffed()
{
    if (!respond(m_sniffed))
        return false;
    m_channel->append(std::exchange(m_sniffed, {}));
    return true;
}

void NetworkJob::replyFinished()
{
    m_connectTimer.stop();
    m_replyFinished = true;
    // Answers from the cache and empty ones may end without a word about their head.
    if (!m_hasHead && m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid())
        headArrived();
    if (!m_reply || !m_replyFinished)
        return;
    if (m_hasHead)
        pump();
    else
        complete();
}

/// Everything that will ever come has been passed on.
void NetworkJob::complete()
{
    const QNetworkReply::NetworkError error = m_reply->error();
    const bool answered = m_hasHead && (error == QNetworkReply::NoError || isHttpStatus(error));
    if (!answered && !m_requestSent && tryNextAddress())
        return;
    if (!answered)
        return fail(networkError(error, m_question.url, m_reply->errorString()));
    // Qt sometimes takes the end of a connection for the end of the body.
    if (m_length >= 0 && m_received < m_length)
        return fail(
            networkError(QNetworkReply::RemoteHostClosedError, m_question.url, QStringLiteral("body cut short")));
    if (!m_responded && !releaseSniffed())
        return;
    m_channel->finish();
    if (cache())
        cache()->settle(m_reply->url(), CacheOutcome::Complete);
    m_ended = true;
    dropReply();
    deleteLater();
}

void NetworkJob::fail(const FetchError &error)
{
    m_ended = true;
    m_channel->fail(error);
    dropReply();
    deleteLater();
}

} // namespace bulkhead
