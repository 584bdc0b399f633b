// SPDX-License-Identifier: BSD-3-Clause
#include "browser/window/tab_page.h"

#include "browser/window/find_bar.h"
#include "browser/window/hang_bar.h"
#include "browser/window/info_bar.h"
#include "browser/window/native_page.h"
#include "browser/window/overlay_bubble.h"
#include "browser/window/page_menu.h"
#include "browser/window/sad_tab.h"

#include <QApplication>
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
    connect(m_sadTab, &SadTab::reloadRequested, this, [this] { m_tab.reload(); });
    connect(m_hangBar, &HangBar::left, this, &TabPage::focusPage);
    connect(m_findBar, &FindBar::closed, this, &TabPage::focusPage);
    connect(m_view, &TabView::contextMenuRequested, this, &TabPage::popUpMenu);
    connect(m_view, &TabView::urlsDropped, this, &TabPage::open);
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
        connect(made, &NativePage::openRequested, this, &TabPage::openRequested);
        m_natives.insert(m_nativeName, made);
        m_stack->addWidget(made);
    }
    if (NativePage *native = nativePage())
        native->showUrl(m_tab.url());
    showCrash();
}

void TabPage::showHoveredLink()
{
    m_linkBubble->showText(m_tab.hoveredLink().toDisplayString());
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
    m_zoomBubble->showText(tr("%1 %", "zoom").arg(qRound(m_tab.zoom() * 100)), ZoomShown);
}

void TabPage::offerFolder(const QString &folder)
{
    dropFolderOffer();
    m_folderOfferFor = m_tab.url().adjusted(QUrl::RemoveFragment);
    m_folderBar =
        new InfoBar(tr("This document uses files outside its folder."), InfoBar::Lasting::UntilDismissed, this);
    m_folderBar->setOffer(tr("&Show Them"), tr("Lets the document read files in %1 and reloads it").arg(folder));
    connect(m_folderBar, &InfoBar::dismissed, this, [this] {
        dropFolderOffer();
        focusPage();
    });
    connect(m_folderBar, &InfoBar::accepted, this, [this, folder] {
        dropFolderOffer();
        focusPage();
        m_tab.allowFolder(folder);
    });
    m_column->insertWidget(0, m_folderBar);
    m_folderBar->show();
}

void TabPage::dropFolderOffer()
{
    if (!m_folderBar)
        return;
    m_folderBar->hide();
    m_folderBar->deleteLater();
    m_folderBar = nullptr;
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

void TabPage::open(const QList<QUrl> &urls)
{
    for (qsizetype i = 0; i < urls.size(); ++i)
        Q_EMIT openRequested(urls[i], i == 0 ? LinkTarget::CurrentTab : LinkTarget::NewBackgroundTab);
}

} // namespace bulkhead
