// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/display_list.h"

#include <QTextLayout>

#include <algorithm>

namespace bulkhead {

namespace {

// Glyph positions of the words on screen are kept, those of words long gone are not: they are many times the text.
constexpr std::size_t maxShapedWords = 16'384;

QRect aligned(const QRectF &rect)
{
    return rect.toAlignedRect().adjusted(-1, -1, 1, 1);
}

} // namespace

void DisplayList::add(Kind kind, std::size_t index, const QRect &bounds)
{
    m_items.push_back({kind, int(index), m_clip, bounds});
}

void DisplayList::addText(TextItem item)
{
    const QRect bounds = aligned(item.shaped->ink.translated(item.rect.left(), item.baseline)) | item.rect;
    m_texts.push_back(std::move(item));
    add(Kind::Text, m_texts.size() - 1, bounds);
}

void DisplayList::addBackground(BackgroundBox box)
{
    if (box.color.alpha() == 0 && !box.image)
        return;
    const QRect bounds = (box.radii.isNull() ? box.area : box.area | box.border).adjusted(-1, -1, 1, 1);
    m_backgrounds.push_back(std::move(box));
    add(Kind::Background, m_backgrounds.size() - 1, bounds);
}

void DisplayList::addBorder(BorderBox box)
{
    if (!box.isVisible())
        return;
    const QRect bounds = box.rect.adjusted(-1, -1, 1, 1);
    m_borders.push_back(std::move(box));
    add(Kind::Border, m_borders.size() - 1, bounds);
}

void DisplayList::addMarker(ListMarker marker)
{
    QRect bounds = marker.rect;
    if (marker.image)
        bounds.setSize(bounds.size().expandedTo(marker.image->size()));
    m_markers.push_back(std::move(marker));
    add(Kind::Marker, m_markers.size() - 1, bounds.adjusted(-1, -1, 1, 1));
}

void DisplayList::pushClip(const QRect &rect, const CornerRadii &radii)
{
    const QRect all = m_clip < 0 ? rect : rect & m_clips[std::size_t(m_clip)].rect;
    m_clips.push_back({m_clip, all, rect, radii});
    m_clip = int(m_clips.size()) - 1;
}

void DisplayList::popClip()
{
    if (m_clip >= 0)
        m_clip = m_clips[std::size_t(m_clip)].parent;
}

void DisplayList::finish(const std::function<QRect(int run)> &highlightArea)
{
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        Item &item = m_items[i];
        if (item.kind == Kind::Text && m_texts[std::size_t(item.index)].run >= 0)
            item.bounds |= highlightArea(m_texts[std::size_t(item.index)].run);
        if (item.clip >= 0)
            item.bounds &= m_clips[std::size_t(item.clip)].rect;
        if (item.bounds.isEmpty())
            continue;
        const int first = std::max(0, item.bounds.top()) / bandHeight;
        const int last = std::max(0, item.bounds.bottom()) / bandHeight;
        if (item.bounds.bottom() < 0)
            continue;
        if (last - first >= maxBandsPerItem) {
            m_tall.push_back(std::uint32_t(i));
            continue;
        }
        if (m_bands.size() <= std::size_t(last))
            m_bands.resize(std::size_t(last) + 1);
        for (int band = first; band <= last; ++band)
            m_bands[std::size_t(band)].push_back(std::uint32_t(i));
    }
}

QRect DisplayList::boundsOf(const PageImage &image) const
{
    QRect bounds;
    for (const Item &item : m_items) {
        const bool shows =
            (item.kind == Kind::Background && m_backgrounds[std::size_t(item.index)].image.get() == &image) ||
            (item.kind == Kind::Marker && m_markers[std::size_t(item.index)].image.get() == &image);
        if (shows)
            bounds |= item.bounds;
    }
    return bounds;
}

void DisplayList::paint(QPainter &painter, const QRect &damage, const HighlightsOf &highlights) const
{
    if (damage.isEmpty())
        return;
    const QRect grown = damage.adjusted(-1, -1, 1, 1);
    std::vector<std::uint32_t> ids = m_tall;
    const std::size_t first = std::size_t(std::max(0, grown.top()) / bandHeight);
    const std::size_t last = std::size_t(std::max(0, grown.bottom()) / bandHeight);
    for (std::size_t band = first; band <= last && band < m_bands.size(); ++band)
        ids.insert(ids.end(), m_bands[band].begin(), m_bands[band].end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());

    painter.save();
    int clip = -1;
    for (std::uint32_t id : ids) {
        const Item &item = m_items[id];
        if (!item.bounds.intersects(grown))
            continue;
        if (item.clip != clip) {
            painter.restore();
            painter.save();
            enterClip(painter, item.clip);
            clip = item.clip;
        }
        switch (item.kind) {
        case Kind::Text:
            paintText(painter, m_texts[std::size_t(item.index)], highlights);
            break;
        case Kind::Background:
            paintBackground(painter, m_backgrounds[std::size_t(item.index)], grown);
            break;
        case Kind::Border:
            paintBorder(painter, m_borders[std::size_t(item.index)]);
            break;
        case Kind::Marker:
            paintMarker(painter, m_markers[std::size_t(item.index)]);
            break;
        }
    }
    painter.restore();
}

void DisplayList::enterClip(QPainter &painter, int clip) const
{
    if (clip < 0)
        return;
    const Clip &c = m_clips[std::size_t(clip)];
    painter.setClipRect(c.rect, Qt::IntersectClip);
    for (int i = clip; i >= 0; i = m_clips[std::size_t(i)].parent) {
        const Clip &rounded = m_clips[std::size_t(i)];
        if (!rounded.radii.isNull())
            painter.setClipPath(roundedPath(rounded.own, rounded.radii), Qt::IntersectClip);
    }
}

void DisplayList::ensureGlyphs(const TextItem &item) const
{
    const ShapedText &shaped = *item.shaped;
    if (!shaped.glyphs.isEmpty() || shaped.text.isEmpty())
        return;
    if (m_shaped.size() < maxShapedWords) {
        m_shaped.push_back(item.shaped);
    } else {
        if (const auto old = m_shaped[m_nextShaped].lock())
            old->glyphs.clear();
        m_shaped[m_nextShaped] = item.shaped;
        m_nextShaped = (m_nextShaped + 1) % maxShapedWords;
    }
    QTextLayout layout(shaped.text, item.face->font());
    layout.setCacheEnabled(false);
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    const qreal ascent = line.ascent();
    shaped.glyphs = layout.glyphRuns();
    // Counted from the top of the line; wanted from its baseline.
    for (QGlyphRun &run : shaped.glyphs) {
        QList<QPointF> positions = run.positions();
        for (QPointF &position : positions)
            position.ry() -= ascent;
        run.setPositions(positions);
    }
}

void DisplayList::paintText(QPainter &painter, const TextItem &item, const HighlightsOf &highlights) const
{
    if (item.run >= 0 && highlights) {
        std::vector<Highlight> marks;
        highlights(item.run, marks);
        for (const Highlight &mark : marks)
            painter.fillRect(mark.rect, mark.background);
    }
    ensureGlyphs(item);
    painter.setPen(item.color);
    for (const QGlyphRun &run : item.shaped->glyphs)
        painter.drawGlyphRun(QPointF(item.rect.left(), item.baseline), run);
    for (const TextLine &line : item.face->lines())
        painter.fillRect(QRectF(item.rect.left(), item.baseline + line.top, item.rect.width(), line.thickness),
                         item.color);
}

} // namespace bulkhead
