// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/tab_bar.h"

#include "browser/desktop/window/tab_style.h"
#include "browser/pages/shown/shown_address.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QDropEvent>
#include <QHelpEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QToolButton>

#include <algorithm>

namespace bulkhead {

TabBar::TabBar(TabList &tabs, QWidget *parent) : QTabBar(parent), m_tabs(tabs)
{
    auto *style = new TabStyle;
    style->setParent(this);
    setStyle(style);
    setDocumentMode(true);
    setDrawBase(false);
    setExpanding(false);
    setMovable(true);
    setTabsClosable(true);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
    setIconSize(QSize(16, 16));
    setFocusPolicy(Qt::TabFocus);
    setSelectionBehaviorOnRemove(QTabBar::SelectPreviousTab); // the list decides; activeChanged() follows at once
    setAcceptDrops(true);
    setMouseTracking(true);
    setAccessibleName(tr("Tabs"));

    m_spinner.setInterval(33);
    connect(&m_spinner, &QTimer::timeout, this, [this] {
        m_phase = (m_phase + 12) % 360;
        for (int i = 0; i < count(); ++i) {
            if (m_tabs.at(i)->loadState() != LoadState::Idle)
                update(tabRect(i));
        }
    });

    connect(&m_tabs, &TabList::tabInserted, this, &TabBar::insert);
    connect(&m_tabs, &TabList::tabRemoved, this, [this](int index, Tab *tab) {
        const QScopedValueRollback guard(m_fromList, true);
        disconnect(tab, nullptr, this, nullptr);
        removeTab(index);
        setCurrentIndex(m_tabs.activeIndex());
        refreshCloseButtons();
        updateSpinner();
    });
    connect(&m_tabs, &TabList::tabMoved, this, [this](int from, int to) {
        if (m_fromList)
            return;
        const QScopedValueRollback guard(m_fromList, true);
        moveTab(from, to);
    });
    connect(&m_tabs, &TabList::activeChanged, this, [this] {
        const QScopedValueRollback guard(m_fromList, true);
        setCurrentIndex(m_tabs.activeIndex());
        refreshCloseButtons();
    });
    connect(this, &QTabBar::currentChanged, this, [this](int index) {
        if (!m_fromList && index >= 0)
            m_tabs.activate(index);
    });
    connect(this, &QTabBar::tabMoved, this, [this](int from, int to) {
        if (m_fromList)
            return;
        const QScopedValueRollback guard(m_fromList, true);
        m_tabs.move(from, to);
    });
    connect(this, &QTabBar::tabCloseRequested, this, [this](int index) {
        Q_EMIT closedByPointer();
        m_tabs.close(m_tabs.at(index));
    });

    for (QToolButton *arrow : findChildren<QToolButton *>())
        arrow->setAutoRaise(true);
    for (int i = 0; i < m_tabs.count(); ++i)
        insert(i, m_tabs.at(i));
    setCurrentIndex(m_tabs.activeIndex());
}

TabBar::~TabBar() = default;

TabBar::Look TabBar::lookOf(int index) const
{
    if (index < 0 || index >= m_tabs.count())
        return {};
    const Tab *tab = m_tabs.at(index);
    const QString badge = m_pidsShown && tab->rendererPid() > 0 ? QString::number(tab->rendererPid()) : QString();
    return {tab->title().plain(), tab->loadState(), badge, tab->isDiscarded()};
}

void TabBar::setPidsShown(bool shown)
{
    m_pidsShown = shown;
    update();
}

void TabBar::setTabWidth(int width)
{
    if (width == m_tabWidth)
        return;
    m_tabWidth = width;
    refreshCloseButtons();
    setIconSize(iconSize()); // the one public way to have QTabBar ask for tab sizes again
}

QSize TabBar::tabSizeHint(int) const
{
    return {m_tabWidth, std::max(38, fontMetrics().height() + 22)};
}

void TabBar::insert(int index, Tab *tab)
{
    const QScopedValueRollback guard(m_fromList, true);
    insertTab(index, QString());
    follow(tab);
    refresh(tab);
    refreshCloseButtons();
}

void TabBar::follow(Tab *tab)
{
    connect(tab, &Tab::titleChanged, this, [this, tab] { refresh(tab); });
    connect(tab, &Tab::urlChanged, this, [this, tab] { refresh(tab); });
    connect(tab, &Tab::iconChanged, this, [this, tab] { refreshIcon(m_tabs.indexOf(tab)); });
    connect(tab, &Tab::crashChanged, this, [this, tab] { refresh(tab); });
    connect(tab, &Tab::loadStateChanged, this, [this, tab] { refresh(tab); });
    connect(tab, &Tab::processChanged, this, [this, tab] { refresh(tab); });
    connect(tab, &Tab::discardedChanged, this, [this, tab] { refresh(tab); });
}

void TabBar::refresh(Tab *tab)
{
    const int index = m_tabs.indexOf(tab);
    if (index < 0 || index >= count())
        return;
    // An ampersand in a title is not a mnemonic. The style draws the title; this text is for assistive technology.
    QString text = tab->title().plain();
    if (tab->crash())
        text = tr("%1 (process ended)", "name of a tab whose page is gone").arg(text);
    else if (tab->isDiscarded())
        text = tr("%1 (discarded)", "name of a tab that loads again when it is shown").arg(text);
    else if (tab->loadState() != LoadState::Idle)
        text = tr("%1 (loading)", "name of a tab").arg(text);
    text = plain::menuText(OutsideText(text));
    if (tabText(index) != text)
        setTabText(index, text);
    refreshIcon(index);
    updateSpinner();
    update(tabRect(index));
}

void TabBar::refreshIcon(int index)
{
    if (index < 0 || index >= count())
        return;
    const Tab *tab = m_tabs.at(index);
    if (tab->crash())
        setTabIcon(index, standardIcon(QStringLiteral("tab-crashed"), chrome::error(palette())));
    else if (!tab->icon().isNull())
        setTabIcon(index, QIcon(QPixmap::fromImage(tab->icon())));
    else
        setTabIcon(index, fallbackIcon(tab->url()));
}

void TabBar::refreshCloseButtons()
{
    // In a crowd only the active tab has one, so that a click on a narrow tab does not close it.
    const bool crowded = m_tabWidth < 96;
    for (int i = 0; i < count(); ++i) {
        QWidget *button = tabButton(i, QTabBar::RightSide);
        if (!button)
            continue;
        plain::setToolTip(
            button,
            OutsideText(
                tr("Close tab (%1)").arg(QKeySequence(QKeySequence::Close).toString(QKeySequence::NativeText))));
        button->setAccessibleName(tr("Close tab"));
        button->setStyle(style()); // a style is not handed on to children
        button->setVisible(!crowded || i == currentIndex());
    }
}

void TabBar::updateSpinner()
{
    bool loading = false;
    for (int i = 0; i < m_tabs.count(); ++i)
        loading = loading || m_tabs.at(i)->loadState() != LoadState::Idle;
    if (loading && !m_spinner.isActive())
        m_spinner.start();
    else if (!loading)
        m_spinner.stop();
}

RichText TabBar::toolTipOf(const Tab &tab) const
{
    RichText text;
    text.bold(tab.title()).line(OutsideText(tab.url()));
    if (!tab.siteKey().isEmpty())
        text.line(OutsideText(tr("Site: %1").arg(shownSite(tab.siteKey()))));
    if (tab.crash())
        text.line(OutsideText(tab.crash()->sentence()));
    else if (tab.isDiscarded())
        text.line(OutsideText(tr("Discarded to save memory; loads again when shown.")));
    else if (tab.rendererPid() > 0)
        text.line(OutsideText(tr("Renderer pid %1 — try: kill -9 %1").arg(tab.rendererPid())));
    return text;
}

bool TabBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int index = tabAt(help->pos());
        if (index >= 0)
            plain::showToolTip(help->globalPos(), toolTipOf(*m_tabs.at(index)), this, tabRect(index));
        return true;
    }
    return QTabBar::event(event);
}

