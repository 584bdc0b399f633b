// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/traffic/traffic_timeline.h"

#include "browser/tools/map/map_node.h"
#include "browser/tools/traffic/traffic_log.h"
#include "browser/widgets/color_scheme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {
constexpr double Margin = 8;
constexpr double LabelWidth = 74;
} // namespace

TrafficTimeline::TrafficTimeline(const TrafficLog &log, QWidget *parent) : QWidget(parent), m_log(log)
{
    setAccessibleName(tr("Time axis"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setToolTip(tr("Click to see that moment in both lists"));
}

void TrafficTimeline::setEnd(qint64 microseconds)
{
    m_end = microseconds;
    update();
}

void TrafficTimeline::setMark(qint64 microseconds)
{
    m_mark = microseconds;
    update();
}

qint64 TrafficTimeline::end() const
{
    if (m_end != 0)
        return m_end;
    const qint64 message = m_log.messages().empty() ? 0 : m_log.messages().back().microseconds;
    const qint64 frame = m_log.frames().empty() ? 0 : m_log.frames().back().handedOver;
    return std::max(message, frame);
}

double TrafficTimeline::xOf(qint64 microseconds) const
{
    const double perSecond = (width() - LabelWidth - Margin) / Seconds;
    return width() - Margin - double(end() - microseconds) / 1e6 * perSecond;
}

qint64 TrafficTimeline::timeAt(double x) const
{
    const double perSecond = (width() - LabelWidth - Margin) / Seconds;
    return end() - qint64((width() - Margin - x) / perSecond * 1e6);
}

void TrafficTimeline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), chrome::bar(palette()));
    const double left = LabelWidth;
    const double lane = (height() - 16) / 3.0;
    const qint64 start = timeAt(left);
    const QColor socket = map::socketColor(palette());
    const QColor memory = map::memoryColor(palette());

    // So many messages per pixel: a tick's height is the logarithm of it.
    const int columns = std::max(1, width());
    std::vector<int> sent(std::size_t(columns), 0), received(std::size_t(columns), 0);
    const auto &messages = m_log.messages();
    for (auto message = messages.rbegin(); message != messages.rend() && message->microseconds >= start; ++message) {
        const int x = int(xOf(message->microseconds));
        if (x >= int(left) && x < columns)
            ++(message->way == TrafficMessage::Way::Sent ? sent : received)[std::size_t(x)];
    }
    const auto drawTicks = [&](const std::vector<int> &counts, double y) {
        for (int x = 0; x < columns; ++x) {
            if (const int count = counts[std::size_t(x)]) {
                const double h = std::min(1.0, (1 + std::log2(count)) / 6) * (lane - 4);
                painter.fillRect(QRectF(x, y + lane - 2 - h, 1.4, h), socket);
            }
        }
    };
    drawTicks(sent, 0);
    drawTicks(received, lane);
    // A frame from handing over to screen.
    const auto &frames = m_log.frames();
    for (auto frame = frames.rbegin(); frame != frames.rend() && frame->handedOver >= start; ++frame) {
        const double from = xOf(frame->handedOver - frame->paintMicroseconds);
        const double to = std::max(from + 1.5, xOf(frame->shown ? frame->shown : frame->handedOver));
        const bool dropped = frame->fate == TrafficFrame::Fate::Superseded;
        painter.fillRect(
            QRectF(from, 2 * lane + (dropped ? lane * 0.6 : 3), to - from, dropped ? lane * 0.3 : lane - 6),
            dropped ? chrome::error(palette()) : memory);
    }

    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.82);
    painter.setFont(small);
    painter.setPen(chrome::faintText(palette()));
    const QString names[] = {tr("to pages →"), tr("from pages ←"), tr("frames ▣")};
    for (int i = 0; i < 3; ++i)
        painter.drawText(QRectF(4, i * lane, LabelWidth - 8, lane), Qt::AlignRight | Qt::AlignVCenter, names[i]);
    painter.setPen(chrome::line(palette()));
    for (int i = 1; i <= 3; ++i)
        painter.drawLine(QPointF(left, i * lane), QPointF(width() - Margin, i * lane));
    for (int second = 0; second <= int(Seconds); second += 2) {
        const double x = xOf(end() - second * 1'000'000LL);
        painter.setPen(chrome::faintText(palette()));
        painter.drawText(QRectF(x - 40, 3 * lane, 80, 16), Qt::AlignHCenter | Qt::AlignVCenter,
                         second == 0 ? (m_end == 0 ? tr("now") : QStringLiteral("0 s")) : tr("−%1 s").arg(second));
    }
    if (m_mark >= start && m_mark <= end()) {
        painter.setPen(QPen(chrome::accent(palette()), 1.5));
        painter.drawLine(QPointF(xOf(m_mark), 0), QPointF(xOf(m_mark), 3 * lane));
    }
}

void TrafficTimeline::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && end() > 0)
        Q_EMIT picked(timeAt(event->position().x()));
}

void TrafficTimeline::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton && end() > 0)
        Q_EMIT picked(timeAt(event->position().x()));
}

void TrafficTimeline::wheelEvent(QWheelEvent *event)
{
    const qint64 newest = m_log.messages().empty() ? 0 : m_log.messages().back().microseconds;
    const qint64 moved = end() + qint64(event->angleDelta().y() / 120.0 * -0.5e6);
    setEnd(moved >= newest ? 0 : moved);
    event->accept();
}

} // namespace bulkhead
