// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tabs/tab.h"

#include "browser/loading/display_types.h"
#include "browser/pages/deleted_later.h"
#include "browser/pages/document_viewers.h"
#include "browser/pages/remote_page.h"
#include "browser/pages/renderer_host.h"
#include "browser/pages/renderer_pool.h"
#include "browser/tabs/tab_embeds.h"
#include "ipc/channel/limits.h"

#include <QFileInfo>
#include <QPainter>

#include <algorithm>

namespace bulkhead {

namespace {

/// How long the page before stays on screen while a new one has no frame yet.
constexpr std::chrono::milliseconds PaintPatience{1000};
/// A crash within this time of opening counts as the page's own doing.
constexpr qint64 CrashOnLoadMilliseconds = 10'000;

QUrl withoutFragment(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveFragment);
}

QString titleFromUrl(const QUrl &url)
{
    if (url.isEmpty())
        return Tab::tr("New tab");
    if (url.isLocalFile())
        return url.fileName().isEmpty() ? url.path() : url.fileName();
    const QString text = url.toDisplayString(QUrl::RemoveScheme | QUrl::RemoveUserInfo);
    return text.startsWith(u"//") ? text.mid(2) : url.toDisplayString();
}

}  // namespace

Tab::Tab(quint32 id, Fetcher &fetcher, RendererPool &renderers, QObject *parent)
    : QObject(parent), m_id(id), m_fetcher(fetcher), m_renderers(renderers)
{
    m_view.visible = false;
    m_pendingPatience.setSingleShot(true);
    connect(&m_pendingPatience, &QTimer::timeout, this, &Tab::commitPending);
    m_deniedTimer.setSingleShot(true);
    m_deniedTimer.setInterval(300);  // a page asks for several at once
    connect(&m_deniedTimer, &QTimer::timeout, this, [this] {
        if (m_deniedFiles.isEmpty())
            return;
        QString common = m_deniedFiles.first();
        for (const QString &file : std::as_const(m_deniedFiles)) {
            while (!file.startsWith(common.endsWith(u'/') ? common : common + u'/') && common.contains(u'/'))
                common.truncate(common.lastIndexOf(u'/'));
        }
        Q_EMIT fileAccessDenied(common.isEmpty() ? QStringLiteral("/") : common);
    });
}

Tab::~Tab() = default;

QUrl Tab::url() const
{
    if (m_navigation)
        return m_navigation->url;
    const NavigationEntry *entry = m_history.current();
    return entry ? entry->url : QUrl();
}

QString Tab::title() const
{
    const NavigationEntry *entry = m_history.current();
    return entry && !entry->title.isEmpty() ? entry->title : titleFromUrl(url());
}

qint64 Tab::rendererPid() const
{
    return m_page && m_page->host() ? m_page->host()->pid() : 0;
}

int Tab::pagesSharingProcess() const
{
    return m_page && m_page->host() ? int(m_page->host()->pages().size()) - 1 : 0;
}

bool Tab::holdsPageIn(const RendererHost *host) const
{
    return (m_page && m_page->host() == host) || (m_pending && m_pending->host() == host);
}

QString Tab::siteKey() const
{
    return m_page ? m_page->site().key() : QString();
}

std::optional<Site> Tab::site() const
{
    return m_page ? std::optional(m_page->site()) : std::nullopt;
}

// ---- navigation

void Tab::navigate(const QUrl &url)
{
    if (!url.isValid())
        return;
    const NavigationEntry *here = m_history.current();
    const bool sameDocument = here && m_page && m_page->host() && !m_crash && url.hasFragment()
                              && withoutFragment(url) == withoutFragment(here->url);
    if (sameDocument) {
        recordVisit(url, {});
        m_page->scrollToFragment(url.fragment(QUrl::FullyDecoded));
        return;
    }
    start({url, {}, {}, {}, {}}, CacheUse::Normal);
}

void Tab::reload(ReloadMode mode)
{
    const CacheUse cache = mode == ReloadMode::BypassCache ? CacheUse::Bypass : CacheUse::Revalidate;
    if (m_history.isEmpty()) {
        if (m_navigation)
            start({m_navigation->url, m_navigation->initiator, {}, {}, {}}, cache);
        return;
    }
    // Whatever was to be opened and is not there yet is what the person wants to see again.
    if (m_navigation && !m_navigation->entry) {
        start({m_navigation->url, m_navigation->initiator, {}, {}, {}}, cache);
        return;
    }
    const NavigationEntry &entry = *m_history.current();
    start({entry.url, {}, m_history.currentIndex(), entry.scroll, {}}, cache);
}

