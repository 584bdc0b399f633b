// SPDX-License-Identifier: BSD-3-Clause
// The part of Navigator that leads from a request to the coming page.
#include "browser/pages/tabs/navigator.h"

#include "browser/pages/fetch/display_types.h"
#include "browser/pages/page_processes/deleted_later.h"
#include "browser/pages/page_processes/document_viewers.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/tabs/folder_question.h"
#include "browser/pages/tabs/page_slot.h"

namespace bulkhead {

void Navigator::start(Navigation navigation)
{
    m_slot.dropComing();
    m_coming.reset();
    dropHostRequest();
    Q_EMIT started();
    m_navigation = std::move(navigation);
    FetchRequest request{m_navigation->request.url,      Destination::Navigation, m_navigation->request.initiator,
                         m_navigation->request.referrer, m_navigation->cache,     m_navigation->activation};
    m_navigation->fetch = deletedLater(m_fetcher.start(request));
    connect(m_navigation->fetch.get(), &Fetch::responded, this, &Navigator::answered);
    connect(m_navigation->fetch.get(), &Fetch::failed, this, &Navigator::unanswered);
    // A process while the network is busy.
    m_renderers.warmUp();
    if (DocumentViewers *viewers = m_renderers.viewers())
        viewers->expect(m_navigation->request.url);
    setLoadPercent(0);
    setLoadState(LoadState::Waiting);
    Q_EMIT urlChanged();
    Q_EMIT titleChanged();
}

/// Something to be saved, not shown.
void Navigator::handOver(const Navigation &navigation, const ResponseHead &head)
{
    setLoadState(LoadState::Idle);
    Q_EMIT urlChanged();
    Q_EMIT titleChanged();
    // A step in the history and a reload are the person's.
    if (navigation.request.downloads == Downloads::Allowed || navigation.entry)
        Q_EMIT downloadRequested(navigation.fetch, head, navigation.request.initiator);
    else
        Q_EMIT downloadOffered(navigation.fetch, head, navigation.request.initiator);
}

void Navigator::answered(const ResponseHead &head)
{
    Navigation navigation = *std::exchange(m_navigation, std::nullopt);
    navigation.fetch->disconnect(this);
    const DocumentViewers *viewers = m_renderers.viewers();
    const bool isShown = canDisplay(head.mimeType) || (viewers && viewers->takes(head, ViewerUse::Full));
    // A file: page's rights are its own folder's, or those of the page that led there as long as it stays inside that
    // one's folder.
    const Initiator &initiator = navigation.request.initiator;
    const Site site = head.isListing && head.file ? Site::forListing(*head.file)
                      : initiator.isPerson()      ? Site::forAnswer(head.url, head.file)
                                                  : initiator.site().forNavigationTo(head.url, head.file);
    if (!mayLeadTo(site, navigation))
        return;
    if (head.attachment || !isShown)
        return handOver(navigation, head);
    QUrl shown = head.url;
    if (!shown.hasFragment() && navigation.request.url.hasFragment())
        shown.setFragment(navigation.request.url.fragment(QUrl::FullyEncoded));
    ResponseHead whole = head;
    whole.url = shown;
    // Only a reload past the cache is meant for everything in the page.
    const CacheUse cache = navigation.cache == CacheUse::Bypass ? CacheUse::Bypass : CacheUse::Normal;
    PageDocument document{whole, navigation.fetch, navigation.scroll, cache, m_folders.grantsOf(site.key())};
    Visit visit{{shown, initiator}, navigation.entry, navigation.request.showsAtOnce()};
    if (navigation.entry && *navigation.entry < m_history.count()) {
        visit.entry = m_history.at(*navigation.entry);
        visit.entry.url = shown;
        document.state = visit.entry.state;
    }
    openPage(site, std::move(document), std::move(visit));
}

/// Where a file lies, and so whether the page that leads to it leads to another site, shows only now.
bool Navigator::mayLeadTo(const Site &site, const Navigation &navigation)
{
    if (!navigation.unaskedFrom || *navigation.unaskedFrom == site || m_unasked.allowLeave())
        return true;
    setLoadState(LoadState::Idle);
    Q_EMIT urlChanged();
    Q_EMIT titleChanged();
    refuse(tr("A page kept leading somewhere else by itself and was stopped."));
    return false;
}

void Navigator::unanswered(const FetchError &error)
{
    const Navigation navigation = *std::exchange(m_navigation, std::nullopt);
    navigation.fetch->disconnect(this);
    Q_EMIT loadFailed(error);
    if (error.question)
        Q_EMIT privateNetworkDenied(*error.question);
    openErrorPage(
        error,
        {{navigation.request.url, navigation.request.initiator}, navigation.entry, navigation.request.showsAtOnce()});
}

void Navigator::openErrorPage(const FetchError &error, const Visit &visit)
{
    auto body = deletedLater(m_fetcher.startErrorPage(error, visit.entry.url));
    // The connection holds the body until it has answered.
    connect(body.get(), &Fetch::responded, this, [this, body, visit](const ResponseHead &head) mutable {
        auto kept = std::exchange(body, nullptr);
        if (!m_navigation) // else the person is somewhere else already
            openPage(Site::forErrorPage(), {head, std::move(kept), {}}, visit);
    });
}

void Navigator::openPage(const Site &site, PageDocument document, Visit visit)
{
    DocumentViewers *viewers = m_renderers.viewers();
    PageProcess *host = viewers ? viewers->hostFor(document.head, site, ViewerUse::Full) : nullptr;
    m_coming = std::move(visit);
    if (host)
        return openPageIn(*host, site, std::move(document));
    const auto kept = std::make_shared<PageDocument>(std::move(document));
    m_hostRequest = m_renderers.requestHost(site, m_slot.current() ? m_slot.current()->host() : nullptr,
                                            [this, site, kept](HostAnswer answer) {
                                                dropHostRequest();
                                                if (answer)
                                                    return openPageIn(**answer, site, std::move(*kept));
                                                Q_EMIT loadFailed(answer.error());
                                                openErrorPage(answer.error(), *std::exchange(m_coming, std::nullopt));
                                            });
    if (!m_hostRequest)
        return;
    setLoadState(LoadState::Waiting);
    Q_EMIT processWaitChanged();
}

void Navigator::openPageIn(PageProcess &host, const Site &site, PageDocument document)
{
    m_slot.setComing(std::make_unique<RemotePage>(host, m_fetcher, site, std::move(document), m_view));
    setLoadState(LoadState::Loading);
    m_slot.awaitFrame(m_view.visible ? PageSlot::Seen::Yes : PageSlot::Seen::No);
}

void Navigator::dropHostRequest()
{
    if (!m_hostRequest)
        return;
    m_hostRequest.reset();
    Q_EMIT processWaitChanged();
}

} // namespace bulkhead
