// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/network_job.h"

#include "browser/loading/body_channel.h"
#include "browser/loading/cache_store.h"
#include "browser/loading/content_type.h"
#include "browser/loading/cookie_jar.h"
#include "browser/loading/file_names.h"
#include "browser/loading/network_error.h"
#include "browser/loading/network_thread.h"
#include "browser/loading/receive_guard.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>

namespace bulkhead {
namespace {

/// Qt's share of the buffering; the channel's comes on top.
constexpr qint64 ReadBufferSize = 256 * 1024;
constexpr qint64 ChunkSize = 128 * 1024;

bool sameOrigin(const QUrl &a, const QUrl &b)
{
    const int standardPort = a.scheme() == QLatin1String("https") ? 443 : 80;
    return a.scheme() == b.scheme() && a.host() == b.host() && a.port(standardPort) == b.port(standardPort);
}

CookieContext cookieContext(const AccessQuestion &question)
{
    if (!question.initiator || question.initiator->contains(question.url))
        return CookieContext::SameSite;
    return question.destination == Destination::Navigation ? CookieContext::Navigation : CookieContext::CrossSite;
}

QByteArray accepted(Destination destination)
{
    switch (destination) {
    case Destination::Document:
    case Destination::Navigation:
        return "text/html,application/xhtml+xml,text/markdown;q=0.9,image/*;q=0.9,*/*;q=0.8";
    case Destination::Style:
        return "text/css,*/*;q=0.1";
    case Destination::Image:
    case Destination::Icon:
        return "image/webp,image/svg+xml,image/*,*/*;q=0.5";
    case Destination::Font:
    case Destination::Download:
        break;
    }
    return "*/*";
}

} // namespace

NetworkJob::NetworkJob(const FetchRequest &request, const AccessQuestion &question,
                       std::shared_ptr<BodyChannel> channel, NetworkService &service)
    : QObject(&service), m_request(request), m_question(question), m_channel(std::move(channel)), m_service(service)
{
    m_service.guard().fetchStarted();
    m_connectTimer.setSingleShot(true);
    m_connectTimer.setInterval(service.settings().connectTimeout);
    connect(&m_connectTimer, &QTimer::timeout, this,
            [this] { fail(networkError(QNetworkReply::TimeoutError, m_question.url, QStringLiteral("connect"))); });
    // The channel's lock keeps this object alive during the call: the destructor takes the function back.
    m_channel->setProducer([this] { QMetaObject::invokeMethod(this, &NetworkJob::pump, Qt::QueuedConnection); });
}

NetworkJob::~NetworkJob()
{
    m_channel->setProducer(nullptr);
    dropReply();
    m_service.guard().fetchEnded();
    if (CacheStore *cache = m_service.cache())
        cache->endRefusal(m_refusedUrl);
}

void NetworkJob::start()
{
    if (m_channel->isAbandoned())
        deleteLater();
    else
        send(m_request.url);
}

QNetworkRequest NetworkJob::requestFor(const QUrl &url) const
{
    const NetworkSettings &settings = m_service.settings();
    QNetworkRequest request(url.adjusted(QUrl::RemoveFragment));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    // Qt acknowledges HTTP/2 data as it arrives, whatever the read buffer: no back-pressure there.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // The reader's pace bounds an archive bomb as well; Qt's own limit would also end honest, well-packed logs.
    request.setDecompressedSafetyCheckThreshold(-1);

    const CookieContext context = cookieContext(m_question);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute,
                         context == CookieContext::CrossSite ? QNetworkRequest::Manual : QNetworkRequest::Automatic);
    const QByteArray cookies = m_service.cookies().headerFor(url, context);
    if (!cookies.isEmpty())
        request.setRawHeader("Cookie", cookies);

