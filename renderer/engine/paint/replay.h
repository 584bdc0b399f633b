// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/display_list.h"

#include <QImage>
#include <QPainter>
#include <QRect>
#include <QTransform>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// Paints items of a display list: enters and leaves their spaces, clips and groups.
class Replay
{
public:
    /// Everything must outlive it.
    Replay(const DisplayList &list, QPainter &painter, const QRect &damage, const Highlights &highlights);
    ~Replay();
    Q_DISABLE_COPY_MOVE(Replay)

    /// @p items are sorted.
    void run(std::span<const std::uint32_t> items);

private:
    // A group that is being painted into a picture of its own.
    struct Layer
    {
        EffectId effect = EffectId::None;
        QPoint origin;                 // in the device's logical pixels
        std::unique_ptr<QImage> image; // stays where it is: the painter knows its address
        std::unique_ptr<QPainter> painter;
        QTransform base;
        double opacity = 1;
    };

    QPainter &painter() { return m_layers.empty() ? m_painter : *m_layers.back().painter; }
    const QTransform &base() const { return m_layers.empty() ? m_base : m_layers.back().base; }
    void enterEffects(std::span<const std::uint32_t> rest, EffectId effect);
    void openLayer(std::span<const std::uint32_t> rest, EffectId effect);
    void closeLayer();
    bool isInside(EffectId inner, EffectId outer) const;
    QRect layerArea(std::span<const std::uint32_t> rest, EffectId effect) const;
    void enterState(const PaintState &state);
    void leaveState();
    void paintItem(const DisplayItem &item);

    const DisplayList &m_list;
    QPainter &m_painter;
    const QRect m_damage;
    const Highlights &m_highlights;
    const QTransform m_base;
    std::vector<Layer> m_layers;
    bool m_hasState = false;
    PaintState m_state;
    QRectF m_damageInSpace;
    double m_scale = 1;
    bool m_canPaint = true; // not flattened to nothing
};

} // namespace bulkhead::engine
