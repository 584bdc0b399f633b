// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/box_painting.h"
#include "renderer/html/font_face.h"

#include <QRect>

#include <cstdint>
#include <functional>
#include <memory>
#include <variant>
#include <vector>

namespace bulkhead {

/// A word where the layout put it.
struct TextItem
{
    std::shared_ptr<const ShapedText> shaped;
    const FontFace *face = nullptr;
    QColor color;
    QRect rect;       ///< as laid out
    int baseline = 0; ///< y
    int run = -1;     ///< of the document's text; -1 for list numbers and the like
};

/// What lies behind and over one word while it is selected or found.
struct Highlight
{
    QRect rect;
    QColor background;
};

/// What the engine drew, recorded once per layout and replayed in part: the cost of paint() follows the damage. Order
/// is painting order. Items are filed under horizontal bands; the few that span many bands are looked at every time.
class DisplayList
{
public:
    using HighlightsOf = std::function<void(int run, std::vector<Highlight> &out)>;

    void addText(TextItem item);
    void addBackground(BackgroundBox box);
    void addBorder(BorderBox box);
    void addMarker(ListMarker marker);
    void pushClip(const QRect &rect, const CornerRadii &radii);
    void popClip();

    /// After everything was added and the texts know their runs: files the items. @p highlightArea gives the rectangle
    /// that highlighting a run may paint.
    void finish(const std::function<QRect(int run)> &highlightArea);

    std::vector<TextItem> &texts() { return m_texts; }
    /// Where @p image is drawn.
    QRect boundsOf(const PageImage &image) const;
    bool isEmpty() const { return m_items.empty(); }

    /// The painter is in document coordinates and clipped to @p damage.
    void paint(QPainter &painter, const QRect &damage, const HighlightsOf &highlights) const;

private:
    enum class Kind : std::uint8_t { Text, Background, Border, Marker };

    struct Item
    {
        Kind kind;
        int index;
        int clip;
        QRect bounds;
    };

    struct Clip
    {
        int parent = -1;
        QRect rect; // intersected with the parents'
        QRect own;
        CornerRadii radii;
    };

    void add(Kind kind, std::size_t index, const QRect &bounds);
    void enterClip(QPainter &painter, int clip) const;
    void ensureGlyphs(const TextItem &item) const;
    void paintText(QPainter &painter, const TextItem &item, const HighlightsOf &highlights) const;

    static constexpr int bandHeight = 256;
    static constexpr int maxBandsPerItem = 32;

    std::vector<Item> m_items;
    std::vector<TextItem> m_texts;
    std::vector<BackgroundBox> m_backgrounds;
    std::vector<BorderBox> m_borders;
    std::vector<ListMarker> m_markers;
    std::vector<Clip> m_clips;
    int m_clip = -1;
    std::vector<std::vector<std::uint32_t>> m_bands;
    std::vector<std::uint32_t> m_tall;
    mutable std::vector<std::weak_ptr<const ShapedText>> m_shaped; // have glyphs; a ring once full
    mutable std::size_t m_nextShaped = 0;
};

} // namespace bulkhead
