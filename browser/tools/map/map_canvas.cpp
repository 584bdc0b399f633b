// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/map/map_canvas.h"

#include "browser/tools/model/figures.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/plain_text.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

constexpr std::chrono::milliseconds FrameTime{
    40}; // 25 a second: dots run smoothly, at half the cost of the screen's rate
constexpr double MoveSeconds = 0.35;
constexpr double FallSeconds = 1.8;
constexpr double StillSeconds = 3;    // how long a dead process is shown when nothing moves
constexpr double DotsPerSecond = 0.7; // lengths of the line
constexpr double DotRadius = 2.6;
constexpr double LineGap = 7; // between parallel lines
constexpr int RegionsAtMost = 3;

double eased(double t)
{
    return 1 - std::pow(1 - std::clamp(t, 0.0, 1.0), 3);
}

/// Dots for so many events a second: none, then few, and never a swarm.
int dotCount(double perSecond)
{
    return perSecond < 0.05 ? 0 : std::clamp(1 + int(std::log10(std::max(1.0, perSecond))), 1, 4);
}

/// The line @p number beside the straight one between two points, cut off at both circles.
QLineF beside(QPointF from, double fromRadius, QPointF to, double toRadius, double number)
{
    QLineF line(from, to);
    if (line.length() < fromRadius + toRadius + 2)
        return {};
    const QPointF along = (to - from) / line.length();
    const QPointF aside = QPointF(-along.y(), along.x()) * LineGap * number;
    return {from + along * fromRadius + aside, to - along * toRadius + aside};
}

} // namespace

MapCanvas::MapCanvas(ProcessList &processes, QWidget *parent) : QWidget(parent), m_processes(processes)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Process map"));
    m_animation.setTimerType(Qt::CoarseTimer);
    m_animation.setInterval(FrameTime);
    connect(&m_animation, &QTimer::timeout, this, &MapCanvas::advance);
    connect(&m_processes, &ProcessList::refreshed, this, [this] {
        if (m_watch)
            refresh();
    });
    connect(&m_processes, &ProcessList::ended, this, [this](const ProcessInfo &info) {
        if (!m_watch || (info.ended && !info.ended->isAbnormal()))
            return;
        if (const Node *dying = node(info.key)) {
            Falling falling{*dying, {}};
            falling.node.info = info;
            falling.since.start();
            m_falling.push_back(std::move(falling));
            updateAnimation();
        }
    });
}

MapCanvas::~MapCanvas() = default;

void MapCanvas::setMotion(Motion motion)
{
    m_motion = motion;
    m_moving = 1;
    if (m_watch)
        refresh();
}

MapCanvas::Node *MapCanvas::node(quint64 key)
{
    const auto it = std::find_if(m_nodes.begin(), m_nodes.end(), [key](const Node &n) { return n.key == key; });
    return it == m_nodes.end() ? nullptr : &*it;
}

const MapCanvas::Node *MapCanvas::centerNode() const
{
    return m_nodes.empty() ? nullptr : &m_nodes.front();
}

QPointF MapCanvas::positionOf(quint64 key) const
{
    const Node *found = const_cast<MapCanvas *>(this)->node(key);
    return found ? found->target : QPointF();
}

void MapCanvas::refresh()
{
    const std::vector<ProcessInfo> &now = m_processes.processes();
    bool changed = std::erase_if(m_nodes, [this](const Node &n) { return !m_processes.byKey(n.key); }) > 0;
    for (const ProcessInfo &info : now) {
        if (Node *known = node(info.key)) {
            known->info = info;
            continue;
        }
        Node fresh;
        fresh.key = info.key;
        fresh.info = info;
        fresh.size = 0;
        m_nodes.push_back(std::move(fresh));
        changed = true;
    }
    std::stable_sort(m_nodes.begin(), m_nodes.end(),
                     [](const Node &a, const Node &b) { return a.info.role < b.info.role; });
    if (m_selected != 0 && !node(m_selected))
        m_selected = 0; // whoever shows what came of it keeps doing so
    if (m_hovered != 0 && !node(m_hovered))
        hover(0);
    if (changed)
        layOut();
    else if (m_moving < 1 || m_scene.isNull())
        redrawScene();
    else
        refreshScene();
    updateAnimation();
    const QString summary = tr("%n process(es)", nullptr, int(m_nodes.size()));
    plain::setAccessibleDescription(this, OutsideText(summary));
}

