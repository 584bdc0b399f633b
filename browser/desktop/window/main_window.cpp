// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/main_window.h"

#include "browser/desktop/library/download_manager.h"
#include "browser/desktop/library/history.h"
#include "browser/desktop/settings/setting_keys.h"
#include "browser/desktop/settings/settings.h"
#include "browser/desktop/window/address_bar.h"
#include "browser/desktop/window/alt_key_watcher.h"
#include "browser/desktop/window/downloads_panel.h"
#include "browser/desktop/window/history_panel.h"
#include "browser/desktop/window/main_menu.h"
#include "browser/desktop/window/navigation_bar.h"
#include "browser/desktop/window/outline_menu.h"
#include "browser/desktop/window/page_menu.h"
#include "browser/desktop/window/print_job.h"
#include "browser/desktop/window/tab_menu.h"
#include "browser/desktop/window/tab_page.h"
#include "browser/desktop/window/tab_strip.h"
#include "browser/desktop/window/visit_recorder.h"
#include "browser/desktop/window/window_actions.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/find_bar.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/info_bar.h"
#include "browser/widgets/overlay_bubble.h"
#include "browser/widgets/plain_text.h"

#include <QApplication>
#include <QCloseEvent>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace bulkhead {

namespace {

constexpr QSize FirstSize(1180, 800);
/// What the window's commands depend on.
constexpr std::array StateSignals{&Tab::historyChanged, &Tab::loadStateChanged, &Tab::crashChanged,
                                  &Tab::processChanged, &Tab::selectionChanged, &Tab::zoomChanged,
                                  &Tab::urlChanged};
constexpr int HintShown = 4000; // milliseconds

} // namespace

MainWindow::MainWindow(TabList &tabs, DownloadManager &downloads, History &history, Settings &settings, QWidget *parent)
    : QMainWindow(parent), m_tabs(tabs), m_downloads(downloads), m_history(history), m_settings(settings),
      m_actions(new WindowActions(this)), m_menu(new MainMenu(*m_actions, this)),
      m_tabStrip(new TabStrip(tabs, m_actions->newTab, this)), m_addressBar(new AddressBar(tabs, history, this)),
      m_navigationBar(new NavigationBar(*m_actions, *m_menu, m_addressBar, this)), m_warnings(new QVBoxLayout),
      m_splitter(new QSplitter(Qt::Horizontal, this)), m_stack(new QStackedWidget(this)),
      m_downloadsPanel(new DownloadsPanel(downloads, this)), m_historyPanel(new HistoryPanel(history, this)),
      m_hint(new OverlayBubble(OverlayBubble::Place::TopCenter, m_stack)), m_altKey(new AltKeyWatcher(this))
{
    new VisitRecorder(tabs, history, this);
    layOut();
    connectTabs();
    connectParts();
    connectTabActions();
    connectNavigationActions();
    connectPageActions();
    connectWindowActions();
    for (int i = 0; i < m_tabs.count(); ++i)
        addPage(m_tabs.at(i));
    showActive();
    restoreWindow();
}

MainWindow::~MainWindow()
{
    // The tabs outlive the window; nothing of theirs may reach its parts while those go.
    m_tabs.disconnect(this);
    const auto pages = std::exchange(m_pages, {});
    for (TabPage *page : pages)
        delete page;
}

void MainWindow::layOut()
{
    auto *central = new QWidget(this);
    auto *column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_warnings->setSpacing(0);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_downloadsPanel);
    m_splitter->addWidget(m_historyPanel);
    m_splitter->setStretchFactor(0, 1);
    m_downloadsPanel->hide();
    m_historyPanel->hide();
    column->addWidget(m_tabStrip);
    column->addWidget(m_navigationBar);
    column->addLayout(m_warnings);
    column->addWidget(m_splitter, 1);
    setCentralWidget(central);
    setContextMenuPolicy(Qt::NoContextMenu);
    setMinimumSize(420, 300);
}

