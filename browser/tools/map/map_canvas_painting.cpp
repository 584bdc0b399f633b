// SPDX-License-Identifier: BSD-3-Clause
// How MapCanvas draws: the scene that stands still, dots on its lines, processes that fall.
#include "browser/tools/map/map_canvas.h"

#include "browser/tools/map/map_lines.h"
#include "browser/tools/model/figures.h"
#include "browser/widgets/color_scheme.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace bulkhead {

namespace {
constexpr double DotRadius = 2.6;
}

QRect MapCanvas::pictureRect(const Node &n)
{
    return QRectF(n.position - n.picture.origin(), n.picture.pixmap().deviceIndependentSize())
        .toAlignedRect()
        .adjusted(-1, -1, 1, 1);
}

void MapCanvas::drawScene(QPainter &painter, const QRegion &part)
{
    painter.fillRect(part.boundingRect(), chrome::bar(palette()));
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Node &n : m_nodes) {
        const QRectF line = QRectF(m_nodes.front().position, n.position).normalized().adjusted(-12, -12, 12, 12);
        if (part.intersects(line.toAlignedRect()))
            drawEdges(painter, n);
    }
    for (const Node &n : m_nodes) {
        if (!part.intersects(pictureRect(n)))
            continue;
        if (n.size >= 1) {
            painter.drawPixmap(n.position - n.picture.origin(), n.picture.pixmap());
            continue;
        }
        painter.save();
        painter.translate(n.position);
        painter.scale(std::max(0.05, n.size), std::max(0.05, n.size));
        painter.setOpacity(n.size);
        painter.drawPixmap(-n.picture.origin(), n.picture.pixmap());
        painter.restore();
    }
    m_figures = {};
    for (const quint64 key : {m_hovered, m_selected}) {
        if (const Node *n = key ? node(key) : nullptr; n && m_moving >= 1)
            drawEdgeFigures(painter, *n);
        if (m_hovered == m_selected)
            break;
    }
    drawLegend(painter);
}

