// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/navigator.h"

#include "browser/host/processes/log.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/shown/shown_address.h"
#include "browser/pages/tabs/page_slot.h"

namespace bulkhead {

namespace {

QUrl withoutFragment(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveFragment);
}

OutsideText titleFromUrl(const QUrl &url)
{
    if (url.isEmpty())
        return OutsideText(Navigator::tr("New tab"));
    if (url.isLocalFile())
        return OutsideText(url.fileName().isEmpty() ? url.path() : url.fileName());
    return OutsideText(ShownAddress(url, ShownAddress::LongestMention, ShownAddress::Parts::WithoutScheme).text());
}

/// What the person wants to see again, by the right it was opened by.
LinkRequest asBefore(const NavigationEntry &entry)
{
    LinkRequest request{entry.url, entry.initiator};
    request.begun = Begun::ByPerson;
    return request;
}

} // namespace

Navigator::Navigator(Fetcher &fetcher, PageProcessPool &renderers, PageSlot &slot, const FolderQuestion &folders,
                     const ViewSettings &view)
    : m_fetcher(fetcher), m_renderers(renderers), m_slot(slot), m_folders(folders), m_view(view)
{
}

Navigator::~Navigator() = default;

QUrl Navigator::url() const
{
    if (m_navigation && m_navigation->request.showsAtOnce())
        return m_navigation->request.url;
    if (m_coming && m_coming->showsAtOnce)
        return m_coming->entry.url;
    const NavigationEntry *entry = m_history.current();
    return entry ? entry->url : QUrl();
}

OutsideText Navigator::title() const
{
    const NavigationEntry *entry = m_history.current();
    if (m_coming && m_coming->showsAtOnce && !m_coming->entry.title.isEmpty())
        return OutsideText(m_coming->entry.title);
    return entry && !entry->title.isEmpty() ? OutsideText(entry->title) : titleFromUrl(url());
}

std::optional<NavigationEntry> Navigator::wanted() const
{
    if (m_navigation)
        return NavigationEntry{m_navigation->request.url, m_navigation->request.initiator};
    if (m_coming)
        return m_coming->entry;
    return {};
}

std::optional<Initiator> Navigator::initiator() const
{
    if (m_navigation && m_navigation->request.showsAtOnce())
        return m_navigation->request.initiator;
    if (m_coming && m_coming->showsAtOnce)
        return m_coming->entry.initiator;
    const NavigationEntry *entry = m_history.current();
    return entry ? std::optional(entry->initiator) : std::nullopt;
}

bool Navigator::showsComing() const
{
    return (m_navigation && m_navigation->request.showsAtOnce()) || (m_coming && m_coming->showsAtOnce);
}

bool Navigator::isOpening() const
{
    return m_navigation || m_slot.coming() || m_hostRequest;
}

QString Navigator::processWait() const
{
    return m_hostRequest ? m_hostRequest->sentence() : QString();
}

int Navigator::position() const
{
    if (m_navigation && m_navigation->entry)
        return *m_navigation->entry;
    if (!m_navigation && m_coming && m_coming->index)
        return *m_coming->index;
    return m_history.currentIndex();
}

void Navigator::open(const LinkRequest &request)
{
    if (!request.url.isValid())
        return;
    m_unasked.reset();
    if (request.url.hasFragment() && isHere(request.url)) {
        record({{request.url, m_history.current()->initiator}, {}});
        m_slot.current()->scrollToFragment(request.url.fragment(QUrl::FullyDecoded));
        return;
    }
    start({request});
}

void Navigator::reload(ReloadMode mode)
{
    m_unasked.reset();
    const CacheUse cache = mode == ReloadMode::BypassCache ? CacheUse::Bypass : CacheUse::Revalidate;
    // Whatever was to be opened and is not there yet is what the person wants to see again, by the right it was to be
    // opened by.
    if (m_navigation && !m_navigation->entry) {
        const Navigation &again = *m_navigation;
        return start({again.request, {}, again.scroll, UserActivation::None, cache, again.fetch});
    }
    if (m_coming && !m_coming->index)
        return start({asBefore(m_coming->entry), {}, {}, UserActivation::None, cache});
    if (const NavigationEntry *entry = m_history.current())
        start({asBefore(*entry), m_history.currentIndex(), entry->scroll, UserActivation::None, cache});
}

