// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/tab_strip.h"

#include "browser/widgets/color_scheme.h"
#include "browser/widgets/flat_button.h"

#include <QAction>
#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace bulkhead {

namespace {
constexpr int Inset = 6;
}

TabStrip::TabStrip(TabList &tabs, QAction *newTab, QWidget *parent)
    : QWidget(parent), m_bar(new TabBar(tabs, this)), m_new(new FlatButton(newTab, this)), m_newTab(newTab)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_bar, &TabBar::closedByPointer, this, [this] { m_keepWidth = m_bar->underMouse(); });
    connect(&tabs, &TabList::tabInserted, this, [this] {
        m_keepWidth = false;
        arrange(Width::Fit);
    });
    connect(&tabs, &TabList::tabRemoved, this, [this] { arrange(m_keepWidth ? Width::Keep : Width::Fit); });
}

QSize TabStrip::sizeHint() const
{
    return {400, std::max(38, fontMetrics().height() + 22)};
}

QSize TabStrip::minimumSizeHint() const
{
    return {TabBar::NarrowestTab * 2 + m_new->sizeHint().width() + 2 * Inset, sizeHint().height()};
}

void TabStrip::arrange(Width keep)
{
    const QSize button = m_new->sizeHint();
    const int space = width() - 2 * Inset - button.width() - 4;
    const int count = std::max(1, m_bar->count());
    if (keep == Width::Fit)
        m_bar->setTabWidth(std::clamp(space / count, TabBar::NarrowestTab, TabBar::WidestTab));
    const int barWidth = std::min(space, m_bar->tabWidth() * m_bar->count());
    const QRect bar(Inset, 0, barWidth, height());
    const QRect plus(QPoint(bar.right() + 5, (height() - button.height()) / 2 + 1), button);
    m_bar->setGeometry(QStyle::visualRect(layoutDirection(), rect(), bar));
    m_new->setGeometry(QStyle::visualRect(layoutDirection(), rect(), plus));
    update();
}

void TabStrip::resizeEvent(QResizeEvent *)
{
    arrange(Width::Fit);
}

void TabStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), chrome::strip(palette()));
    painter.fillRect(QRect(0, height() - 1, width(), 1), chrome::line(palette()));
}

void TabStrip::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_newTab->trigger();
}

bool TabStrip::event(QEvent *event)
{
    if (event->type() == QEvent::Leave && m_keepWidth) {
        m_keepWidth = false;
        arrange(Width::Fit);
    } else if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange) {
        arrange(Width::Fit);
    }
    return QWidget::event(event);
}

} // namespace bulkhead
