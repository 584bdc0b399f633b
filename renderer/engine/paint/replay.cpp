// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/replay.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>

namespace bulkhead::engine {

namespace {

// Groups in groups: each costs a picture of its size.
constexpr int mostLayers = 16;

} // namespace

Replay::Replay(const DisplayList &list, QPainter &painter, const QRect &damage, const Highlights &highlights)
    : m_list(list), m_painter(painter), m_damage(damage), m_highlights(highlights), m_base(painter.worldTransform())
{
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    m_painter.setRenderHint(QPainter::SmoothPixmapTransform, true);
}

Replay::~Replay()
{
    m_painter.restore();
}

void Replay::run(std::span<const std::uint32_t> items)
{
    for (std::size_t i = 0; i < items.size(); ++i) {
        const DisplayItem &item = m_list.items()[items[i]];
        const EffectId current = m_layers.empty() ? EffectId::None : m_layers.back().effect;
        if (item.state.effect != current)
            enterEffects(items.subspan(i), item.state.effect);
        if (!m_hasState || item.state != m_state)
            enterState(item.state);
        if (m_canPaint)
            paintItem(item);
    }
    leaveState();
    while (!m_layers.empty())
        closeLayer();
}

bool Replay::isInside(EffectId inner, EffectId outer) const
{
    const int depth = m_list.states().effect(outer).depth;
    while (m_list.states().effect(inner).depth > depth)
        inner = m_list.states().effect(inner).parent;
    return inner == outer;
}

void Replay::enterEffects(std::span<const std::uint32_t> rest, EffectId effect)
{
    leaveState();
    while (!m_layers.empty() && !isInside(effect, m_layers.back().effect))
        closeLayer();
    std::vector<EffectId> missing;
    const EffectId reached = m_layers.empty() ? EffectId::None : m_layers.back().effect;
    for (EffectId one = effect; one != reached; one = m_list.states().effect(one).parent)
        missing.push_back(one);
    for (auto one = missing.rbegin(); one != missing.rend() && m_layers.size() < mostLayers; ++one)
        openLayer(rest, *one);
}

// In logical device pixels: what the group's items reach of the damage.
QRect Replay::layerArea(std::span<const std::uint32_t> rest, EffectId effect) const
{
    const PaintStates &states = m_list.states();
    QRectF area;
    for (std::uint32_t id : rest) {
        const DisplayItem &item = m_list.items()[id];
        if (!isInside(item.state.effect, effect))
            break;
        area |= states.toDocument(states.space(item.state.space).frame).mapRect(QRectF(item.bounds));
    }
    return m_base.mapRect(area.intersected(QRectF(m_damage))).toAlignedRect();
}

void Replay::openLayer(std::span<const std::uint32_t> rest, EffectId effect)
{
    const QRect area = layerArea(rest, effect);
    const double ratio = m_painter.device() ? m_painter.device()->devicePixelRatioF() : 1;
    Layer layer;
    layer.effect = effect;
    layer.origin = area.topLeft();
    layer.opacity = double(m_list.states().effect(effect).opacity);
    const QSize size = (QSizeF(area.size()) * ratio).toSize().expandedTo({1, 1});
    layer.image = std::make_unique<QImage>(size.boundedTo({16384, 16384}), QImage::Format_ARGB32_Premultiplied);
    if (layer.image->isNull()) // no memory for it: nothing of it is seen
        *layer.image = QImage(1, 1, QImage::Format_ARGB32_Premultiplied);
    layer.image->setDevicePixelRatio(ratio);
    layer.image->fill(Qt::transparent);
    layer.base = m_base * QTransform::fromTranslate(-area.x(), -area.y());
    m_layers.push_back(std::move(layer));
    Layer &opened = m_layers.back();
    opened.painter = std::make_unique<QPainter>(opened.image.get());
    opened.painter->setRenderHints(m_painter.renderHints());
    opened.painter->setWorldTransform(opened.base);
}

void Replay::closeLayer()
{
    leaveState();
    Layer layer = std::move(m_layers.back());
    m_layers.pop_back();
    layer.painter.reset();
    QPainter &below = painter();
    const QPoint origin = m_layers.empty() ? QPoint() : m_layers.back().origin;
    below.save();
    below.resetTransform();
    below.setOpacity(layer.opacity);
    below.drawImage(layer.origin - origin, *layer.image);
    below.restore();
}

void Replay::leaveState()
{
    if (m_hasState)
        painter().restore();
    m_hasState = false;
}

void Replay::enterState(const PaintState &state)
{
    leaveState();
    const PaintStates &states = m_list.states();
    QPainter &to = painter();
    to.save();
    m_hasState = true;
    m_state = state;
    std::vector<ClipId> clips;
    for (ClipId clip = state.clip; clip != ClipId::None; clip = states.clip(clip).parent)
        clips.push_back(clip);
    for (auto id = clips.rbegin(); id != clips.rend(); ++id) {
        const Clip &clip = states.clip(*id);
        to.setWorldTransform(states.toDocument(clip.space) * base());
        if (!clip.area.isRounded() && to.worldTransform().type() <= QTransform::TxScale) {
            to.setClipRect(clip.area.rect, Qt::IntersectClip);
        } else {
            const Smooth smooth(to);
            to.setClipPath(clip.area.path(), Qt::IntersectClip);
        }
    }
    const QTransform &toDocument = states.toDocument(state.space);
    bool canInvert = true;
    m_damageInSpace = toDocument.inverted(&canInvert).mapRect(QRectF(m_damage));
    const QTransform device = toDocument * base();
    m_scale = std::sqrt(std::abs(device.determinant()));
    m_canPaint = canInvert && m_scale > 1e-6 && std::isfinite(m_scale);
    to.setWorldTransform(device);
}

void Replay::paintItem(const DisplayItem &item)
{
    if (item.kind == DisplayItem::Kind::Drawing) {
        m_list.drawingOf(item).paint(painter(), {m_damageInSpace, m_scale, &m_highlights});
        return;
    }
    const DisplayList::ColoredRect &fill = m_list.fillOf(item);
    if (painter().worldTransform().type() <= QTransform::TxScale) {
        painter().fillRect(fill.rect, fill.color);
    } else {
        const Smooth smooth(painter());
        painter().fillRect(fill.rect, fill.color);
    }
}

} // namespace bulkhead::engine