void TabBar::changeEvent(QEvent *event)
{
    QTabBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        for (int i = 0; i < count(); ++i)
            refreshIcon(i);
    }
}

void TabBar::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton) {
        m_middlePressed = tabAt(event->position().toPoint());
        return;
    }
    QTabBar::mousePressEvent(event);
}

void TabBar::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton) {
        const int index = tabAt(event->position().toPoint());
        if (index >= 0 && index == m_middlePressed) {
            Q_EMIT closedByPointer();
            m_tabs.close(m_tabs.at(index));
        }
        m_middlePressed = -1;
        return;
    }
    QTabBar::mouseReleaseEvent(event);
}

void TabBar::contextMenuEvent(QContextMenuEvent *event)
{
    const bool fromKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const int index = fromKeyboard ? currentIndex() : tabAt(event->pos());
    if (index < 0)
        return event->ignore();
    const QPoint position = fromKeyboard ? mapToGlobal(tabRect(index).bottomLeft()) : event->globalPos();
    Q_EMIT contextMenuRequested(m_tabs.at(index), position);
}

void TabBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete && currentIndex() >= 0)
        return m_tabs.close(m_tabs.at(currentIndex()));
    QTabBar::keyPressEvent(event);
}

void TabBar::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() && !event->source())
        event->acceptProposedAction();
}

void TabBar::dragMoveEvent(QDragMoveEvent *event)
{
    if (event->mimeData()->hasUrls() && !event->source())
        event->acceptProposedAction();
}

void TabBar::dropEvent(QDropEvent *event)
{
    // From another program: what is dragged inside this one is not the person's word.
    if (!event->mimeData()->hasUrls() || event->source())
        return;
    event->acceptProposedAction();
    Q_EMIT urlsDropped(event->mimeData()->urls(), tabAt(event->position().toPoint()));
}

} // namespace bulkhead