void Navigator::goTo(int index)
{
    if (index < 0 || index >= m_history.count() || (index == m_history.currentIndex() && !m_navigation && !m_coming))
        return;
    m_unasked.reset();
    const NavigationEntry &entry = m_history.at(index);
    if (index != m_history.currentIndex() && isHere(entry.url)) {
        const QPoint scroll = entry.scroll;
        record({entry, index});
        m_slot.current()->scrollTo(scroll);
        return;
    }
    start({asBefore(entry), index, entry.scroll, UserActivation::None, CacheUse::PreferCache});
}

void Navigator::restore(NavigationHistory history)
{
    m_history = std::move(history);
    Q_EMIT historyChanged();
    Q_EMIT urlChanged();
    Q_EMIT titleChanged();
}

void Navigator::stop()
{
    if (m_navigation) {
        m_navigation.reset();
        Q_EMIT urlChanged();
    }
    if (m_hostRequest) { // its page will not come
        dropHostRequest();
        m_coming.reset();
        Q_EMIT urlChanged();
    }
    for (RemotePage *page : {m_slot.current(), m_slot.coming()}) {
        if (page)
            page->stopLoading();
    }
    setLoadState(LoadState::Idle);
}

/// The site of the page that is there pays for what is remembered of it.
void Navigator::pay(NavigationEntry &entry, const RemotePage *page)
{
    entry.held = page ? std::make_shared<Charge>(page->charge(Holding::Stops, entry.bytes())) : nullptr;
}

void Navigator::record(Visit visit)
{
    pay(visit.entry, m_slot.current());
    if (visit.index && *visit.index < m_history.count()) {
        m_history.moveTo(*visit.index);
        *m_history.current() = visit.entry;
    } else if (m_history.current() && m_history.current()->url == visit.entry.url) {
        // The same again: no second stop, but by the right of whoever asked last.
        m_history.current()->initiator = visit.entry.initiator;
        if (!visit.entry.title.isEmpty())
            m_history.current()->title = visit.entry.title;
        pay(*m_history.current(), m_slot.current());
    } else {
        m_history.push(visit.entry);
    }
    Q_EMIT historyChanged();
    Q_EMIT urlChanged();
    Q_EMIT titleChanged();
}

/// Where what @p page says of itself is kept; null when it is not to be heard now.
NavigationEntry *Navigator::entryOf(const RemotePage *page)
{
    if (page == m_slot.coming())
        return m_coming ? &m_coming->entry : nullptr;
    return page == m_slot.current() && !m_slot.coming() ? m_history.current() : nullptr;
}

void Navigator::refuse(const QString &sentence)
{
    log::warn(sentence);
    Q_EMIT refused(sentence);
}

/// Whether @p url is in the document on screen, which is there and no error page.
bool Navigator::isHere(const QUrl &url) const
{
    const NavigationEntry *here = m_history.current();
    const RemotePage *page = m_slot.current();
    return here && page && page->host() && !page->site().isErrorPage() &&
           withoutFragment(url) == withoutFragment(here->url);
}

/// "Try again" on an error page is the same address, by the right it was refused by.
bool Navigator::isTryAgain(const RemotePage *page, const QUrl &url) const
{
    const auto shown = [](const QUrl &address) { return address.adjusted(QUrl::RemovePassword); };
    return page->site().isErrorPage() && page == m_slot.current() && m_history.current() &&
           shown(url) == shown(m_history.current()->url);
}

