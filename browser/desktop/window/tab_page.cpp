// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/tab_page.h"

#include "browser/desktop/window/native_page.h"
#include "browser/desktop/window/page_menu.h"
#include "browser/pages/fetch/folder_grants.h"
#include "browser/pages/shown/shown_address.h"
#include "browser/widgets/find_bar.h"
#include "browser/widgets/hang_bar.h"
#include "browser/widgets/info_bar.h"
#include "browser/widgets/overlay_bubble.h"
#include "browser/widgets/sad_tab.h"

#include <QApplication>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace bulkhead {

namespace {
constexpr int ZoomShown = 1500; // milliseconds
}

TabPage::TabPage(Tab &tab, QWidget *parent)
    : QWidget(parent), m_tab(tab), m_column(new QVBoxLayout(this)), m_content(new QWidget(this)),
      m_stack(new QStackedLayout(m_content)), m_view(new TabView(tab, m_content)), m_sadTab(new SadTab(tab, m_content)),
      m_findBar(new FindBar(tab, this)), m_linkBubble(new OverlayBubble(OverlayBubble::Place::BottomStart, m_content)),
      m_zoomBubble(new OverlayBubble(OverlayBubble::Place::TopEnd, m_content)), m_hangBar(new HangBar(tab, this))
{
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_sadTab);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addWidget(m_hangBar);
    m_column->addWidget(m_content, 1);
    m_column->addWidget(m_findBar);
    setFocusPolicy(Qt::NoFocus);

    connect(&m_tab, &Tab::crashChanged, this, &TabPage::showCrash);
    connect(&m_tab, &Tab::hoveredLinkChanged, this, &TabPage::showHoveredLink);
    connect(&m_tab, &Tab::fileAccessDenied, this, &TabPage::offerFolder);
    connect(&m_tab, &Tab::urlChanged, this, [this] {
        if (m_tab.url().adjusted(QUrl::RemoveFragment) != m_folderOfferFor)
            dropFolderOffer();
        showNative();
    });
    connect(&m_tab, &Tab::processWaitChanged, this, &TabPage::showProcessWait);
    connect(m_sadTab, &SadTab::reloadRequested, this, [this] { m_tab.reload(); });
    connect(m_hangBar, &HangBar::left, this, &TabPage::focusPage);
    connect(m_findBar, &FindBar::closed, this, &TabPage::focusPage);
    connect(m_view, &TabView::contextMenuRequested, this, &TabPage::popUpMenu);
    connect(m_view, &TabView::urlsDropped, this, &TabPage::dropped);
    connect(&m_tab, &Tab::downloadOffered, this, &TabPage::offerDownload);
    connect(&m_tab, &Tab::refused, this, &TabPage::showRefusal);
    connect(&m_tab, &Tab::privateNetworkDenied, this, &TabPage::askPrivateNetwork);
    connect(m_view, &TabView::zoomRequested, this, &TabPage::zoom);
    connect(m_view, &TabView::backRequested, this, [this] {
        if (m_tab.canGoBack())
            m_tab.goBack();
    });
    connect(m_view, &TabView::forwardRequested, this, [this] {
        if (m_tab.canGoForward())
            m_tab.goForward();
    });
    showCrash();
    showProcessWait();
}

void TabPage::focusPage()
{
    if (NativePage *native = nativePage())
        native->setFocus(Qt::OtherFocusReason);
    else if (m_tab.crash())
        m_sadTab->setFocus(Qt::OtherFocusReason);
    else
        m_view->setFocus(Qt::OtherFocusReason);
}

void TabPage::showCrash()
{
    // A widget of our own needs no process behind it.
    NativePage *native = nativePage();
    const bool crashed = m_tab.crash().has_value() && !native;
    QWidget *now = native ? native : crashed ? static_cast<QWidget *>(m_sadTab) : m_view;
    if (m_stack->currentWidget() == now)
        return;
    const QWidget *focused = QApplication::focusWidget();
    const bool hadFocus = focused && m_content->isAncestorOf(focused);
    m_stack->setCurrentWidget(now);
    m_linkBubble->clear();
    if (crashed || native) {
        m_findBar->close();
        dropFolderOffer();
    }
    if (hadFocus)
        focusPage();
}