void MapCanvas::drawEdges(QPainter &painter, const Node &n) const
{
    const Node *center = centerNode();
    if (&n == center)
        return;
    const double from = m_layout.centerRadius;
    const double to = m_layout.radius * n.size;
    const int regions = std::min(map::RegionsAtMost, int(n.info.regions.size()));
    const double first = -regions / 2.0;
    QColor color = map::socketColor(palette());
    if (n.info.role == ProcessRole::Zygote)
        color = map::roleColor(n.info.role, palette());
    painter.setPen(
        QPen(color, 1.3, n.info.hasSandbox || n.info.role == ProcessRole::Zygote ? Qt::SolidLine : Qt::DotLine));
    painter.drawLine(map::lineBeside(center->position, from, n.position, to, first));
    QColor memory = map::memoryColor(palette());
    for (int i = 0; i < regions; ++i) {
        const QLineF line = map::lineBeside(center->position, from, n.position, to, first + i + 1);
        memory.setAlphaF(0.28f);
        painter.setPen(QPen(memory, 4.5, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(line);
        memory.setAlphaF(0.9f);
        painter.setPen(QPen(memory, 1.1));
        painter.drawLine(line);
    }
}

void MapCanvas::drawEdgeFigures(QPainter &painter, const Node &n) const
{
    if (&n == centerNode() || n.info.role == ProcessRole::Zygote)
        return;
    const ProcessRates &rates = n.info.rates;
    QStringList lines{
        tr("→ %1 msg/s, %2").arg(figures::perSecond(rates.sentMessages), figures::bytesPerSecond(rates.sentBytes)),
        tr("← %1 msg/s, %2")
            .arg(figures::perSecond(rates.receivedMessages), figures::bytesPerSecond(rates.receivedBytes))};
    if (!n.info.regions.isEmpty())
        lines << tr("▣ %1 frames/s, %2, %3")
                     .arg(figures::perSecond(rates.frames), figures::bytesPerSecond(rates.frameBytes),
                          figures::bytes(double(n.info.sharedBytes())));
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.85);
    painter.setFont(small);
    const QFontMetricsF metrics(small);
    double width = 0;
    for (const QString &text : lines)
        width = std::max(width, metrics.horizontalAdvance(text));
    QRectF box(0, 0, width + 14, metrics.height() * double(lines.size()) + 8);
    box.moveCenter((centerNode()->position + n.position) / 2);
    m_figures = box;
    painter.setPen(QPen(chrome::line(palette()), 1));
    painter.setBrush(chrome::bar(palette()));
    painter.drawRoundedRect(box, 5, 5);
    double y = box.top() + 4;
    for (int i = 0; i < lines.size(); ++i) {
        painter.setPen(i < 2 ? map::socketColor(palette()) : map::memoryColor(palette()));
        painter.drawText(QRectF(box.left() + 7, y, width + 1, metrics.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         lines[i]);
        y += metrics.height();
    }
}

void MapCanvas::drawLegend(QPainter &painter) const
{
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.88);
    painter.setFont(small);
    const QFontMetricsF metrics(small);
    const double y = height() - metrics.height() * 0.5 - 6;
    double x = 10;
    const auto entry = [&](const QColor &color, double thickness, const QString &text) {
        if (x + 24 + metrics.horizontalAdvance(text) > width() - 6)
            return;
        painter.setPen(QPen(color, thickness));
        painter.drawLine(QPointF(x, y), QPointF(x + 18, y));
        painter.setPen(chrome::faintText(palette()));
        painter.drawText(QPointF(x + 24, y + metrics.ascent() / 2 - 1), text);
        x += 24 + metrics.horizontalAdvance(text) + 22;
    };
    entry(map::socketColor(palette()), 1.4, tr("socket: messages"));
    entry(map::memoryColor(palette()), 4, tr("shared memory: frames"));
    entry(map::roleColor(ProcessRole::Renderer, palette()), 2.5, tr("rings: sandbox layers"));
    entry(map::roleColor(ProcessRole::Zygote, palette()), 1.4, tr("zygote: forks the others"));
}

template <class Draw>
void MapCanvas::forDots(const Node &n, Draw draw) const
{
    const Node *center = centerNode();
    if (&n == center || n.size < 1)
        return;
    const int regions = std::min(map::RegionsAtMost, int(n.info.regions.size()));
    const double first = -regions / 2.0;
    const QColor socket = map::socketColor(palette());
    const QColor memory = map::memoryColor(palette());
    const auto along = [&](const QLineF &line, int count, bool inwards, const QColor &color) {
        if (line.isNull())
            return;
        for (int i = 0; i < count; ++i) {
            double at = std::fmod(n.phase + double(i) / count + (inwards ? 0.37 : 0), 1.0);
            if (inwards)
                at = 1 - at;
            draw(line.pointAt(at), color);
        }
    };
    const QLineF line = map::lineBeside(center->position, m_layout.centerRadius, n.position, m_layout.radius, first);
    along(line, map::dotCount(n.info.rates.sentMessages), false, socket);
    along(line, map::dotCount(n.info.rates.receivedMessages), true, socket);
    if (regions > 0)
        along(map::lineBeside(center->position, m_layout.centerRadius, n.position, m_layout.radius, first + 1),
              map::dotCount(n.info.rates.frames), true, memory);
}

QRegion MapCanvas::dotRegion() const
{
    QList<QRect> rects;
    const auto add = [&rects](QPointF at, const QColor &) {
        rects << QRectF(at.x() - DotRadius - 1, at.y() - DotRadius - 1, 2 * DotRadius + 2, 2 * DotRadius + 2)
                     .toAlignedRect();
    };
    for (const Node &n : m_nodes)
        forDots(n, add);
    QRegion region;
    for (const QRect &rect : std::as_const(rects))
        region += rect;
    return region;
}

QRect MapCanvas::fallingRect(const Falling &falling) const
{
    const QRectF node(falling.node.position - falling.node.picture.origin(),
                      falling.node.picture.pixmap().deviceIndependentSize());
    const QPointF center = centerNode() ? centerNode()->position : QPointF();
    return node.united(QRectF(center, QSizeF(1, 1))).adjusted(-20, -20, 20, 80).toAlignedRect();
}

void MapCanvas::drawFalling(QPainter &painter, const Falling &falling) const
{
    const Node &n = falling.node;
    const bool still = m_motion == Motion::Reduced;
    const double t = still ? 0.25 : std::clamp(double(falling.since.elapsed()) / 1000 / FallSeconds, 0.0, 1.0);
    const double drop = still ? 0 : t * t * 60;
    const QColor red = chrome::error(palette());
    painter.save();
    painter.setOpacity(still ? 1 : 1 - t * t);
    if (const Node *center = centerNode()) {
        // The line breaks in the middle; the outer half swings down with the process.
        const QLineF line(center->position, n.position);
        painter.setPen(QPen(red, 1.6, Qt::DashLine));
        QLineF stump(line.pointAt(m_layout.centerRadius / std::max(1.0, line.length())), line.pointAt(0.45));
        stump.setAngle(stump.angle() - (still ? 0 : 25 * t * (stump.dx() >= 0 ? 1 : -1)));
        painter.drawLine(stump);
        painter.drawLine(line.pointAt(0.6) + QPointF(0, drop * 0.6), n.position + QPointF(0, drop));
    }
    painter.translate(n.position + QPointF(0, drop));
    if (!still)
        painter.rotate(t * 18);
    const double r = n.picture.radius() * 0.8;
    painter.setPen(QPen(red, 2));
    painter.setBrush(chrome::mix(chrome::bar(palette()), red, 0.25));
    painter.drawEllipse(QPointF(), r, r);
    painter.setPen(QPen(red, 3, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(-r, -r) * 0.4, QPointF(r, r) * 0.4);
    painter.drawLine(QPointF(-r, r) * 0.4, QPointF(r, -r) * 0.4);
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.88);
    small.setWeight(QFont::DemiBold);
    painter.setFont(small);
    const QString text = n.info.ended ? n.info.ended->code() : QString();
    painter.drawText(QRectF(-110, r + 4, 220, QFontMetricsF(small).height() * 2),
                     Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                     QStringLiteral("%1 · %2").arg(n.info.pid).arg(text));
    painter.restore();
}

void MapCanvas::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    if (m_scene.isNull()) {
        painter.fillRect(rect(), chrome::bar(palette()));
        return;
    }
    const qreal ratio = m_scene.devicePixelRatio();
    for (const QRect &part : event->region())
        painter.drawPixmap(QRectF(part), m_scene, QRectF(QPointF(part.topLeft()) * ratio, QSizeF(part.size()) * ratio));
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_motion == Motion::Full && m_moving >= 1) {
        painter.setPen(Qt::NoPen);
        for (const Node &n : m_nodes) {
            forDots(n, [this, &painter](QPointF at, const QColor &color) {
                if (m_figures.contains(at))
                    return;
                painter.setBrush(color);
                painter.drawEllipse(at, DotRadius, DotRadius);
            });
        }
    }
    for (const Falling &falling : m_falling)
        drawFalling(painter, falling);
    if (hasFocus() && m_selected == 0) {
        painter.setPen(QPen(chrome::accent(palette()), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

} // namespace bulkhead