/// Whether @p page may take the tab to @p url now. When that depends on where a file lies, which shows once it is open,
/// @p unaskedFrom is the site that must not be left.
bool Navigator::mayMove(RemotePage *page, const QUrl &url, std::optional<Site> *unaskedFrom)
{
    if (page->gestures().spend(GestureClock::Deed::Move)) {
        m_unasked.reset();
        return true;
    }
    if (url.scheme() == u"file" && page->site().scheme() == u"file")
        *unaskedFrom = page->site();
    const bool within = *unaskedFrom || page->site().contains(url);
    return m_unasked.allow(within ? UnaskedMoves::Where::SameSite : UnaskedMoves::Where::AnotherSite);
}

void Navigator::follow(RemotePage *page, const QUrl &url, int disposition)
{
    GestureClock &gestures = page->gestures();
    if (isTryAgain(page, url)) {
        if (gestures.spend(GestureClock::Deed::Move))
            reload(ReloadMode::Normal);
        return;
    }
    LinkRequest request{url, page->initiator(), LinkTarget::CurrentTab, page->url(), Downloads::Ask};
    const UserActivation activation = gestures.activation();
    if (gestures.spend(GestureClock::Deed::Download))
        request.downloads = Downloads::Allowed;
    if (disposition != wire::LinkActivated::CURRENT_TAB) {
        if (!gestures.spend(GestureClock::Deed::NewTab))
            return refuse(tr("A page wanted to open a tab that nobody asked for."));
        request.target = disposition == wire::LinkActivated::NEW_FOREGROUND_TAB ? LinkTarget::NewForegroundTab
                                                                                : LinkTarget::NewBackgroundTab;
        Q_EMIT newTabRequested(request);
        return;
    }
    Navigation navigation{request, {}, {}, activation};
    if (!mayMove(page, url, &navigation.unaskedFrom))
        return refuse(tr("A page kept leading somewhere else by itself and was stopped."));
    const NavigationEntry *here = m_history.current();
    if (here && page == m_slot.current() && url.hasFragment() && withoutFragment(url) == withoutFragment(here->url)) {
        record({{url, here->initiator}, {}});
        page->scrollToFragment(url.fragment(QUrl::FullyDecoded));
        return;
    }
    start(std::move(navigation));
}

// ---- what pages say

void Navigator::noteTitle(const RemotePage *page, const QString &title)
{
    NavigationEntry *entry = entryOf(page);
    if (!entry)
        return;
    entry->title = title;
    pay(*entry, page);
    Q_EMIT titleChanged();
    Q_EMIT historyChanged();
}

void Navigator::noteState(const RemotePage *page, const QByteArray &state)
{
    NavigationEntry *entry = entryOf(page);
    if (!entry)
        return;
    entry->state = state;
    pay(*entry, page);
}

void Navigator::noteScroll()
{
    if (NavigationEntry *entry = m_history.current(); entry && !m_slot.coming())
        entry->scroll = m_slot.current()->scrollPosition();
}

void Navigator::noteProgress(const RemotePage *page, int percent)
{
    if (isAwaited(page))
        setLoadPercent(percent);
}

bool Navigator::isAwaited(const RemotePage *page) const
{
    return !m_navigation && (page == m_slot.coming() || !m_slot.coming());
}

void Navigator::noteFinished()
{
    setLoadPercent(100);
    setLoadState(LoadState::Idle);
}

void Navigator::noteGone()
{
    if (!m_navigation && !m_slot.coming())
        setLoadState(LoadState::Idle);
}

void Navigator::arrived()
{
    if (const auto visit = std::exchange(m_coming, std::nullopt))
        record(*visit);
}

void Navigator::setLoadState(LoadState state)
{
    if (state == m_loadState)
        return;
    m_loadState = state;
    Q_EMIT loadStateChanged();
}

void Navigator::setLoadPercent(int percent)
{
    if (percent == m_loadPercent)
        return;
    m_loadPercent = percent;
    Q_EMIT loadPercentChanged();
}

} // namespace bulkhead