NativePage *TabPage::nativePage() const
{
    return m_natives.value(m_nativeName);
}

void TabPage::setNativePages(const NativePages &pages)
{
    m_nativePages = &pages;
    showNative();
}

void TabPage::showNative()
{
    if (!m_nativePages)
        return;
    m_nativeName = m_nativePages->nameFor(m_tab.url());
    if (!m_nativeName.isEmpty() && !m_natives.contains(m_nativeName)) {
        NativePage *made = m_nativePages->make(m_nativeName, m_content);
        // Its links are those of the page that it stands for.
        connect(made, &NativePage::openRequested, this,
                [this, name = m_nativeName](const QUrl &url, LinkTarget target) {
                    Q_EMIT openRequested(
                        {url, Initiator::page(Site::forUrl(QUrl(QStringLiteral("about:") + name))), target});
                });
        m_natives.insert(m_nativeName, made);
        m_stack->addWidget(made);
    }
    if (NativePage *native = nativePage())
        native->showUrl(m_tab.url());
    showCrash();
}

void TabPage::showHoveredLink()
{
    m_linkBubble->showText(OutsideText(m_tab.hoveredLink()));
}

void TabPage::zoom(ZoomStep step)
{
    m_tab.setZoom(steppedZoom(m_tab.zoom(), step));
    showZoom();
}

void TabPage::resetZoom()
{
    m_tab.setZoom(1.0);
    showZoom();
}

void TabPage::showZoom()
{
    m_zoomBubble->showText(OutsideText(tr("%1 %", "zoom").arg(qRound(m_tab.zoom() * 100))), ZoomShown);
}

void TabPage::offerFolder(const QString &folder)
{
    dropFolderOffer();
    m_folderOfferFor = m_tab.url().adjusted(QUrl::RemoveFragment);
    const bool mayBe = FolderGrants::mayBeGranted(folder);
    m_folderBar = new InfoBar(
        OutsideText(
            mayBe
                ? tr("This document uses files outside its folder, in %1. Showing them lets it read everything there.")
                      .arg(folder)
                : tr("This document uses files in %1, which no document may read.").arg(folder)),
        InfoBar::Lasting::UntilDismissed, this);
    if (mayBe) {
        m_folderBar->setOffer(tr("&Show Them"),
                              OutsideText(tr("Lets this tab’s document read files in %1 and reloads it").arg(folder)));
        const QPushButton *always =
            m_folderBar->addChoice(tr("&Always"), OutsideText(tr("The same for documents of its folder from now on")));
        connect(always, &QPushButton::clicked, this, [this, folder] {
            dropFolderOffer();
            focusPage();
            m_tab.allowFolder(folder, GrantLasts::Always);
        });
    }
    connect(m_folderBar, &InfoBar::dismissed, this, [this] {
        dropFolderOffer();
        focusPage();
    });
    connect(m_folderBar, &InfoBar::accepted, this, [this, folder] {
        dropFolderOffer();
        focusPage();
        m_tab.allowFolder(folder, GrantLasts::ThisTab);
    });
    m_column->insertWidget(0, m_folderBar);
    m_folderBar->show();
}

/// A page brought something to be saved that nobody asked for. One question at a time: a page that asks again and again
/// asks nothing.
void TabPage::offerDownload(std::shared_ptr<Fetch> fetch, const ResponseHead &head, const Initiator &initiator)
{
    if (m_downloadBar)
        return;
    m_downloadBar = new InfoBar(OutsideText(tr("This page wants to save a file: %1").arg(head.suggestedName)),
                                InfoBar::Lasting::UntilDismissed, this);
    m_downloadBar->setOffer(tr("&Save"), OutsideText(tr("Saves the file among the downloads")));
    const auto settle = [this] {
        m_downloadBar->hide();
        m_downloadBar->deleteLater();
        m_downloadBar = nullptr;
        focusPage();
    };
    connect(m_downloadBar, &InfoBar::dismissed, this, settle);
    connect(m_downloadBar, &InfoBar::accepted, this, [this, settle, fetch = std::move(fetch), head, initiator] {
        settle();
        Q_EMIT m_tab.downloadRequested(fetch, head, initiator);
    });
    m_column->insertWidget(0, m_downloadBar);
    m_downloadBar->show();
}