void MapCanvas::layOut()
{
    if (m_nodes.empty() || width() < 50 || height() < 50)
        return;
    const double line = fontMetrics().height();
    const QRectF area = QRectF(rect()).adjusted(4, 4, -4, -4 - line * 1.4);
    m_layout = MapLayout::of(int(m_nodes.size()) - 1, area, line);
    const bool isFirst = std::all_of(m_nodes.begin(), m_nodes.end(), [](const Node &n) { return n.size == 0; });
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        Node &n = m_nodes[i];
        // The text below belongs to a node, too: the middle of both is what is laid out.
        QPointF target = i == 0 ? m_layout.center : m_layout.others[i - 1];
        const double radius = i == 0 ? m_layout.centerRadius : m_layout.radius;
        target.ry() -= std::max(0.0, m_layout.cell.height() / 2 - radius) * 0.75;
        n.target = target;
        n.from = n.size == 0 ? m_layout.center : n.position;
        if (isFirst || m_motion == Motion::Reduced) {
            n.position = n.from = n.target;
            n.size = 1;
        }
    }
    m_moving = isFirst || m_motion == Motion::Reduced ? 1 : 0;
    redrawScene();
    updateAnimation();
}

int MapCanvas::linesOf(const ProcessInfo &info)
{
    return std::min(RegionsAtMost, int(info.regions.size())) * 2 + info.hasSandbox;
}

QRect MapCanvas::pictureRect(const Node &n)
{
    return QRectF(n.position - n.picture.origin(), n.picture.pixmap().deviceIndependentSize())
        .toAlignedRect()
        .adjusted(-1, -1, 1, 1);
}

void MapCanvas::redrawScene()
{
    if (m_nodes.empty() || size().isEmpty())
        return;
    const qreal ratio = devicePixelRatioF();
    const QSize pixels = (QSizeF(size()) * ratio).toSize();
    if (m_scene.size() != pixels) {
        m_scene = QPixmap(pixels);
        m_scene.setDevicePixelRatio(ratio);
    }
    for (Node &n : m_nodes) {
        n.picture.update(n.info, m_layout, {n.key == m_selected, n.key == m_hovered}, font(), palette(), ratio);
        n.lines = linesOf(n.info);
    }
    QPainter painter(&m_scene);
    drawScene(painter, rect());
    painter.end();
    QWidget::update();
}