    if (settings.offline)
        request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysCache);
    else if (m_request.cache == CacheUse::PreferCache)
        request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::PreferCache);
    else if (m_request.cache == CacheUse::Bypass)
        request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    else if (m_request.cache == CacheUse::Revalidate && m_service.cache())
        m_service.cache()->expire(request.url());
    if (m_request.destination == Destination::Download)
        request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);

    request.setRawHeader("User-Agent", settings.userAgent);
    request.setRawHeader("Accept", accepted(m_request.destination));
    if (sameOrigin(m_request.referrer, url))
        request.setRawHeader("Referer", m_request.referrer.toEncoded(QUrl::RemoveFragment | QUrl::RemoveUserInfo));
    if (!settings.extraCertificates.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(QSslCertificate::fromData(settings.extraCertificates));
        request.setSslConfiguration(tls);
    }
    return request;
}

void NetworkJob::send(const QUrl &url)
{
    m_question.url = url;
    m_hasHead = false;
    m_replyFinished = false;
    m_reply = m_service.manager().get(requestFor(url));
    m_reply->setReadBufferSize(ReadBufferSize);
    connect(m_reply, &QNetworkReply::socketStartedConnecting, &m_connectTimer, qOverload<>(&QTimer::start));
    connect(m_reply, &QNetworkReply::requestSent, &m_connectTimer, &QTimer::stop);
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
    if (CacheStore *cache = m_service.cache())
        cache->settle(m_reply->url(), CacheOutcome::Broken);
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
    const QUrl target = m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    const bool isRedirect = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (isRedirect && !target.isEmpty())
        return redirect(target);
    m_hasHead = true;
    const QVariant length = m_reply->header(QNetworkRequest::ContentLengthHeader);
    const bool isPacked = !m_reply->rawHeader("Content-Encoding").isEmpty();
    m_length = length.isValid() && !isPacked ? length.toLongLong() : -1;
    const bool download = m_request.destination == Destination::Download;
    if (download || !ContentType::parse(m_reply->rawHeader("Content-Type")).isUnknown())
        respond({});
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
    send(question.url);
}

void NetworkJob::respond(const QByteArray &start)
{
    const ContentType type = ContentType::parse(m_reply->rawHeader("Content-Type"));
    const auto disposition = ContentDisposition::parse(m_reply->rawHeader("Content-Disposition"));
    ResponseHead head;
    // Qt may have gone to https: by itself (strict transport security); the fragment never left.
    head.url = m_reply->url();
    head.url.setFragment(m_question.url.fragment(QUrl::FullyEncoded), QUrl::StrictMode);
    head.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (head.status == 0)
        head.status = 200;
    head.mimeType = type.mimeType;
    head.charset = type.charset;
    if (type.isUnknown()) {
        const bool noSniff = m_reply->rawHeader("X-Content-Type-Options").trimmed().toLower() == "nosniff";
        head.mimeType = sniffMimeType(start, head.url.fileName(), noSniff ? SniffHtml::No : SniffHtml::Yes);
    }
    head.length = m_length;
    head.attachment = disposition.attachment;
    head.suggestedName = file_names::suggest(disposition.fileName, head.url, head.mimeType);
    m_responded = true;
    m_channel->respond(head);
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
        if (m_sniffed.size() >= SniffLength)
            releaseSniffed();
    }
    if (m_replyFinished)
        complete();
}

/// Bodies of unknown length show only now that they are too large to be kept.
void NetworkJob::countForCache(qint64 bytes)
{
    const bool wasSmall = m_service.cache() && m_received <= m_service.cache()->entryLimit();
    m_received += bytes;
    if (wasSmall && m_received > m_service.cache()->entryLimit())
        m_service.cache()->refuse(m_refusedUrl = m_reply->url());
}

void NetworkJob::releaseSniffed()
{
    respond(m_sniffed);
    m_channel->append(std::exchange(m_sniffed, {}));
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
    if (!answered)
        return fail(networkError(error, m_question.url, m_reply->errorString()));
    // Qt sometimes takes the end of a connection for the end of the body.
    if (m_length >= 0 && m_received < m_length)
        return fail(
            networkError(QNetworkReply::RemoteHostClosedError, m_question.url, QStringLiteral("body cut short")));
    if (!m_responded)
        releaseSniffed();
    m_channel->finish();
    if (CacheStore *cache = m_service.cache())
        cache->settle(m_reply->url(), CacheOutcome::Complete);
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