void MainWindow::connectTabs()
{
    connect(&m_tabs, &TabList::tabInserted, this, [this](int, Tab *tab) { addPage(tab); });
    connect(&m_tabs, &TabList::tabRemoved, this, [this](int, Tab *tab) { removePage(tab); });
    connect(&m_tabs, &TabList::activeChanged, this, &MainWindow::showActive);
    connect(&m_tabs, &TabList::tabMoved, this, &MainWindow::updateActions);
    connect(&m_tabs, &TabList::lastTabClosed, this, &QWidget::close);
}

void MainWindow::connectParts()
{
    connect(m_addressBar, &AddressBar::opened, this, &MainWindow::open);
    connect(m_addressBar, &AddressBar::openedAgain, this, &MainWindow::openAgain);
    connect(m_addressBar, &AddressBar::left, this, [this] {
        if (TabPage *page = activePage())
            page->focusPage();
        if (isFullScreen())
            m_navigationBar->hide();
    });
    connect(m_navigationBar, &NavigationBar::historyEntryPicked, this, [this](int index, LinkTarget target) {
        Tab *tab = m_tabs.active();
        if (!tab || index >= tab->history().count())
            return;
        if (target == LinkTarget::CurrentTab)
            tab->goTo(index);
        else
            openRequest({tab->history().at(index).url,
                         tab->history().at(index).initiator,
                         target,
                         {},
                         Downloads::Allowed,
                         Begun::ByPerson});
    });
    connect(m_tabStrip->bar(), &TabBar::contextMenuRequested, this, [this](Tab *tab, QPoint position) {
        auto *menu = new TabMenu(m_tabs, *tab, this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(position);
    });
    connect(m_tabStrip->bar(), &TabBar::urlsDropped, this, [this](const QList<QUrl> &urls, int index) {
        for (const QUrl &url : urls)
            m_tabs.open(url, Initiator::person(PersonsWord()), Activation::Foreground, index < 0 ? -1 : ++index);
    });
    connect(&m_downloads, &DownloadManager::changed, this, &MainWindow::showDownloadProgress);
    connect(&m_downloads, &DownloadManager::inserted, this, [this](int, const Download *download) {
        if (!m_downloadsPanel->isVisible())
            m_hint->showText(OutsideText(tr("Downloading %1").arg(OutsideText(download->fileName()).plain())),
                             HintShown);
    });
    connect(&m_downloads, &DownloadManager::refused, this,
            [this](const QString &sentence) { m_hint->showText(OutsideText(sentence), HintShown); });
    connect(m_downloadsPanel, &DownloadsPanel::openRequested, this, &MainWindow::open);
    connect(m_downloadsPanel, &SidePanel::closeRequested, this, [this] { m_actions->downloads->setChecked(false); });
    connect(m_historyPanel, &HistoryPanel::openRequested, this, &MainWindow::open);
    connect(m_historyPanel, &SidePanel::closeRequested, this, [this] { m_actions->history->setChecked(false); });
    connect(m_altKey, &AltKeyWatcher::tapped, m_actions->menu, &QAction::trigger);
}

void MainWindow::connectTabActions()
{
    const WindowActions &actions = *m_actions;
    connect(actions.newTab, &QAction::triggered, this, &MainWindow::openNewTab);
    connect(actions.closeTab, &QAction::triggered, this, [this] {
        if (Tab *tab = m_tabs.active())
            m_tabs.close(tab);
    });
    connect(actions.reopenTab, &QAction::triggered, this, [this] { m_tabs.reopen(); });
    connect(actions.duplicateTab, &QAction::triggered, this, [this] {
        if (Tab *tab = m_tabs.active())
            m_tabs.duplicate(tab);
    });
    connect(actions.nextTab, &QAction::triggered, this, [this] { stepTab(1); });
    connect(actions.previousTab, &QAction::triggered, this, [this] { stepTab(-1); });
    connect(actions.moveTabForwards, &QAction::triggered, this, [this] { moveTab(1); });
    connect(actions.moveTabBackwards, &QAction::triggered, this, [this] { moveTab(-1); });
    for (int i = 0; i < actions.tabByNumber.size(); ++i) {
        const bool last = i == actions.tabByNumber.size() - 1;
        connect(actions.tabByNumber[i], &QAction::triggered, this, [this, i, last] {
            const int index = last ? m_tabs.count() - 1 : i;
            if (index >= 0 && index < m_tabs.count())
                m_tabs.activate(index);
        });
    }
}

void MainWindow::connectNavigationActions()
{
    auto onTab = [this](QAction *action, auto &&command) {
        connect(action, &QAction::triggered, this, [this, command] {
            if (Tab *tab = m_tabs.active())
                command(*tab);
        });
    };
    const WindowActions &actions = *m_actions;
    onTab(actions.back, [](Tab &tab) { tab.goBack(); });
    onTab(actions.forward, [](Tab &tab) { tab.goForward(); });
    onTab(actions.reload, [](Tab &tab) { tab.reload(); });
    onTab(actions.reloadBypassingCache, [](Tab &tab) { tab.reload(ReloadMode::BypassCache); });
    onTab(actions.stop, [](Tab &tab) { tab.stop(); });
    onTab(actions.savePage, [this](Tab &tab) {
        if (const auto initiator = tab.initiator())
            save(tab.url(), *initiator);
    });
    connect(actions.home, &QAction::triggered, this,
            [this] { open(QUrl(QStringLiteral("about:start")), LinkTarget::CurrentTab); });
    connect(actions.openFile, &QAction::triggered, this, &MainWindow::openFileByDialog);
    connect(actions.focusAddress, &QAction::triggered, this, [this] {
        m_navigationBar->show(); // it may be hidden by full screen
        m_addressBar->focusAll();
    });
}

void MainWindow::connectPageActions()
{
    auto onPage = [this](QAction *action, auto &&command) {
        connect(action, &QAction::triggered, this, [this, command] {
            if (TabPage *page = activePage())
                command(*page);
        });
    };
    const WindowActions &actions = *m_actions;
    onPage(actions.copy, [](TabPage &page) { copySelection(page.tab()); });
    onPage(actions.selectAll, [](TabPage &page) { page.tab().selectAll(); });
    onPage(actions.find, [](TabPage &page) { page.findBar()->open(); });
    onPage(actions.findNext, [](TabPage &page) { page.findBar()->step(FindStep::Next); });
    onPage(actions.findPrevious, [](TabPage &page) { page.findBar()->step(FindStep::Previous); });
    onPage(actions.zoomIn, [](TabPage &page) { page.zoom(ZoomStep::In); });
    onPage(actions.zoomOut, [](TabPage &page) { page.zoom(ZoomStep::Out); });
    onPage(actions.zoomReset, [](TabPage &page) { page.resetZoom(); });
    onPage(actions.print, [](TabPage &page) { printByDialog(page.tab(), page.window()); });
    onPage(actions.contents, [](TabPage &page) { openOutlineMenu(page.tab(), page); });
    onPage(actions.endProcess, [](TabPage &page) { page.tab().endProcess(); });
}

void MainWindow::connectWindowActions()
{
    const WindowActions &actions = *m_actions;
    connect(actions.fullScreen, &QAction::toggled, this, &MainWindow::setFullScreen);
    connect(actions.downloads, &QAction::toggled, this, [this](bool on) { showSidePanel(m_downloadsPanel, on); });
    connect(actions.history, &QAction::toggled, this, [this](bool on) { showSidePanel(m_historyPanel, on); });
    connect(actions.version, &QAction::triggered, this, [this] { openInternal(QStringLiteral("version")); });
    connect(actions.playground, &QAction::triggered, this, [this] { openInternal(QStringLiteral("playground")); });
    connect(actions.experiments, &QAction::triggered, this, [this] { openInternal(QStringLiteral("experiments")); });
    connect(actions.lab, &QAction::triggered, this, [this] { openInternal(QStringLiteral("lab")); });
    connect(actions.menu, &QAction::triggered, m_navigationBar, &NavigationBar::openMenu);
    connect(actions.quit, &QAction::triggered, this, &QWidget::close);
}

TabPage *MainWindow::pageOf(const Tab *tab) const
{
    return m_pages.value(tab);
}

void MainWindow::addPage(Tab *tab)
{
    auto *page = new TabPage(*tab, m_stack);
    m_pages.insert(tab, page);
    m_stack->addWidget(page);
    page->view()->presize(m_stack->size());
    page->setNativePages(m_nativePages);
    connect(page, &TabPage::openRequested, this, [this](LinkRequest request) {
        request.begun = Begun::ByPerson; // a menu, a button of the app's own
        openRequest(request);
    });
    connect(page, &TabPage::dropped, this, [this](const QList<QUrl> &urls) {
        for (qsizetype i = 0; i < urls.size(); ++i)
            open(urls[i], i == 0 ? LinkTarget::CurrentTab : LinkTarget::NewBackgroundTab);
    });
    connect(page, &TabPage::saveRequested, this, &MainWindow::save);
    connect(tab, &Tab::downloadRequested, &m_downloads,
            qOverload<std::shared_ptr<Fetch>, const ResponseHead &, const Initiator &>(&DownloadManager::start));
    updateActions();
}

void MainWindow::removePage(Tab *tab)
{
    if (m_shown == tab) {
        m_shown = nullptr;
        m_addressBar->setTab(nullptr);
        m_navigationBar->setTab(nullptr);
    }
    tab->disconnect(this);
    // At once, while the tab is still there: the page refers to it.
    delete m_pages.take(tab);
    updateActions();
}

void MainWindow::showActive()
{
    Tab *tab = m_tabs.active();
    TabPage *page = pageOf(tab);
    if (tab == m_shown || (tab && !page))
        return;
    const QWidget *focused = QApplication::focusWidget();
    // Whoever walks along the tabs or a panel goes on doing so; the first tab of all takes the focus.
    const bool keepFocus = m_shown && focused &&
                           (m_tabStrip->isAncestorOf(focused) || m_downloadsPanel->isAncestorOf(focused) ||
                            m_historyPanel->isAncestorOf(focused));
    if (m_shown) {
        for (auto signal : StateSignals)
            disconnect(m_shown, signal, this, &MainWindow::updateActions);
        disconnect(m_shown, &Tab::titleChanged, this, &MainWindow::updateTitle);
    }
    m_shown = tab;
    m_addressBar->setTab(tab);
    m_navigationBar->setTab(tab);
    if (tab) {
        for (auto signal : StateSignals)
            connect(tab, signal, this, &MainWindow::updateActions);
        connect(tab, &Tab::titleChanged, this, &MainWindow::updateTitle);
        m_stack->setCurrentWidget(page);
        if (!keepFocus)
            page->focusPage();
        orderFocus();
    }
    updateActions();
    updateTitle();
}

void MainWindow::orderFocus()
{
    // As one sees them, whenever they were made.
    QWidget *previous = nullptr;
    for (const QWidget *part : {static_cast<QWidget *>(m_tabStrip), static_cast<QWidget *>(m_navigationBar),
                                static_cast<QWidget *>(activePage()), static_cast<QWidget *>(m_downloadsPanel),
                                static_cast<QWidget *>(m_historyPanel)}) {
        if (!part)
            continue;
        for (QWidget *widget : part->findChildren<QWidget *>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
                continue;
            if (previous)
                setTabOrder(previous, widget);
            previous = widget;
        }
    }
}

void MainWindow::updateActions()
{
    const WindowActions &actions = *m_actions;
    const Tab *tab = m_tabs.active();
    const bool alive = tab && tab->rendererPid() > 0 && !tab->crash();
    actions.back->setEnabled(tab && tab->canGoBack());
    actions.forward->setEnabled(tab && tab->canGoForward());
    actions.stop->setEnabled(tab && tab->loadState() != LoadState::Idle);
    actions.reopenTab->setEnabled(m_tabs.canReopen());
    actions.copy->setEnabled(tab && tab->hasSelection());
    actions.endProcess->setEnabled(alive);
    for (QAction *action : {actions.print, actions.contents})
        action->setEnabled(alive && tab->isPlugin());
    for (QAction *action : {actions.reload, actions.reloadBypassingCache, actions.closeTab, actions.duplicateTab})
        action->setEnabled(tab);
    for (QAction *action : {actions.selectAll, actions.find, actions.findNext, actions.findPrevious})
        action->setEnabled(tab && !tab->crash() && !(pageOf(tab) && pageOf(tab)->nativePage()));
    actions.savePage->setEnabled(tab && tab->initiator());
    const double zoom = tab ? tab->zoom() : 1.0;
    actions.zoomIn->setEnabled(tab && zoom < ZoomLevels.back());
    actions.zoomOut->setEnabled(tab && zoom > ZoomLevels.front());
    m_menu->setZoom(zoom);
}

void MainWindow::updateTitle()
{
    const Tab *tab = m_tabs.active();
    const QString title =
        tab ? tr("%1 — Bulkhead", "window title: page title").arg(tab->title().plain()) : tr("Bulkhead");
    plain::setWindowTitle(this, OutsideText(title));
}

void MainWindow::stepTab(int by)
{
    if (m_tabs.count() > 0)
        m_tabs.activate((m_tabs.activeIndex() + by + m_tabs.count()) % m_tabs.count());
}

void MainWindow::moveTab(int by)
{
    const int to = m_tabs.activeIndex() + by;
    if (m_tabs.active() && to >= 0 && to < m_tabs.count())
        m_tabs.move(m_tabs.activeIndex(), to);
}

void MainWindow::openNewTab()
{
    m_tabs.open(QUrl(QStringLiteral("about:start")), Initiator::person(PersonsWord()));
    m_navigationBar->show();
    m_addressBar->focusAll();
}

void MainWindow::open(const QUrl &url, LinkTarget target)
{
    openRequest({url, Initiator::person(PersonsWord()), target});
}

void MainWindow::openAgain(LinkTarget target)
{
    Tab *tab = m_tabs.active();
    if (!tab)
        return;
    if (target != LinkTarget::CurrentTab) {
        if (const auto initiator = tab->initiator())
            openRequest({tab->url(), *initiator, target, {}, Downloads::Allowed, Begun::ByPerson});
        return;
    }
    tab->reload();
    activePage()->focusPage();
    if (isFullScreen())
        m_navigationBar->hide();
}

void MainWindow::openRequest(const LinkRequest &request)
{
    Tab *tab = m_tabs.active();
    if (request.target == LinkTarget::CurrentTab && tab) {
        tab->open(request);
        activePage()->focusPage();
    } else {
        const bool behind = request.target == LinkTarget::NewBackgroundTab && tab;
        m_tabs.open(request, behind ? Activation::Background : Activation::Foreground,
                    tab ? m_tabs.activeIndex() + 1 : -1);
    }
    if (isFullScreen())
        m_navigationBar->hide();
}

void MainWindow::openFileByDialog()
{
    const QUrl file = QFileDialog::getOpenFileUrl(this, tr("Open File"));
    if (file.isValid() && !file.isEmpty())
        open(file, LinkTarget::CurrentTab);
}

void MainWindow::save(const QUrl &url, const Initiator &initiator)
{
    m_downloads.start(url, initiator);
}

void MainWindow::openInternal(const QString &name)
{
    open(QUrl(QStringLiteral("about:") + name), LinkTarget::NewForegroundTab);
}

InfoBar *MainWindow::showWarning(const OutsideText &text, const QColor &color)
{
    auto *bar = new InfoBar(text, InfoBar::Lasting::Permanent, this);
    bar->setColor(color);
    m_warnings->addWidget(bar);
    bar->show();
    return bar;
}

InfoBar *MainWindow::tell(const OutsideText &text)
{
    auto *bar = new InfoBar(text, InfoBar::Lasting::UntilDismissed, this);
    connect(bar, &InfoBar::dismissed, this, [this, bar] { closeBar(bar); });
    m_warnings->addWidget(bar);
    bar->show();
    return bar;
}

/// The focus goes back to the page, when it was in the bar.
void MainWindow::closeBar(InfoBar *bar)
{
    const bool hadFocus = bar->isAncestorOf(QApplication::focusWidget());
    bar->hide();
    bar->deleteLater();
    if (TabPage *page = activePage(); page && hadFocus)
        page->focusPage();
}

InfoBar *MainWindow::ask(const OutsideText &text, const QString &offer, std::function<void()> accepted,
                         std::function<void()> refused)
{
    auto *bar = new InfoBar(text, InfoBar::Lasting::UntilDismissed, this);
    bar->setOffer(offer);
    const auto settle = [this, bar](const std::function<void()> &answer) {
        closeBar(bar);
        answer();
    };
    connect(bar, &InfoBar::accepted, this, [settle, accepted = std::move(accepted)] { settle(accepted); });
    connect(bar, &InfoBar::dismissed, this, [settle, refused = std::move(refused)] { settle(refused); });
    m_warnings->addWidget(bar);
    bar->show();
    return bar;
}

void MainWindow::setFullScreen(bool on)
{
    m_actions->fullScreen->setIcon(
        standardIcon(on ? QStringLiteral("view-restore") : QStringLiteral("view-fullscreen")));
    m_tabStrip->setVisible(!on);
    m_navigationBar->setVisible(!on);
    if (on == isFullScreen())
        return;
    if (on) {
        m_wasMaximized = isMaximized();
        showFullScreen();
        m_hint->showText(OutsideText(tr("Press F11 or Esc to leave full screen")), HintShown);
        if (TabPage *page = activePage())
            page->focusPage();
    } else {
        m_hint->clear();
        m_wasMaximized ? showMaximized() : showNormal();
    }
}

void MainWindow::showSidePanel(SidePanel *panel, bool on)
{
    if (on) {
        // One at a time: the page keeps its room.
        if (panel != m_downloadsPanel)
            m_actions->downloads->setChecked(false);
        if (panel != m_historyPanel)
            m_actions->history->setChecked(false);
        const int kept = m_settings.value(setting::PanelWidth);
        const int width = kept > 0 ? kept : panel->sizeHint().width();
        panel->show();
        orderFocus(); // rows may have come since
        m_splitter->setSizes({std::max(1, m_splitter->width() - width), width, width});
        panel->focusFirst();
        return;
    }
    if (panel->isVisible())
        m_settings.set(setting::PanelWidth, panel->width());
    const bool hadFocus = panel->isAncestorOf(QApplication::focusWidget());
    panel->hide();
    if (TabPage *page = activePage(); page && hadFocus)
        page->focusPage();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    // What no part wanted for itself.
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
        if (isFullScreen())
            m_actions->fullScreen->setChecked(false);
        else
            m_actions->stop->trigger();
        return;
    }
    QMainWindow::keyPressEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    // The desktop may leave full screen by its own means.
    if (event->type() == QEvent::WindowStateChange)
        m_actions->fullScreen->setChecked(isFullScreen());
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_downloads.activeCount() > 0 && !confirmEndingDownloads()) {
        event->ignore();
        if (m_tabs.count() == 0)
            openNewTab();
        return;
    }
    keepPlace();
    event->accept();
    Q_EMIT closed();
}

bool MainWindow::confirmEndingDownloads()
{
    const std::unique_ptr<QMessageBox> question(plain::messageBox(
        QMessageBox::Question, tr("Downloads are running"),
        OutsideText(m_downloads.activeCount() == 1
                        ? tr("A download will be cancelled when the window closes.")
                        : tr("%1 downloads will be cancelled when the window closes.").arg(m_downloads.activeCount())),
        QMessageBox::NoButton, this));
    const QAbstractButton *end = question->addButton(tr("Cancel &Downloads and Close"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(tr("&Keep Downloading"), QMessageBox::RejectRole));
    question->exec();
    return question->clickedButton() == end;
}

void MainWindow::showDownloadProgress()
{
    // Sizes may be unknown: then the ring only shows that something is going on.
    const double progress = m_downloads.progress();
    m_navigationBar->setDownloadProgress(m_downloads.activeCount() == 0 ? -1 : std::max(0.0, progress));
}

void MainWindow::restoreWindow()
{
    if (!restoreGeometry(m_settings.value(setting::WindowGeometry)))
        resize(FirstSize);
}

void MainWindow::keepPlace()
{
    m_settings.set(setting::WindowGeometry, saveGeometry());
}

} // namespace bulkhead
