// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/navigation_bar.h"

#include "browser/desktop/window/address_bar.h"
#include "browser/desktop/window/window_actions.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace bulkhead {

namespace {

constexpr int MenuEntries = 15;

OutsideText menuText(const NavigationEntry &entry, const QFontMetrics &metrics)
{
    const OutsideText text = entry.title.isEmpty() ? OutsideText(entry.url) : OutsideText(entry.title);
    return OutsideText(metrics.elidedText(text.plain(), Qt::ElideRight, 360));
}

} // namespace

NavigationBar::NavigationBar(const WindowActions &actions, QMenu &menu, AddressBar *addressBar, QWidget *parent)
    : QWidget(parent), m_actions(actions), m_mainMenu(menu), m_back(makeHistoryButton(actions.back, Direction::Back)),
      m_forward(makeHistoryButton(actions.forward, Direction::Forward)), m_reload(new FlatButton(actions.reload, this))
{
    setAccessibleName(tr("Navigation"));
    // Children in the order one sees: the focus follows it.
    addressBar->setParent(this);
    m_downloads = new FlatButton(actions.downloads, this);
    m_menu = new FlatButton(this);
    m_menu->setMeaning(QStringLiteral("open-menu"), tr("Menu"));
    m_menu->setToolTip(tr("Menu (Alt or F10)"));
    menu.setAttribute(Qt::WA_NoMouseReplay); // a click on the button closes it, and opens no other
    connect(m_menu, &QToolButton::clicked, this, &NavigationBar::showMenu);
    connect(&menu, &QMenu::aboutToHide, m_menu, [this] { m_menu->setDown(false); });

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 5);
    layout->setSpacing(2);
    layout->addWidget(m_back);
    layout->addWidget(m_forward);
    layout->addWidget(m_reload);
    layout->addSpacing(4);
    layout->addWidget(addressBar, 1);
    layout->addSpacing(4);
    layout->addWidget(m_downloads);
    layout->addWidget(m_menu);
    setTab(nullptr);
}

FlatButton *NavigationBar::makeHistoryButton(QAction *action, Direction direction)
{
    auto *button = new FlatButton(action, this);
    auto *menu = new QMenu(button);
    menu->setAccessibleName(direction == Direction::Back ? tr("Pages to go back to") : tr("Pages to go forward to"));
    connect(menu, &QMenu::aboutToShow, this, [this, menu, direction] { fillHistoryMenu(*menu, direction); });
    button->setMenu(menu);
    button->setPopupMode(QToolButton::DelayedPopup); // by a long press; a click is the action
    button->installEventFilter(this);                // and by the right button or the menu key
    return button;
}

void NavigationBar::fillHistoryMenu(QMenu &menu, Direction direction)
{
    menu.clear();
    if (!m_tab)
        return;
    const NavigationHistory &history = m_tab->history();
    const int step = direction == Direction::Back ? -1 : 1;
    int index = history.currentIndex() + step;
    for (int n = 0; n < MenuEntries && index >= 0 && index < history.count(); ++n, index += step) {
        const NavigationEntry &entry = history.at(index);
        QAction *action = plain::addAction(&menu, fallbackIcon(entry.url), menuText(entry, fontMetrics()));
        connect(action, &QAction::triggered, this, [this, index] {
            const bool newTab = QGuiApplication::keyboardModifiers() & Qt::ControlModifier;
            Q_EMIT historyEntryPicked(index, newTab ? LinkTarget::NewBackgroundTab : LinkTarget::CurrentTab);
        });
    }
}

void NavigationBar::setTab(Tab *tab)
{
    if (m_tab)
        disconnect(m_tab, nullptr, this, nullptr);
    m_tab = tab;
    if (tab)
        connect(tab, &Tab::loadStateChanged, this, &NavigationBar::showReloadOrStop);
    showReloadOrStop();
}

void NavigationBar::showReloadOrStop()
{
    const bool loading = m_tab && m_tab->loadState() != LoadState::Idle;
    m_reload->setDefaultAction(loading ? m_actions.stop : m_actions.reload);
}

void NavigationBar::setDownloadProgress(double progress)
{
    m_downloads->setProgress(progress);
    plain::setAccessibleDescription(
        m_downloads, OutsideText(progress < 0 ? QString() : tr("%1 % downloaded").arg(int(progress * 100))));
}

void NavigationBar::openMenu()
{
    showMenu();
    m_mainMenu.setActiveAction(m_mainMenu.actions().constFirst());
}

void NavigationBar::showMenu()
{
    // Not QToolButton's way, which blocks until the menu closes and lets it hang over the window's edge.
    const int overhang = layoutDirection() == Qt::RightToLeft ? 0 : m_mainMenu.sizeHint().width() - m_menu->width();
    m_menu->setDown(true);
    m_mainMenu.popup(m_menu->mapToGlobal(QPoint(-overhang, m_menu->height())));
}

void NavigationBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), chrome::bar(palette()));
    painter.fillRect(QRect(0, height() - 1, width(), 1), chrome::line(palette()));
}

bool NavigationBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ContextMenu) {
        auto *button = qobject_cast<FlatButton *>(watched);
        if (button && button->isEnabled())
            button->showMenu();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace bulkhead
