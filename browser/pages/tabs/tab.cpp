// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/tab.h"

#include "browser/pages/fetch/folder_grants.h"
#include "browser/pages/page_processes/document_viewers.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/tabs/tab_embeds.h"
#include "ipc/channel/limits.h"

#include <QPainter>

#include <algorithm>

namespace bulkhead {

namespace {

/// A crash within this time of opening counts as the page's own doing.
constexpr qint64 CrashOnLoadMilliseconds = 10'000;

} // namespace

Tab::Tab(quint32 id, Fetcher &fetcher, PageProcessPool &renderers, QObject *parent)
    : QObject(parent), m_id(id), m_fetcher(fetcher), m_renderers(renderers),
      m_navigator(fetcher, renderers, m_slot, m_folders, m_view)
{
    m_view.visible = false;
    connect(&m_slot, &PageSlot::added, this, &Tab::connectPage);
    connect(&m_slot, &PageSlot::removed, this, [this](RemotePage *page) { page->disconnect(this); });
    connect(&m_slot, &PageSlot::committed, this, &Tab::showNewPage);
    connect(&m_slot, &PageSlot::gone, this, &Tab::pageGone);
    connect(&m_slot, &PageSlot::presented, this, [this](const QRegion &damage) {
        m_navigator.noteScroll();
        Q_EMIT frameChanged(damage);
        Q_EMIT scrollChanged();
    });
    connect(&m_folders, &FolderQuestion::asked, this, &Tab::fileAccessDenied);
    connect(&m_navigator, &Navigator::started, this, [this] {
        m_folders.reset();
        if (std::exchange(m_isDiscarded, false))
            Q_EMIT discardedChanged();
    });
    connect(&m_navigator, &Navigator::urlChanged, this, &Tab::urlChanged);
    connect(&m_navigator, &Navigator::titleChanged, this, &Tab::titleChanged);
    connect(&m_navigator, &Navigator::historyChanged, this, &Tab::historyChanged);
    connect(&m_navigator, &Navigator::loadStateChanged, this, &Tab::loadStateChanged);
    connect(&m_navigator, &Navigator::loadPercentChanged, this, &Tab::loadPercentChanged);
    connect(&m_navigator, &Navigator::processWaitChanged, this, &Tab::processWaitChanged);
    connect(&m_navigator, &Navigator::loadFailed, this, &Tab::loadFailed);
    connect(&m_navigator, &Navigator::privateNetworkDenied, this, &Tab::privateNetworkDenied);
    connect(&m_navigator, &Navigator::downloadRequested, this, &Tab::downloadRequested);
    connect(&m_navigator, &Navigator::downloadOffered, this, &Tab::downloadOffered);
    connect(&m_navigator, &Navigator::refused, this, &Tab::refused);
    connect(&m_navigator, &Navigator::newTabRequested, this,
            [this](const LinkRequest &request) { Q_EMIT newTabRequested(request, this); });
}

Tab::~Tab() = default;

QUrl Tab::url() const
{
    return m_navigator.url();
}

bool Tab::isSecure() const
{
    return page() && !m_navigator.showsComing() && !showsErrorPage() && page()->url().scheme() == u"https";
}

bool Tab::showsErrorPage() const
{
    return page() && page()->site().isErrorPage();
}

qint64 Tab::rendererPid() const
{
    return page() && page()->host() ? page()->host()->pid() : 0;
}

int Tab::pagesSharingProcess() const
{
    return page() && page()->host() ? int(page()->host()->pages().size()) - 1 : 0;
}

bool Tab::holdsPageIn(const PageProcess *host) const
{
    return (page() && page()->host() == host) || (m_slot.coming() && m_slot.coming()->host() == host);
}

QString Tab::siteKey() const
{
    return page() ? page()->site().key() : QString();
}

std::optional<Site> Tab::site() const
{
    return page() ? std::optional(page()->site()) : std::nullopt;
}

void Tab::allowFolder(const QString &folder, GrantLasts lasts)
{
    if (!page() || !FolderGrants::mayBeGranted(folder))
        return;
    m_folders.grant(page()->site().key(), folder);
    if (lasts == GrantLasts::Always)
        m_fetcher.grantFolder(page()->site(), folder);
    reload();
}

void Tab::allowPrivateNetwork(const PrivateNetworkQuestion &question)
{
    m_fetcher.allowPrivateNetwork(question);
    reload();
}

bool Tab::isDiscardable() const
{
    return !m_view.visible && page() && page()->host() && !isOpening() && loadState() != LoadState::Waiting &&
           !history().isEmpty();
}

void Tab::discard()
{
    if (!isDiscardable())
        return;
    m_embeds.reset();
    m_slot.close();
    m_isDiscarded = true;
    m_hoveredLink.clear();
    m_hasSelection = false;
    m_navigator.noteGone();
    Q_EMIT hangChanged();
    Q_EMIT hoveredLinkChanged();
    Q_EMIT selectionChanged();
    Q_EMIT processChanged();
    Q_EMIT discardedChanged();
}

void Tab::connectPage(RemotePage *page)
{
    Q_EMIT hangChanged();
    m_sinceOpened.start();
    m_iconIsStale = true;
    connect(page, &RemotePage::titleChanged, this,
            [this, page](const QString &title) { m_navigator.noteTitle(page, title); });
    connect(page, &RemotePage::stateSaved, this,
            [this, page](const QByteArray &state) { m_navigator.noteState(page, state); });
    connect(page, &RemotePage::loadProgress, this,
            [this, page](int percent) { m_navigator.noteProgress(page, percent); });
    connect(page, &RemotePage::loadFinished, this, [this, page] { finished(page); });
    connect(page, &RemotePage::linkActivated, this,
            [this, page](const QUrl &url, int disposition) { m_navigator.follow(page, url, disposition); });
    connect(page, &RemotePage::iconChanged, this, [this, page](const QImage &icon) {
        m_iconIsStale = false;
        setIcon(icon, page->charge(Holding::Said, icon.sizeInBytes()));
    });
    connect(page, &RemotePage::hoveredLinkChanged, this, &Tab::setHoveredLink);
    connect(page, &RemotePage::cursorChanged, this, &Tab::cursorChanged);
    connect(page, &RemotePage::selectionChanged, this, &Tab::setHasSelection);
    connect(page, &RemotePage::noticeChanged, this, [this, page] {
        if (page == m_slot.current())
            Q_EMIT frameChanged(QRegion(QRect(QPoint(), m_view.size)));
    });
    connect(page, &RemotePage::findResult, this, &Tab::findResult);
    connect(page, &RemotePage::folderDenied, this, [this, page](const QString &folder) {
        if (m_slot.holds(page))
            m_folders.noteDenied(folder);
    });
    connect(page, &RemotePage::privateNetworkDenied, this, [this, page](const PrivateNetworkQuestion &question) {
        if (m_slot.holds(page))
            Q_EMIT privateNetworkDenied(question);
    });
    connect(page, &RemotePage::inputHandled, this, [this](const wire::InputEvent &event, bool consumed) {
        if (!consumed && event.type() == wire::InputEvent::KEY_PRESS)
            Q_EMIT keyNotConsumed(int(event.key()), Qt::KeyboardModifiers(int(event.modifiers())));
    });
    connect(page, &RemotePage::hangChanged, this, &Tab::hangChanged);
}

void Tab::finished(const RemotePage *page)
{
    if (!m_navigator.isAwaited(page))
        return;
    if (std::exchange(m_iconIsStale, false) && !m_icon.isNull())
        setIcon({}, {});
    m_navigator.noteFinished();
    Q_EMIT loaded();
}

void Tab::showNewPage()
{
    m_embeds.reset();
    m_navigator.arrived();
    watchEmbeds();
    setCrash({});
    Q_EMIT hangChanged();
    setHoveredLink({});
    setHasSelection(false);
    Q_EMIT processChanged();
    Q_EMIT frameChanged(QRegion(QRect(QPoint(), m_view.size)));
    Q_EMIT scrollChanged();
    Q_EMIT committed();
}

void Tab::setIcon(const QImage &icon, Charge held)
{
    m_icon = icon;
    m_iconHeld = std::move(held);
    Q_EMIT iconChanged();
}

void Tab::setHoveredLink(const QUrl &link)
{
    m_hoveredLink = link;
    Q_EMIT hoveredLinkChanged();
}

void Tab::setHasSelection(bool hasSelection)
{
    m_hasSelection = hasSelection;
    Q_EMIT selectionChanged();
}

void Tab::watchEmbeds()
{
    DocumentViewers *viewers = m_renderers.viewers();
    if (!viewers || m_embeds)
        return;
    if (page()->embedBoxes().empty()) {
        connect(page(), &RemotePage::embedBoxesChanged, this, &Tab::watchEmbeds, Qt::UniqueConnection);
        return;
    }
    m_embeds = std::make_unique<TabEmbeds>(*page(), m_fetcher, *viewers, m_view);
    connect(m_embeds.get(), &TabEmbeds::damaged, this, &Tab::frameChanged);
    connect(m_embeds.get(), &TabEmbeds::cursorChanged, this, &Tab::cursorChanged);
    connect(m_embeds.get(), &TabEmbeds::linkActivated, &m_navigator, &Navigator::follow);
}

void Tab::paintOverlays(QPainter &painter, const QRegion &region)
{
    if (m_embeds)
        m_embeds->paint(painter, region);
    if (page() && !page()->notice().isEmpty())
        paintPlaceholder(painter, QRect(QPoint(), m_view.size), m_view.devicePixelRatio, m_view.dark, {},
                         page()->notice());
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

void Tab::pageGone(const ExitReason &reason, PageSlot::Was was)
{
    if (was == PageSlot::Was::Coming) {
        m_embeds.reset();
        m_navigator.arrived();
    }
    m_crashesInARow =
        m_sinceOpened.isValid() && m_sinceOpened.elapsed() < CrashOnLoadMilliseconds ? m_crashesInARow + 1 : 1;
    m_navigator.noteGone();
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

// ---- the view

void Tab::updateView()
{
    for (RemotePage *page : {m_slot.current(), m_slot.coming()}) {
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
    if (m_view.visible != visible)
        m_lastSeen = Clock::now();
    m_view.visible = visible;
    updateView();
    if (visible && m_isDiscarded)
        reload();
    if (!visible)
        m_slot.commit();
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
    return page() ? page()->frame() : QImage();
}

void Tab::frameShown()
{
    if (page())
        page()->frameShown();
    if (m_embeds)
        m_embeds->frameShown();
}

quint64 Tab::frameCount() const
{
    return page() ? page()->frameCount() : 0;
}

QColor Tab::backgroundColor() const
{
    return page() && page()->frameCount() > 0 ? page()->backgroundColor() : QColor();
}

QPoint Tab::scrollPosition() const
{
    return page() ? page()->scrollPosition() : QPoint();
}

QSize Tab::contentSize() const
{
    return page() ? page()->contentSize() : QSize();
}

QSize Tab::viewportSize() const
{
    return (QSizeF(m_view.size) / (m_view.devicePixelRatio * m_view.zoom)).toSize();
}

void Tab::scrollTo(QPoint position)
{
    if (page())
        page()->scrollTo(position);
}

void Tab::endProcess()
{
    // A page that never got to its first frame is the one that hangs.
    if (m_slot.awaited() && m_slot.awaited()->host())
        hang() ? m_slot.awaited()->host()->endUnresponsive() : m_slot.awaited()->host()->endByUser();
}

std::optional<Hang> Tab::hang() const
{
    return m_slot.awaited() && m_slot.awaited()->host() && !m_crash ? m_slot.awaited()->host()->hang() : std::nullopt;
}

bool Tab::captureStack()
{
    return m_slot.awaited() && m_slot.awaited()->host() && m_slot.awaited()->host()->captureStack();
}

void Tab::endHang()
{
    if (hang())
        m_slot.awaited()->host()->endUnresponsive();
}

} // namespace bulkhead
