// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/zoom_row.h"

#include "browser/desktop/window/window_actions.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/plain_text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>

namespace bulkhead {

ZoomRow::ZoomRow(const WindowActions &actions, QWidget *parent)
    : QWidget(parent), m_actions(actions), m_zoom(new FlatButton(this))
{
    setFocusPolicy(Qt::StrongFocus);
    m_zoom->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_zoom->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0000 %")) + 12);
    m_zoom->setToolTip(tr("Actual size"));
    connect(m_zoom, &QToolButton::clicked, actions.zoomReset, &QAction::trigger);
    auto *out = new FlatButton(actions.zoomOut, this);
    auto *in = new FlatButton(actions.zoomIn, this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(28, 1, 6, 1);
    layout->setSpacing(2);
    layout->addWidget(new QLabel(tr("Zoom"), this), 1);
    for (FlatButton *button : {out, m_zoom, in}) {
        button->setFocusPolicy(Qt::NoFocus); // the row has it for them
        layout->addWidget(button);
    }
    setZoom(1.0);
}

void ZoomRow::setZoom(double zoom)
{
    const QString text = tr("%1 %", "zoom").arg(qRound(zoom * 100));
    plain::setText(m_zoom, OutsideText(text));
    plain::setAccessibleName(m_zoom, OutsideText(tr("Zoom %1, reset to actual size").arg(text)));
    plain::setAccessibleName(this, OutsideText(tr("Zoom %1").arg(text)));
    setAccessibleDescription(tr("Left and Right zoom out and in, Enter resets"));
}

void ZoomRow::keyPressEvent(QKeyEvent *event)
{
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Left:
        return (rightToLeft ? m_actions.zoomIn : m_actions.zoomOut)->trigger();
    case Qt::Key_Right:
        return (rightToLeft ? m_actions.zoomOut : m_actions.zoomIn)->trigger();
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return m_actions.zoomReset->trigger();
    default:
        QWidget::keyPressEvent(event); // the menu's
    }
}

void ZoomRow::paintEvent(QPaintEvent *)
{
    if (hasFocus())
        QPainter(this).fillRect(rect(), chrome::hover(palette()));
}

} // namespace bulkhead