void TabPage::showRefusal(const QString &sentence)
{
    if (m_refusalBar)
        return m_refusalBar->setSentence(OutsideText(sentence));
    m_refusalBar = new InfoBar(OutsideText(sentence), InfoBar::Lasting::UntilDismissed, this);
    const auto drop = [this] {
        if (!m_refusalBar)
            return;
        m_refusalBar->hide();
        m_refusalBar->deleteLater();
        m_refusalBar = nullptr;
    };
    connect(m_refusalBar, &InfoBar::dismissed, this, [this, drop] {
        drop();
        focusPage();
    });
    connect(&m_tab, &Tab::loadStateChanged, m_refusalBar, [this, drop] {
        if (m_tab.loadState() == LoadState::Waiting)
            drop();
    });
    m_column->insertWidget(0, m_refusalBar);
    m_refusalBar->show();
}

/// One question at a time, and none again once it was answered with No: a page cannot ask until it is told Yes.
void TabPage::askPrivateNetwork(const PrivateNetworkQuestion &question)
{
    if (m_networkBar)
        return;
    const QString site = shownSite(question.site.key());
    const bool isOne = question.address.isEmpty() || question.address == question.host;
    const QString where = isOne ? question.host : tr("%1 (%2)").arg(question.host, question.address);
    m_networkBar =
        new InfoBar(OutsideText(question.space == AddressSpace::Loopback
                                    ? tr("%1 wants to reach a program on this computer: %2").arg(site, where)
                                    : tr("%1 wants to reach a device on your own network: %2").arg(site, where)),
                    InfoBar::Lasting::UntilDismissed, this);
    m_networkBar->setOffer(tr("&Allow"),
                           OutsideText(tr("Lets all pages of %1 do so from now on, and reloads this one").arg(site)));
    connect(m_networkBar, &InfoBar::dismissed, this, [this] {
        m_networkBar->hide(); // stays, so that it is not asked again while this page is here
        focusPage();
    });
    connect(m_networkBar, &InfoBar::accepted, this, [this, question] {
        m_networkBar->deleteLater();
        focusPage();
        m_tab.allowPrivateNetwork(question);
    });
    // A page may ask before it is on screen, so its appearance settles nothing; the next navigation does.
    connect(&m_tab, &Tab::loadStateChanged, m_networkBar, [this] {
        if (m_networkBar && m_tab.loadState() == LoadState::Waiting) {
            m_networkBar->hide();
            m_networkBar->deleteLater();
            m_networkBar = nullptr;
        }
    });
    m_column->insertWidget(0, m_networkBar);
    m_networkBar->show();
}

void TabPage::dropFolderOffer()
{
    if (!m_folderBar)
        return;
    m_folderBar->hide();
    m_folderBar->deleteLater();
    m_folderBar = nullptr;
}

void TabPage::showProcessWait()
{
    const QString sentence = m_tab.processWait();
    if (m_waitBar) {
        m_waitBar->hide();
        m_waitBar->deleteLater();
        m_waitBar = nullptr;
    }
    if (sentence.isEmpty())
        return;
    m_waitBar = new InfoBar(OutsideText(sentence), InfoBar::Lasting::Permanent, this);
    m_waitBar->setOffer(tr("&Stop Waiting"), OutsideText(tr("Leaves the page unopened")));
    connect(m_waitBar, &InfoBar::accepted, this, [this] {
        m_tab.stop();
        focusPage();
    });
    m_column->insertWidget(0, m_waitBar);
    m_waitBar->show();
}

void TabPage::popUpMenu(QPoint position, QPoint globalPosition)
{
    // The tab drops the answer when it dies; the page may die alone, with its window.
    m_tab.requestHit(position, [page = QPointer<TabPage>(this), globalPosition](const Tab::Hit &hit) {
        if (!page || !page->isVisible())
            return;
        auto *menu = new PageMenu(page->m_tab, hit, page);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        connect(menu, &PageMenu::openRequested, page, &TabPage::openRequested);
        connect(menu, &PageMenu::saveRequested, page, &TabPage::saveRequested);
        menu->popup(globalPosition);
    });
}

} // namespace bulkhead
