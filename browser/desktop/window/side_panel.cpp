// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/side_panel.h"

#include "browser/widgets/color_scheme.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/plain_text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace bulkhead {

SidePanel::SidePanel(const QString &headline, QWidget *parent)
    : QWidget(parent), m_head(new QHBoxLayout), m_body(new QVBoxLayout)
{
    plain::setAccessibleName(this, OutsideText(headline));
    auto *title = new QLabel(this);
    plain::setText(title, OutsideText(headline));
    QFont font = title->font();
    font.setWeight(QFont::DemiBold);
    font.setPointSizeF(font.pointSizeF() * 1.15);
    title->setFont(font);
    auto *close = new FlatButton(this, FlatButton::Size::Small);
    close->setMeaning(QStringLiteral("window-close"), tr("Close %1").arg(headline));
    m_first = close;
    connect(close, &QToolButton::clicked, this, &SidePanel::closeRequested);
    m_head->setSpacing(2);
    m_head->addWidget(title, 1);
    m_head->addWidget(close);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(15, 10, 10, 10);
    column->setSpacing(8);
    column->addLayout(m_head);
    column->addLayout(m_body, 1);
}

void SidePanel::focusFirst()
{
    m_first->setFocus(Qt::ShortcutFocusReason);
}

void SidePanel::addHeadButton(QWidget *button)
{
    m_head->insertWidget(m_head->count() - 1, button);
}

void SidePanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), chrome::bar(palette()));
    const int x = layoutDirection() == Qt::RightToLeft ? width() - 1 : 0;
    painter.fillRect(QRect(x, 0, 1, height()), chrome::line(palette()));
}

void SidePanel::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Cancel))
        return Q_EMIT closeRequested();
    QWidget::keyPressEvent(event);
}

} // namespace bulkhead