void Tab::goTo(int index)
{
    if (index < 0 || index >= m_history.count() || (index == m_history.currentIndex() && !m_navigation))
        return;
    const NavigationEntry &entry = m_history.at(index);
    const NavigationEntry *here = m_history.current();
    if (m_page && m_page->host() && !m_crash && here && withoutFragment(here->url) == withoutFragment(entry.url)
        && index != m_history.currentIndex()) {
        const QPoint scroll = entry.scroll;
        recordVisit(entry.url, index);
        m_page->scrollTo(scroll);
        return;
    }
    start({entry.url, {}, index, entry.scroll, {}}, CacheUse::PreferCache);
}

void Tab::restore(NavigationHistory history)
{
    m_history = std::move(history);
    Q_EMIT historyChanged();
    Q_EMIT urlChanged();
    Q_EMIT titleChanged();
}

void Tab::allowFolder(const QString &folder)
{
    if (!m_page)
        return;
    m_fetcher.grantFolder(m_page->site(), folder);
    reload();
}

void Tab::stop()
{
    if (m_navigation) {
        m_navigation.reset();
        Q_EMIT urlChanged();
    }
    for (RemotePage *page : {m_page.get(), m_pending.get()}) {
        if (page)
            page->stopLoading();
    }
    setLoadState(LoadState::Idle);
}

void Tab::start(Navigation navigation, CacheUse cache)
{
    m_pending.reset();
    m_pendingPatience.stop();
    m_navigation = std::move(navigation);
    m_navigation->cache = cache;
    m_deniedFiles.clear();
    FetchRequest request;
    request.url = m_navigation->url;
    request.destination = m_navigation->initiator ? Destination::Navigation : Destination::Document;
    request.initiator = m_navigation->initiator;
    request.cache = cache;
    if (m_page && m_navigation->initiator)
        request.referrer = m_page->url();
    m_navigation->fetch = deletedLater(m_fetcher.start(request));
    connect(m_navigation->fetch.get(), &Fetch::responded, this, &Tab::answered);
    connect(m_navigation->fetch.get(), &Fetch::failed, this, &Tab::unanswered);
    // A process while the network is busy.
    m_renderers.warmUp();
    if (DocumentViewers *viewers = m_renderers.viewers())
        viewers->expect(m_navigation->url);
    setLoadPercent(0);
    setLoadState(LoadState::Waiting);
    Q_EMIT urlChanged();
    Q_EMIT titleChanged();
}

void Tab::answered(const ResponseHead &head)
{
    Navigation navigation = *std::exchange(m_navigation, std::nullopt);
    navigation.fetch->disconnect(this);
    const DocumentViewers *viewers = m_renderers.viewers();
    const bool isShown = canDisplay(head.mimeType) || (viewers && viewers->takes(head, ViewerUse::Full));
    if (head.attachment || !isShown) {
        setLoadState(LoadState::Idle);
        Q_EMIT urlChanged();
        Q_EMIT titleChanged();
        Q_EMIT downloadRequested(navigation.fetch, head);
        return;
    }
    // A file: page's rights follow the folder that the person opened, as long as one stays inside it.
    const bool fromHere = navigation.initiator || navigation.entry;
    const Site site = fromHere && m_page ? m_page->site().forNavigationTo(head.url) : Site::forUrl(head.url);
    QUrl shown = head.url;
    if (!shown.hasFragment() && navigation.url.hasFragment())
        shown.setFragment(navigation.url.fragment(QUrl::FullyEncoded));
    ResponseHead whole = head;
    whole.url = shown;
    recordVisit(shown, navigation.entry);
    // Only a reload past the cache is meant for everything in the page.
    const CacheUse cache = navigation.cache == CacheUse::Bypass ? CacheUse::Bypass : CacheUse::Normal;
    PageDocument document{whole, navigation.fetch, navigation.scroll, cache};
    if (navigation.entry)
        document.state = m_history.current()->state;
    openPage(site, std::move(document));
}

