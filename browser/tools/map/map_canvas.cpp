// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/map/map_canvas.h"

#include "browser/tools/map/map_lines.h"
#include "browser/widgets/plain_text.h"

#include <QPainter>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace bulkhead {

namespace {

constexpr std::chrono::milliseconds FrameTime{
    40}; // 25 a second: dots run smoothly, at half the cost of the screen's rate
constexpr double MoveSeconds = 0.35;
constexpr double StillSeconds = 3;    // how long a dead process is shown when nothing moves
constexpr double DotsPerSecond = 0.7; // lengths of the line

double eased(double t)
{
    return 1 - std::pow(1 - std::clamp(t, 0.0, 1.0), 3);
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
    return std::min(map::RegionsAtMost, int(info.regions.size())) * 2 + info.hasSandbox;
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

bool MapCanvas::hasTraffic() const
{
    return std::any_of(m_nodes.begin(), m_nodes.end(), [](const Node &n) {
        return map::dotCount(n.info.rates.messages()) + map::dotCount(n.info.rates.frames) > 0;
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

} // namespace bulkhead
