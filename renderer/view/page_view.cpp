// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/view/page_view.h"

#include "ipc/channel/limits.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>

namespace bulkhead {

PageView::PageView(QObject *parent) : QObject(parent)
{
    m_paintTimer.setSingleShot(true);
    m_paintTimer.setInterval(0);
    connect(&m_paintTimer, &QTimer::timeout, this, &PageView::paint);
}

void PageView::setPage(Page *page)
{
    m_page = page;
    m_ready = false;
    if (m_page)
        updateViewport();
}

void PageView::setReadyToPaint()
{
    if (m_ready)
        return;
    m_ready = true;
    invalidateAll();
}

void PageView::configure(const wire::ViewState &state)
{
    const QSize size(int(std::min(state.size().width(), limits::FrameEdge)),
                     int(std::min(state.size().height(), limits::FrameEdge)));
    const qreal scale = std::clamp(state.device_pixel_ratio(), 0.1, 16.0);
    const qreal zoom = std::clamp(state.zoom(), 0.1, 10.0);
    const bool geometry = size != m_size || scale != m_scale || zoom != m_zoom;
    m_visible = state.visible();
    if (geometry) {
        const qreal factor = (scale * zoom) / (m_scale * m_zoom);
        m_size = size;
        m_scale = scale;
        m_zoom = zoom;
        // What was at the top stays at the top.
        m_scroll = QPoint(qRound(m_scroll.x() * factor), qRound(m_scroll.y() * factor));
        updateViewport();
        m_everything = true;
    }
    schedulePaint();
}

Result<void> PageView::setBuffers(const wire::Framebuffers &message, Fds fds)
{
    Result<void> result = m_writer.setBuffers(message, std::move(fds));
    m_everything = true;
    schedulePaint();
    return result;
}

void PageView::releaseBuffer(const wire::FrameReleased &message)
{
    m_writer.release(message);
    schedulePaint();
}

void PageView::updateViewport()
{
    if (!m_page || m_size.isEmpty())
        return;
    m_page->setViewport(QSize(int(std::floor(m_size.width() / scale())), int(std::floor(m_size.height() / scale()))),
                        scale());
    m_scroll = clamped(m_scroll);
}

void PageView::invalidate(const QRect &rect)
{
    // Also where the newest frame is: the view may be scrolled back before the next one.
    const QRect view(QPoint(), m_size);
    m_damage += QRegion(view).united(view.translated(m_paintedScroll - m_scroll)) & toView(rect);
    schedulePaint();
}

void PageView::invalidateAll()
{
    m_everything = true;
    schedulePaint();
}

void PageView::contentSizeChanged()
{
    m_scroll = clamped(m_scroll);
    m_stateChanged = true;
    schedulePaint();
}

QPoint PageView::scrollPosition() const
{
    return QPoint(qRound(m_scroll.x() / scale()), qRound(m_scroll.y() / scale()));
}

void PageView::scrollTo(QPoint position)
{
    setScroll(QPoint(qRound(position.x() * scale()), qRound(position.y() * scale())));
}

bool PageView::scrollBy(QPoint delta)
{
    const QPoint before = m_scroll;
    setScroll(m_scroll + delta);
    if (m_scroll == before)
        return false;
    Q_EMIT scrolled();
    return true;
}

void PageView::scrollIntoView(const QRect &rect)
{
    const QRect target = toView(rect);
    const QRect view(QPoint(), m_size);
    if (view.contains(target))
        return;
    QPoint delta;
    if (target.top() < view.top() || target.bottom() > view.bottom())
        delta.setY(target.center().y() - view.height() / 3);
    if (target.left() < view.left() || target.right() > view.right())
        delta.setX(target.left() - view.width() / 8);
    setScroll(m_scroll + delta);
}

QPoint PageView::clamped(QPoint devicePosition) const
{
    if (!m_page)
        return {};
    const QSize content = m_page->contentSize();
    const int right = std::max(0, int(std::ceil(content.width() * scale())) - m_size.width());
    const int bottom = std::max(0, int(std::ceil(content.height() * scale())) - m_size.height());
    return QPoint(std::clamp(devicePosition.x(), 0, right), std::clamp(devicePosition.y(), 0, bottom));
}

void PageView::setScroll(QPoint devicePosition)
{
    const QPoint position = clamped(devicePosition);
    if (position == m_scroll)
        return;
    m_damage.translate(m_scroll - position);
    m_scroll = position;
    m_stateChanged = true;
    schedulePaint();
}

QPoint PageView::toDocument(QPoint viewPosition) const
{
    const QPointF p = QPointF(viewPosition + m_scroll) / scale();
    return QPoint(int(std::floor(p.x())), int(std::floor(p.y())));
}

QRect PageView::toView(const QRect &rect) const
{
    // One pixel more on each side: antialiased edges at fractional scales.
    const qreal s = scale();
    const qint64 left = qint64(std::floor(rect.left() * s)) - m_scroll.x() - 1;
    const qint64 top = qint64(std::floor(rect.top() * s)) - m_scroll.y() - 1;
    const qint64 right = qint64(std::ceil((qint64(rect.left()) + rect.width()) * s)) - m_scroll.x() + 1;
    const qint64 bottom = qint64(std::ceil((qint64(rect.top()) + rect.height()) * s)) - m_scroll.y() + 1;
    const auto clip = [](qint64 v) { return int(std::clamp<qint64>(v, -(1 << 24), 1 << 24)); };
    return QRect(QPoint(clip(left), clip(top)), QPoint(clip(right) - 1, clip(bottom) - 1));
}

void PageView::schedulePaint()
{
    if (m_visible && m_ready && m_page && !m_size.isEmpty() && m_writer.hasFreeBuffer() &&
        (m_everything || m_stateChanged || !m_damage.isEmpty() || m_scroll != m_paintedScroll) &&
        !m_paintTimer.isActive())
        m_paintTimer.start();
}

void PageView::paint()
{
    if (!m_visible || !m_ready || !m_page)
        return;
    QElapsedTimer clock;
    clock.start();
    const QRect whole(QPoint(), m_size);
    const QPoint moved = m_everything ? QPoint() : m_paintedScroll - m_scroll;
    auto canvas = m_writer.begin(m_size, m_everything ? QRegion(whole) : m_damage, moved);
    if (!canvas)
        return; // no free buffer, or the new size's buffers are still on their way: their arrival schedules again

    const QColor background = m_page->backgroundColor();
    if (!canvas->paint.isEmpty()) {
        QPainter painter(&canvas->image);
        painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform);
        const qreal s = scale();
        for (const QRect &rect : canvas->paint) {
            painter.resetTransform();
            painter.setClipRect(rect);
            painter.fillRect(rect, background);
            painter.translate(-m_scroll);
            painter.scale(s, s);
            const QPoint from(int(std::floor((rect.left() + m_scroll.x()) / s)) - 1,
                              int(std::floor((rect.top() + m_scroll.y()) / s)) - 1);
            const QPoint to(int(std::ceil((rect.right() + 1 + m_scroll.x()) / s)) + 1,
                            int(std::ceil((rect.bottom() + 1 + m_scroll.y()) / s)) + 1);
            painter.save();
            m_page->paint(painter, QRect(from, to));
            painter.restore();
        }
    }
    wire::FrameReady frame;
    m_writer.end(frame);
    frame.set_device_pixel_ratio(m_scale);
    const QPoint scroll = scrollPosition();
    frame.mutable_scroll()->set_x(scroll.x());
    frame.mutable_scroll()->set_y(scroll.y());
    const QSize content = m_page->contentSize();
    frame.mutable_content()->set_width(std::uint32_t(std::max(0, content.width())));
    frame.mutable_content()->set_height(std::uint32_t(std::max(0, content.height())));
    frame.set_background(background.rgba());
    frame.set_input_event_id(m_newestInput);
    frame.set_paint_microseconds(std::uint32_t(clock.nsecsElapsed() / 1000));
    m_paintedScroll = m_scroll;
    m_damage = {};
    m_everything = false;
    m_stateChanged = false;
    Q_EMIT framePainted(frame);
}

} // namespace bulkhead