void Tab::unanswered(const FetchError &error)
{
    const Navigation navigation = *std::exchange(m_navigation, std::nullopt);
    navigation.fetch->disconnect(this);
    recordVisit(navigation.url, navigation.entry);
    Q_EMIT loadFailed(error);
    auto body = deletedLater(m_fetcher.startErrorPage(error, navigation.url));
    // The connection holds the body until it has answered.
    connect(body.get(), &Fetch::responded, this, [this, body](const ResponseHead &head) mutable {
        auto kept = std::exchange(body, nullptr);
        ResponseHead shown = head;
        openPage(Site::forUrl(QUrl(QStringLiteral("about:error"))), {shown, std::move(kept), {}});
    });
}

void Tab::recordVisit(const QUrl &url, std::optional<int> entry)
{
    if (entry && *entry < m_history.count()) {
        m_history.moveTo(*entry);
        m_history.current()->url = url;
    } else if (m_history.current() && m_history.current()->url == url) {
        // The same again: no second stop.
    } else {
        m_history.push({url, {}, {}});
    }
    Q_EMIT historyChanged();
    Q_EMIT urlChanged();
    Q_EMIT titleChanged();
}

void Tab::openPage(const Site &site, PageDocument document)
{
    DocumentViewers *viewers = m_renderers.viewers();
    RendererHost *host = viewers ? viewers->hostFor(document.head, site, ViewerUse::Full) : nullptr;
    if (!host)
        host = m_renderers.hostFor(site, m_page ? m_page->host() : nullptr);
    m_pending = std::make_unique<RemotePage>(*host, m_fetcher, site, std::move(document), m_view);
    connectPage(m_pending.get());
    Q_EMIT hangChanged();
    m_sinceOpened.start();
    m_iconIsStale = true;
    setLoadState(LoadState::Loading);
    // A tab that is not seen gets no frames.
    if (m_view.visible)
        m_pendingPatience.start(PaintPatience);
    else
        commitPending();
}

void Tab::connectPage(RemotePage *page)
{
    connect(page, &RemotePage::framePresented, this, [this, page](const QRegion &damage) {
        if (page == m_pending.get())
            return commitPending();
        if (page != m_page.get())
            return;
        if (NavigationEntry *entry = m_history.current(); entry && !m_pending)
            entry->scroll = page->scrollPosition();
        Q_EMIT frameChanged(damage);
        Q_EMIT scrollChanged();
    });
    connect(page, &RemotePage::titleChanged, this, [this, page](const QString &title) {
        if (NavigationEntry *entry = m_history.current(); entry && (page == m_pending.get() || !m_pending)) {
            entry->title = title;
            Q_EMIT titleChanged();
            Q_EMIT historyChanged();
        }
    });
    connect(page, &RemotePage::iconChanged, this, [this](const QImage &icon) {
        m_icon = icon;
        m_iconIsStale = false;
        Q_EMIT iconChanged();
    });
    connect(page, &RemotePage::hoveredLinkChanged, this, [this](const QUrl &url) {
        m_hoveredLink = url;
        Q_EMIT hoveredLinkChanged();
    });
    connect(page, &RemotePage::cursorChanged, this, &Tab::cursorChanged);
    connect(page, &RemotePage::selectionChanged, this, [this](bool hasSelection) {
        m_hasSelection = hasSelection;
        Q_EMIT selectionChanged();
    });
    connect(page, &RemotePage::loadProgress, this, [this, page](int percent) {
        if ((page == m_pending.get() || !m_pending) && !m_navigation)
            setLoadPercent(percent);
    });
    connect(page, &RemotePage::loadFinished, this, [this, page] {
        if (m_navigation || (m_pending && page != m_pending.get()))
            return;
        if (std::exchange(m_iconIsStale, false) && !m_icon.isNull()) {
            m_icon = QImage();
            Q_EMIT iconChanged();
        }
        setLoadPercent(100);
        setLoadState(LoadState::Idle);
        Q_EMIT loaded();
    });
    connect(page, &RemotePage::linkActivated, this,
            [this, page](const QUrl &url, int disposition) { linkActivated(page, url, disposition); });
    connect(page, &RemotePage::stateSaved, this, [this, page](const QByteArray &state) {
        if (NavigationEntry *entry = m_history.current(); entry && awaited() == page)
            entry->state = state;
    });
    connect(page, &RemotePage::noticeChanged, this, [this, page] {
        if (page == m_page.get())
            Q_EMIT frameChanged(QRegion(QRect(QPoint(), m_view.size)));
    });
    connect(page, &RemotePage::findResult, this, &Tab::findResult);
    connect(page, &RemotePage::resourceDenied, this, [this, page](const QUrl &url) { noteDenied(page, url); });
    connect(page, &RemotePage::inputHandled, this,
            [this](const wire::InputEvent &event, bool consumed) {
                if (!consumed && event.type() == wire::InputEvent::KEY_PRESS)
                    Q_EMIT keyNotConsumed(int(event.key()), Qt::KeyboardModifiers(int(event.modifiers())));
            });
    connect(page, &RemotePage::hangChanged, this, &Tab::hangChanged);
    connect(page, &RemotePage::gone, this, [this, page](const ExitReason &reason) { pageGone(page, reason); });
}

