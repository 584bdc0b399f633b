// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/profile_fetcher.h"

#include "browser/pages/fetch/access_policy.h"
#include "browser/pages/fetch/data_url.h"
#include "browser/pages/fetch/file_fetch.h"
#include "browser/pages/fetch/file_names.h"
#include "browser/pages/fetch/html_answer.h"
#include "browser/pages/fetch/local_path.h"
#include "browser/pages/fetch/stream_fetch.h"
#include "browser/pages/network/network_thread.h"

namespace bulkhead {
namespace {

DiskClient diskClient(const FetchRequest &request)
{
    if (request.initiator.isPerson())
        return DiskClient::ofPerson(request.url.path());
    return {DiskClient::Urgency::Page, request.initiator.site().key()};
}

std::unique_ptr<Fetch> startDataFetch(const QUrl &url)
{
    const std::optional<DataUrl> data = DataUrl::parse(url);
    if (!data)
        return failedFetch(
            {FetchErrorKind::Unreadable, AccessPolicy::tr("This “data:” address is broken or too long."), {}});
    ResponseHead head;
    head.url = url;
    head.mimeType = data->type.mimeType;
    head.charset = data->type.charset;
    head.suggestedName = file_names::suggest({}, url, head.mimeType);
    return answerFromMemory(head, data->body);
}

NetworkSettings networkSettings(const ProfileSettings &profile)
{
    NetworkSettings settings;
    settings.cacheFolder = profile.cacheFolder.isEmpty() ? QString() : profile.cacheFolder + QStringLiteral("/http");
    settings.dataFolder = profile.dataFolder;
    settings.userAgent = profile.userAgent;
    settings.offline = profile.offline;
    settings.cacheLimit = profile.cacheLimit;
    settings.connectTimeout = profile.connectTimeout;
    settings.extraCertificates = profile.extraCertificates;
    settings.lookup = profile.lookup;
    return settings;
}

} // namespace

ProfileFetcher::ProfileFetcher(const ProfileSettings &settings, InternalPages pages)
    : m_pages(std::move(pages)), m_grants(settings.dataFolder), m_nearGrants(settings.dataFolder),
      m_network(std::make_unique<NetworkThread>(networkSettings(settings))), m_disk(std::make_shared<DiskQueue>())
{
}

ProfileFetcher::~ProfileFetcher() = default;

std::unique_ptr<Fetch> ProfileFetcher::start(const FetchRequest &request)
{
    AccessQuestion question{request.initiator, request.url, request.destination, request.grantedFolders};
    if (!request.initiator.isPerson())
        question.grantedFolders += m_grants.of(request.initiator.site());
    const Decision decision = AccessPolicy::decide(question);
    if (!decision.allowed)
        return failedFetch({decision.kind, decision.reason, decision.rule});
    const QString scheme = request.url.scheme();
    if (scheme == QLatin1String("file"))
        return startFileFetch(request.url, decision, m_disk, diskClient(request));
    if (scheme == QLatin1String("about"))
        return m_pages.start(request);
    if (scheme == QLatin1String("data"))
        return startDataFetch(request.url);
    return m_network->start(request, question, m_nearGrants.spaces());
}

std::unique_ptr<Fetch> ProfileFetcher::startErrorPage(const FetchError &error, const QUrl &url)
{
    return answerFromMemory(htmlHead(url, QStringLiteral("error.html")), m_pages.errorPage(error, url));
}

void ProfileFetcher::grantFolder(const Site &site, const QString &folder)
{
    m_grants.add(site, folder);
}

void ProfileFetcher::allowPrivateNetwork(const PrivateNetworkQuestion &question)
{
    m_nearGrants.allow(question.site, question.space);
}

QStringList ProfileFetcher::notices() const
{
    QStringList notices{m_grants.notice(), m_nearGrants.notice()};
    notices.removeAll(QString());
    return notices;
}

void ProfileFetcher::clearCache()
{
    m_network->clearCache();
}

void ProfileFetcher::clearCookies()
{
    m_network->clearCookies();
}

} // namespace bulkhead
