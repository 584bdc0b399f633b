// SPDX-License-Identifier: BSD-3-Clause
// What the person does with MapCanvas: pointer, keys and menu.
#include "browser/tools/map/map_canvas.h"

#include "browser/widgets/plain_text.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

namespace bulkhead {

const MapCanvas::Node *MapCanvas::nodeAt(QPointF position) const
{
    for (const Node &n : m_nodes) {
        const QRectF text(n.position.x() - m_layout.cell.width() / 2, n.position.y(), m_layout.cell.width(),
                          m_layout.cell.height() - m_layout.radius);
        const QPointF d = position - n.position;
        const double radius = &n == centerNode() ? m_layout.centerRadius : m_layout.radius;
        if (std::hypot(d.x(), d.y()) <= radius + 3 || text.contains(position))
            return &n;
    }
    return nullptr;
}

void MapCanvas::select(quint64 key)
{
    if (m_selected == key)
        return;
    m_selected = key;
    redrawScene();
}

void MapCanvas::hover(quint64 key)
{
    if (m_hovered == key)
        return;
    m_hovered = key;
    setCursor(key ? Qt::PointingHandCursor : Qt::ArrowCursor);
    redrawScene();
}

bool MapCanvas::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (const Node *n = nodeAt(help->pos()))
            plain::showToolTip(help->globalPos(), map::explanation(n->info), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void MapCanvas::mouseMoveEvent(QMouseEvent *event)
{
    const Node *n = nodeAt(event->position());
    hover(n ? n->key : 0);
}

void MapCanvas::leaveEvent(QEvent *event)
{
    hover(0);
    QWidget::leaveEvent(event);
}

void MapCanvas::mousePressEvent(QMouseEvent *event)
{
    const Node *n = nodeAt(event->position());
    const quint64 key = n ? n->key : 0;
    const quint32 tab = n && !n->info.tasks.isEmpty() ? n->info.tasks.first().tab : 0;
    select(key);
    Q_EMIT chosen(key);
    if (event->button() == Qt::LeftButton && tab != 0)
        Q_EMIT tabRequested(tab);
}

void MapCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const Node *n = byKey ? node(m_selected) : nodeAt(event->pos());
    if (n)
        Q_EMIT menuRequested(n->key, byKey ? mapToGlobal(n->position.toPoint()) : event->globalPos());
}

void MapCanvas::step(int by)
{
    if (m_nodes.empty())
        return;
    const auto it = std::find_if(m_nodes.begin(), m_nodes.end(), [this](const Node &n) { return n.key == m_selected; });
    const int count = int(m_nodes.size());
    const int at = it == m_nodes.end() ? (by > 0 ? -1 : 0) : int(it - m_nodes.begin());
    const quint64 key = m_nodes[std::size_t((at + by + count) % count)].key;
    select(key);
    Q_EMIT chosen(key);
}

void MapCanvas::keyPressEvent(QKeyEvent *event)
{
    const Node *chosenNode = node(m_selected);
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        return step(1);
    case Qt::Key_Left:
    case Qt::Key_Up:
        return step(-1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (chosenNode && !chosenNode->info.tasks.isEmpty())
            Q_EMIT tabRequested(chosenNode->info.tasks.first().tab);
        return;
    case Qt::Key_Delete:
        if (chosenNode)
            Q_EMIT endRequested(chosenNode->key);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace bulkhead