void Tab::commitPending()
{
    m_pendingPatience.stop();
    if (!m_pending)
        return;
    // Deleted later: we may be inside a signal of the page that goes.
    if (m_page) {
        m_page->disconnect(this);
        m_page.release()->deleteLater();
    }
    m_embeds.reset();
    m_page = std::move(m_pending);
    watchEmbeds();
    m_hoveredLink.clear();
    m_hasSelection = false;
    setCrash({});
    Q_EMIT hangChanged();
    Q_EMIT hoveredLinkChanged();
    Q_EMIT selectionChanged();
    Q_EMIT processChanged();
    Q_EMIT frameChanged(QRegion(QRect(QPoint(), m_view.size)));
    Q_EMIT scrollChanged();
}

void Tab::watchEmbeds()
{
    DocumentViewers *viewers = m_renderers.viewers();
    if (!viewers || m_embeds)
        return;
    if (m_page->embedBoxes().empty()) {
        connect(m_page.get(), &RemotePage::embedBoxesChanged, this, &Tab::watchEmbeds, Qt::UniqueConnection);
        return;
    }
    m_embeds = std::make_unique<TabEmbeds>(*m_page, m_fetcher, *viewers, m_view);
    connect(m_embeds.get(), &TabEmbeds::damaged, this, &Tab::frameChanged);
    connect(m_embeds.get(), &TabEmbeds::cursorChanged, this, &Tab::cursorChanged);
    connect(m_embeds.get(), &TabEmbeds::linkActivated, this,
            [this, page = m_page.get()](const QUrl &url, int disposition) { linkActivated(page, url, disposition); });
}

void Tab::paintOverlays(QPainter &painter, const QRegion &region)
{
    if (m_embeds)
        m_embeds->paint(painter, region);
    if (m_page && !m_page->notice().isEmpty())
        paintPlaceholder(painter, QRect(QPoint(), m_view.size), m_view.devicePixelRatio, m_view.dark, {}, m_page->notice());
}

QImage Tab::picture()
{
    QImage copy = frame().copy();
    if (copy.isNull())
        return copy;
    const qreal ratio = copy.devicePixelRatio();
    copy.setDevicePixelRatio(1);
    {
        QPainter painter(&copy);
        paintOverlays(painter, copy.rect());
    }
    copy.setDevicePixelRatio(ratio);
    return copy;
}

void Tab::sendInput(wire::InputEvent event)
{
    if (!m_embeds || !m_embeds->takeInput(event))
        target()->sendInput(std::move(event));
}

void Tab::pageGone(RemotePage *page, const ExitReason &reason)
{
    if (page == m_pending.get()) {
        m_pendingPatience.stop();
        m_embeds.reset();
        if (m_page) {
            m_page->disconnect(this);
            m_page.release()->deleteLater();
        }
        m_page = std::move(m_pending);
    } else if (page != m_page.get()) {
        return;
    }
    m_crashesInARow = m_sinceOpened.isValid() && m_sinceOpened.elapsed() < CrashOnLoadMilliseconds ? m_crashesInARow + 1 : 1;
    if (!m_navigation && !m_pending)
        setLoadState(LoadState::Idle);
    setCrash(reason);
    Q_EMIT hangChanged();
    Q_EMIT processChanged();
}

void Tab::setCrash(std::optional<ExitReason> crash)
{
    if (!crash && !m_crash)
        return;
    m_crash = std::move(crash);
    Q_EMIT crashChanged();
}

