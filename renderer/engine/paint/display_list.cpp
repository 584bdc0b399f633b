// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/display_list.h"

#include "renderer/engine/paint/replay.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

namespace bulkhead::engine {

namespace {

// Integers far from overflow, whatever the style sheet says.
constexpr double farAway = 1e8;

QRect alignedRect(const QRectF &rect)
{
    const auto bounded = [](double value) { return std::isnan(value) ? 0 : std::clamp(value, -farAway, farAway); };
    const int left = int(std::floor(bounded(rect.left()))), top = int(std::floor(bounded(rect.top())));
    const int right = int(std::ceil(bounded(rect.right()))), bottom = int(std::ceil(bounded(rect.bottom())));
    return {left, top, right - left, bottom - top};
}

} // namespace

void DisplayList::add(DisplayItem::Kind kind, std::size_t index, const QRectF &bounds)
{
    const QRectF inFrame = m_states.clipped(m_state.clip, m_state.space, m_states.inFrame(m_state.space, bounds));
    m_items.push_back({kind, std::uint32_t(index), m_state, alignedRect(inFrame)});
}

void DisplayList::fill(const QRectF &rect, const QColor &color)
{
    if (color.alpha() == 0 || rect.isEmpty())
        return;
    m_fills.push_back({rect, color});
    add(DisplayItem::Kind::Fill, m_fills.size() - 1, rect);
}

void DisplayList::draw(const QRectF &bounds, std::unique_ptr<const Drawing> drawing)
{
    if (!drawing || bounds.isEmpty())
        return;
    m_drawings.push_back(std::move(drawing));
    add(DisplayItem::Kind::Drawing, m_drawings.size() - 1, bounds);
}

void DisplayList::noteImage(const QUrl &url)
{
    if (!m_items.empty() && !url.isEmpty())
        m_images.emplace_back(url, std::uint32_t(m_items.size() - 1));
}

void DisplayList::addHitArea(FragmentId fragment, const QRectF &area)
{
    if (!area.isEmpty())
        m_hitAreas.push_back({fragment, m_state.space, m_state.clip, area});
}

void DisplayList::finish()
{
    std::map<SpaceId, std::size_t> frames;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const SpaceId frame = m_states.space(m_items[i].state.space).frame;
        const auto [found, isNew] = frames.emplace(frame, m_frames.size());
        if (isNew)
            m_frames.emplace_back(frame);
        m_frames[found->second].add(std::uint32_t(i), m_items[i].bounds);
    }
    for (FrameIndex &frame : m_frames)
        frame.build();
}

// A damage that does not fit through a transform is everything: the painter is clipped in any case.
QRect DisplayList::damageIn(SpaceId frame, const QRect &damage) const
{
    bool canInvert = true;
    const QTransform inverse = m_states.toDocument(frame).inverted(&canInvert);
    return canInvert ? alignedRect(inverse.mapRect(QRectF(damage))) : QRect();
}

void DisplayList::paint(QPainter &painter, const QRect &damage, const Highlights &highlights) const
{
    if (damage.isEmpty())
        return;
    std::vector<std::uint32_t> items;
    for (const FrameIndex &frame : m_frames) {
        const QRect area = damageIn(frame.frame(), damage);
        const std::size_t before = items.size();
        frame.collect(area, items);
        const auto misses = [&](std::uint32_t item) { return !m_items[item].bounds.intersects(area); };
        items.erase(std::remove_if(items.begin() + std::ptrdiff_t(before), items.end(), misses), items.end());
    }
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    Replay(*this, painter, damage, highlights).run(items);
}

QRect DisplayList::areaOf(const QUrl &url) const
{
    QRect area;
    for (const auto &[shown, item] : m_images) {
        if (shown != url)
            continue;
        const SpaceId frame = m_states.space(m_items[item].state.space).frame;
        area |= alignedRect(m_states.toDocument(frame).mapRect(QRectF(m_items[item].bounds)));
    }
    return area;
}

bool DisplayList::scrollTo(std::size_t area, QPointF offset)
{
    const ScrollArea &scroll = m_scrollAreas.at(area);
    const QPointF to(std::clamp(offset.x(), scroll.least.x(), scroll.most.x()),
                     std::clamp(offset.y(), scroll.least.y(), scroll.most.y()));
    if (to == scrolled(area))
        return false;
    m_states.setScrolled(scroll.space, to);
    return true;
}

QPointF DisplayList::scrolled(std::size_t area) const
{
    return m_states.space(m_scrollAreas.at(area).space).scrolled;
}

} // namespace bulkhead::engine