/// Only what looks different: sixty processes that sleep cost nothing.
void MapCanvas::refreshScene()
{
    QRegion dirty;
    for (Node &n : m_nodes) {
        if (n.lines != linesOf(n.info))
            return redrawScene();
        const QRect before = pictureRect(n);
        if (n.picture.update(n.info, m_layout, {n.key == m_selected, n.key == m_hovered}, font(), palette(),
                             devicePixelRatioF()))
            dirty += before.united(pictureRect(n));
    }
    if ((m_hovered || m_selected) && m_figures.isValid())
        dirty += m_figures.toAlignedRect().adjusted(-12, -2, 12, 2); // its width follows its figures
    if (dirty.isEmpty())
        return;
    QPainter painter(&m_scene);
    painter.setClipRegion(dirty);
    drawScene(painter, dirty);
    painter.end();
    QWidget::update(dirty);
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
    const int regions = std::min(RegionsAtMost, int(n.info.regions.size()));
    const double first = -regions / 2.0;
    QColor color = map::socketColor(palette());
    if (n.info.role == ProcessRole::Zygote)
        color = map::roleColor(n.info.role, palette());
    painter.setPen(
        QPen(color, 1.3, n.info.hasSandbox || n.info.role == ProcessRole::Zygote ? Qt::SolidLine : Qt::DotLine));
    painter.drawLine(beside(center->position, from, n.position, to, first));
    QColor memory = map::memoryColor(palette());
    for (int i = 0; i < regions; ++i) {
        const QLineF line = beside(center->position, from, n.position, to, first + i + 1);
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
    const int regions = std::min(RegionsAtMost, int(n.info.regions.size()));
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
    const QLineF line = beside(center->position, m_layout.centerRadius, n.position, m_layout.radius, first);
    along(line, dotCount(n.info.rates.sentMessages), false, socket);
    along(line, dotCount(n.info.rates.receivedMessages), true, socket);
    if (regions > 0)
        along(beside(center->position, m_layout.centerRadius, n.position, m_layout.radius, first + 1),
              dotCount(n.info.rates.frames), true, memory);
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

bool MapCanvas::hasTraffic() const
{
    return std::any_of(m_nodes.begin(), m_nodes.end(), [](const Node &n) {
        return dotCount(n.info.rates.messages()) + dotCount(n.info.rates.frames) > 0;
    });
}

void MapCanvas::updateAnimation()
{
    const bool moves = m_motion == Motion::Full && (m_moving < 1 || hasTraffic());
    if (m_watch && (moves || !m_falling.empty())) {
        if (!m_animation.isActive()) {
            m_clock.start();
            m_animation.start();
        }
    } else {
        m_animation.stop();
    }
}

QRect MapCanvas::fallingRect(const Falling &falling) const
{
    const QRectF node(falling.node.position - falling.node.picture.origin(),
                      falling.node.picture.pixmap().deviceIndependentSize());
    const QPointF center = centerNode() ? centerNode()->position : QPointF();
    return node.united(QRectF(center, QSizeF(1, 1))).adjusted(-20, -20, 20, 80).toAlignedRect();
}

void MapCanvas::advance()
{
    const double seconds = double(m_clock.restart()) / 1000;
    QRegion dirty;
    const double stay = m_motion == Motion::Full ? FallSeconds : StillSeconds;
    for (const Falling &falling : m_falling)
        dirty += fallingRect(falling);
    std::erase_if(m_falling, [stay](const Falling &f) { return double(f.since.elapsed()) / 1000 > stay; });
    if (m_moving < 1) {
        m_moving = std::min(1.0, m_moving + seconds / MoveSeconds);
        for (Node &n : m_nodes) {
            n.position = n.from + (n.target - n.from) * eased(m_moving);
            n.size = std::max(n.size, eased(m_moving));
            if (m_moving >= 1)
                n.size = 1;
        }
        redrawScene();
    } else if (m_motion == Motion::Full) {
        dirty += dotRegion();
        for (Node &n : m_nodes)
            n.phase = std::fmod(n.phase + seconds * DotsPerSecond, 1.0);
        dirty += dotRegion();
    }
    if (!dirty.isEmpty())
        QWidget::update(dirty);
    updateAnimation();
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

void MapCanvas::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    for (Node &n : m_nodes)
        n.size = 0; // at their new places at once
    layOut();
}

void MapCanvas::showEvent(QShowEvent *event)
{
    if (!m_watch)
        m_watch = std::make_unique<ProcessWatch>(m_processes);
    refresh();
    QWidget::showEvent(event);
}

void MapCanvas::hideEvent(QHideEvent *event)
{
    m_watch.reset();
    m_falling.clear();
    updateAnimation();
    QWidget::hideEvent(event);
}

void MapCanvas::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        layOut();
    else if (event->type() == QEvent::PaletteChange)
        redrawScene();
}

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