void Tab::linkActivated(const RemotePage *page, const QUrl &url, int disposition)
{
    if (!isLive(page))
        return;
    if (disposition != wire::LinkActivated::CURRENT_TAB) {
        Q_EMIT newTabRequested(url,
                               disposition == wire::LinkActivated::NEW_FOREGROUND_TAB ? LinkTarget::NewForegroundTab
                                                                                      : LinkTarget::NewBackgroundTab,
                               this);
        return;
    }
    const NavigationEntry *here = m_history.current();
    if (here && url.hasFragment() && withoutFragment(url) == withoutFragment(here->url) && m_page.get() == page) {
        recordVisit(url, {});
        m_page->scrollToFragment(url.fragment(QUrl::FullyDecoded));
        return;
    }
    start({url, page->site(), {}, {}, {}}, CacheUse::Normal);
}

void Tab::navigateFrom(const Site &initiator, const QUrl &url)
{
    start({url, initiator, {}, {}, {}}, CacheUse::Normal);
}

void Tab::noteDenied(const RemotePage *page, const QUrl &url)
{
    if (!isLive(page) || !url.isLocalFile() || page->site().scheme() != u"file")
        return;
    m_deniedFiles.append(QFileInfo(url.toLocalFile()).absolutePath());
    m_deniedTimer.start();
}

void Tab::setLoadState(LoadState state)
{
    if (state == m_loadState)
        return;
    m_loadState = state;
    Q_EMIT loadStateChanged();
}

void Tab::setLoadPercent(int percent)
{
    if (percent == m_loadPercent)
        return;
    m_loadPercent = percent;
    Q_EMIT loadPercentChanged();
}

// ---- the view

void Tab::updateView()
{
    for (RemotePage *page : {m_page.get(), m_pending.get()}) {
        if (page)
            page->setView(m_view);
    }
    if (m_embeds)
        m_embeds->setView(m_view);
}

void Tab::setView(QSize size, qreal devicePixelRatio)
{
    constexpr int Most = int(limits::FrameEdge);
    m_view.size = size.expandedTo({1, 1}).boundedTo({Most, Most});
    m_view.devicePixelRatio = devicePixelRatio;
    updateView();
    Q_EMIT scrollChanged();
}

void Tab::setVisible(bool visible)
{
    m_view.visible = visible;
    updateView();
    if (!visible && m_pending)
        commitPending();
}

void Tab::setFocused(bool focused)
{
    m_view.focused = focused;
    updateView();
}

void Tab::setDark(bool dark)
{
    m_view.dark = dark;
    updateView();
}

void Tab::setZoom(double zoom)
{
    zoom = std::clamp(zoom, 0.25, 5.0);
    if (zoom == m_view.zoom)
        return;
    m_view.zoom = zoom;
    updateView();
    Q_EMIT zoomChanged();
    Q_EMIT scrollChanged();
}

QImage Tab::frame() const
{
    return m_page ? m_page->frame() : QImage();
}

void Tab::frameShown()
{
    if (m_page)
        m_page->frameShown();
    if (m_embeds)
        m_embeds->frameShown();
}

quint64 Tab::frameCount() const
{
    return m_page ? m_page->frameCount() : 0;
}

QColor Tab::backgroundColor() const
{
    return m_page && m_page->frameCount() > 0 ? m_page->backgroundColor() : QColor();
}

QPoint Tab::scrollPosition() const
{
    return m_page ? m_page->scrollPosition() : QPoint();
}

QSize Tab::contentSize() const
{
    return m_page ? m_page->contentSize() : QSize();
}

QSize Tab::viewportSize() const
{
    return (QSizeF(m_view.size) / (m_view.devicePixelRatio * m_view.zoom)).toSize();
}

void Tab::scrollTo(QPoint position)
{
    if (m_page)
        m_page->scrollTo(position);
}

void Tab::endProcess()
{
    // A page that never got to its first frame is the one that hangs.
    if (awaited() && awaited()->host())
        hang() ? awaited()->host()->endUnresponsive() : awaited()->host()->endByUser();
}

std::optional<Hang> Tab::hang() const
{
    return awaited() && awaited()->host() && !m_crash ? awaited()->host()->hang() : std::nullopt;
}

bool Tab::captureStack()
{
    return awaited() && awaited()->host() && awaited()->host()->captureStack();
}

void Tab::endHang()
{
    if (hang())
        awaited()->host()->endUnresponsive();
}

}  // namespace bulkhead
