// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/profile_fetcher.h"

#include "browser/loading/access_policy.h"
#include "browser/loading/data_url.h"
#include "browser/loading/file_fetch.h"
#include "browser/loading/file_names.h"
#include "browser/loading/local_path.h"
#include "browser/loading/network_thread.h"
#include "browser/loading/stream_fetch.h"

#include <QThreadPool>

namespace bulkhead {
namespace {

/// Enough that a folder that hangs (a lost network disk) does not hold up the others.
constexpr int DiskThreads = 8;

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
    return settings;
}

} // namespace

ProfileFetcher::ProfileFetcher(const ProfileSettings &settings, InternalPages pages)
    : m_pages(std::move(pages)), m_network(std::make_unique<NetworkThread>(networkSettings(settings))),
      m_disk(std::make_shared<QThreadPool>())
{
    m_disk->setMaxThreadCount(DiskThreads);
}

ProfileFetcher::~ProfileFetcher() = default;

std::unique_ptr<Fetch> ProfileFetcher::start(const FetchRequest &request)
{
    AccessQuestion question{request.initiator, request.url, request.destination, {}};
    if (request.initiator)
        question.grantedFolders = grantedFolders(*request.initiator);
    const Decision decision = AccessPolicy::decide(question);
    if (!decision.allowed)
        return failedFetch({decision.kind, decision.reason, decision.rule});
    const QString scheme = request.url.scheme();
    if (scheme == QLatin1String("file"))
        return startFileFetch(request.url, decision, m_disk);
    if (scheme == QLatin1String("about"))
        return m_pages.start(request.url);
    if (scheme == QLatin1String("data"))
        return startDataFetch(request.url);
    return m_network->start(request, question);
}

std::unique_ptr<Fetch> ProfileFetcher::startErrorPage(const FetchError &error, const QUrl &url)
{
    ResponseHead head;
    head.url = url;
    head.mimeType = QStringLiteral("text/html");
    head.charset = QStringLiteral("utf-8");
    head.suggestedName = QStringLiteral("error.html");
    return answerFromMemory(head, m_pages.errorPage(error, url));
}

void ProfileFetcher::grantFolder(const Site &site, const QString &folder)
{
    QStringList &folders = m_granted[site.key()];
    const QString real = local_path::real(folder);
    if (!folders.contains(real))
        folders.append(real);
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
