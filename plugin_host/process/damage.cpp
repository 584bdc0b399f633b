// SPDX-License-Identifier: BSD-3-Clause
#include "plugin_host/process/damage.h"

#include <algorithm>

namespace bulkhead {

bulkhead_rect intersected(const bulkhead_rect &a, const bulkhead_rect &b)
{
    const int left = std::max(a.x, b.x);
    const int top = std::max(a.y, b.y);
    const int right = std::min(a.x + a.width, b.x + b.width);
    const int bottom = std::min(a.y + a.height, b.y + b.height);
    if (right <= left || bottom <= top)
        return {0, 0, 0, 0};
    return {left, top, right - left, bottom - top};
}

bulkhead_rect united(const bulkhead_rect &a, const bulkhead_rect &b)
{
    const int left = std::min(a.x, b.x);
    const int top = std::min(a.y, b.y);
    return {left, top, std::max(a.x + a.width, b.x + b.width) - left, std::max(a.y + a.height, b.y + b.height) - top};
}

void Damage::add(bulkhead_rect rect)
{
    if (bulkhead::isEmpty(rect))
        return;
    // What overlaps becomes one; that may then overlap others.
    for (auto it = m_rects.begin(); it != m_rects.end();) {
        if (bulkhead::isEmpty(intersected(*it, rect))) {
            ++it;
            continue;
        }
        rect = united(*it, rect);
        m_rects.erase(it);
        it = m_rects.begin();
    }
    m_rects.push_back(rect);
    if (m_rects.size() <= MostRects)
        return;
    for (const bulkhead_rect &other : m_rects)
        rect = united(rect, other);
    m_rects = {rect};
}

void Damage::add(const Damage &other)
{
    for (const bulkhead_rect &rect : std::vector<bulkhead_rect>(other.m_rects))
        add(rect);
}

void Damage::moveWithin(int dx, int dy, int width, int height)
{
    std::vector<bulkhead_rect> moved;
    for (const bulkhead_rect &rect : m_rects) {
        const bulkhead_rect kept =
            intersected({rect.x + dx, rect.y + dy, rect.width, rect.height}, {0, 0, width, height});
        if (!bulkhead::isEmpty(kept))
            moved.push_back(kept);
    }
    m_rects = std::move(moved);
}

std::vector<bulkhead_rect> Damage::without(const Damage &other) const
{
    std::vector<bulkhead_rect> left = m_rects;
    for (const bulkhead_rect &hole : other.m_rects) {
        std::vector<bulkhead_rect> pieces;
        for (const bulkhead_rect &rect : left) {
            const bulkhead_rect cut = intersected(rect, hole);
            if (bulkhead::isEmpty(cut)) {
                pieces.push_back(rect);
                continue;
            }
            const int right = cut.x + cut.width, bottom = cut.y + cut.height;
            for (const bulkhead_rect &piece : {bulkhead_rect{rect.x, rect.y, rect.width, cut.y - rect.y},
                                               bulkhead_rect{rect.x, bottom, rect.width, rect.y + rect.height - bottom},
                                               bulkhead_rect{rect.x, cut.y, cut.x - rect.x, cut.height},
                                               bulkhead_rect{right, cut.y, rect.x + rect.width - right, cut.height}}) {
                if (!bulkhead::isEmpty(piece))
                    pieces.push_back(piece);
            }
        }
        left = std::move(pieces);
    }
    return left;
}

long long Damage::area() const
{
    long long sum = 0;
    for (const bulkhead_rect &rect : m_rects)
        sum += static_cast<long long>(rect.width) * rect.height;
    return sum;
}

Damage RegionTraits<Damage>::of(const PixelRect &rect)
{
    Damage damage;
    damage.add({rect.x, rect.y, rect.width, rect.height});
    return damage;
}

Damage RegionTraits<Damage>::clipped(const Damage &region, const PixelRect &frame)
{
    Damage inside;
    for (const bulkhead_rect &rect : region.rects())
        inside.add(intersected(rect, {frame.x, frame.y, frame.width, frame.height}));
    return inside;
}

std::vector<PixelRect> RegionTraits<Damage>::without(const Damage &region, const Damage &hole)
{
    std::vector<PixelRect> rects;
    for (const bulkhead_rect &rect : region.without(hole))
        rects.push_back({rect.x, rect.y, rect.width, rect.height});
    return rects;
}

void RegionTraits<Damage>::write(const Damage &region, wire::FrameReady &frame)
{
    for (const bulkhead_rect &rect : region.rects()) {
        wire::Rect *damage = frame.add_damage();
        damage->set_x(rect.x);
        damage->set_y(rect.y);
        damage->set_width(std::uint32_t(rect.width));
        damage->set_height(std::uint32_t(rect.height));
    }
}

} // namespace bulkhead
