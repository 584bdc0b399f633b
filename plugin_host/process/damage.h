// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/frames/frame_surface.h"
#include "plugin_host/sdk/bulkhead/plugin.h"

#include <vector>

namespace bulkhead {

/// A region as a few rectangles that do not overlap. Exact for as long as they are few; then it covers more. Plain
/// value.
class Damage
{
public:
    static constexpr std::size_t MostRects = 16; ///< limits::FrameDamageRects

    void add(bulkhead_rect rect);
    void add(const Damage &other);
    void clear() { m_rects.clear(); }
    /// Moves it, and drops what is then outside 0, 0, @p width, @p height.
    void moveWithin(int dx, int dy, int width, int height);

    /// What of it @p other does not cover, exactly, in any number of rectangles.
    std::vector<bulkhead_rect> without(const Damage &other) const;

    bool isEmpty() const { return m_rects.empty(); }
    const std::vector<bulkhead_rect> &rects() const { return m_rects; }
    long long area() const;

private:
    std::vector<bulkhead_rect> m_rects;
};

/// Empty (width 0) when they do not overlap.
bulkhead_rect intersected(const bulkhead_rect &a, const bulkhead_rect &b);
bulkhead_rect united(const bulkhead_rect &a, const bulkhead_rect &b);
inline bool isEmpty(const bulkhead_rect &rect)
{
    return rect.width <= 0 || rect.height <= 0;
}

template <>
struct RegionTraits<Damage>
{
    static Damage of(const PixelRect &rect);
    static Damage clipped(const Damage &region, const PixelRect &frame);
    static void add(Damage &to, const Damage &region) { to.add(region); }
    static std::vector<PixelRect> without(const Damage &region, const Damage &hole);
    static long long cost(const Damage &region) { return region.area(); }
    static void write(const Damage &region, wire::FrameReady &frame);
};

} // namespace bulkhead
