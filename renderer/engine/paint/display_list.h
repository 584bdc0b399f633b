// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/fragment.h"
#include "renderer/engine/paint/drawing.h"
#include "renderer/engine/paint/frame_index.h"
#include "renderer/engine/paint/paint_state.h"

#include <QColor>
#include <QPainter>
#include <QRect>
#include <QRectF>
#include <QUrl>

#include <cstdint>
#include <memory>
#include <vector>

namespace bulkhead::engine {

/// Where and under what something is painted.
struct PaintState
{
    SpaceId space = SpaceId::Document;
    ClipId clip = ClipId::None;
    EffectId effect = EffectId::None;
    friend bool operator==(const PaintState &, const PaintState &) = default;
};

struct DisplayItem
{
    enum class Kind : std::uint8_t { Fill, Drawing } kind = Kind::Fill;
    std::uint32_t index = 0;
    PaintState state;
    QRect bounds; ///< in the coordinates of its frame
};

/// A fragment that a point can be in, in painting order.
struct HitArea
{
    FragmentId fragment = FragmentId::None;
    SpaceId space = SpaceId::Document;
    ClipId clip = ClipId::None;
    QRectF area; ///< in the coordinates of its space
};

/// Everything that a layout paints, in painting order: recorded once and replayed in part, so that the cost of paint()
/// follows the damage. Keeps references into the layout, styles and fonts it was recorded from.
class DisplayList
{
public:
    // Recording, in painting order.
    PaintStates &states() { return m_states; }
    void setState(const PaintState &state) { m_state = state; }
    const PaintState &state() const { return m_state; }
    /// Whole pixels, without antialiasing.
    void fill(const QRectF &rect, const QColor &color);
    void draw(const QRectF &bounds, std::unique_ptr<const Drawing> drawing);
    /// That what was drawn last shows a picture which may change.
    void noteImage(const QUrl &url);
    void addHitArea(FragmentId fragment, const QRectF &area);
    void addScrollArea(const ScrollArea &area) { m_scrollAreas.push_back(area); }
    void setCanvasColor(const QColor &color) { m_canvasColor = color; }
    /// After all was recorded.
    void finish();

    // Replaying.
    /// The painter is in document coordinates, at any scale, and clipped to @p damage.
    void paint(QPainter &painter, const QRect &damage, const Highlights &highlights = {}) const;
    /// What is seen where the document paints nothing: transparent when it does not say.
    const QColor &canvasColor() const { return m_canvasColor; }
    const PaintStates &states() const { return m_states; }
    const std::vector<ScrollArea> &scrollAreas() const { return m_scrollAreas; }
    const std::vector<HitArea> &hitAreas() const { return m_hitAreas; }
    const std::vector<DisplayItem> &items() const { return m_items; }
    /// The part of the document where @p url is shown now; empty when nowhere.
    QRect areaOf(const QUrl &url) const;

    // Scrolling: both change only where things are painted.
    void setViewport(const QRectF &viewport) { m_states.setViewport(viewport); }
    /// Moves the content of an area, as far as it goes. True when it did.
    bool scrollTo(std::size_t area, QPointF offset);
    QPointF scrolled(std::size_t area) const;

    struct ColoredRect
    {
        QRectF rect;
        QColor color;
    };
    const ColoredRect &fillOf(const DisplayItem &item) const { return m_fills[item.index]; }
    const Drawing &drawingOf(const DisplayItem &item) const { return *m_drawings[item.index]; }

private:
    void add(DisplayItem::Kind kind, std::size_t index, const QRectF &bounds);
    QRect damageIn(SpaceId frame, const QRect &damage) const;

    PaintStates m_states;
    PaintState m_state;
    QColor m_canvasColor = Qt::transparent;
    std::vector<DisplayItem> m_items;
    std::vector<ColoredRect> m_fills;
    std::vector<std::unique_ptr<const Drawing>> m_drawings;
    std::vector<HitArea> m_hitAreas;
    std::vector<ScrollArea> m_scrollAreas;
    std::vector<std::pair<QUrl, std::uint32_t>> m_images; // and the item
    std::vector<FrameIndex> m_frames;
};

} // namespace bulkhead::engine
