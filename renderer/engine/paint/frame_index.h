// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/paint_state.h"

#include <QRect>

#include <cstdint>
#include <vector>

namespace bulkhead::engine {

/// Which items of a frame may touch a rectangle: filed under horizontal bands; those that span many bands are looked at
/// every time. Knows numbers and bounds only.
class FrameIndex
{
public:
    explicit FrameIndex(SpaceId frame) : m_frame(frame) {}

    SpaceId frame() const { return m_frame; }
    const QRect &bounds() const { return m_bounds; }
    void add(std::uint32_t item, const QRect &bounds);
    /// After the last add().
    void build();
    /// Appends candidates, some of them twice, in no order.
    void collect(const QRect &area, std::vector<std::uint32_t> &items) const;

private:
    struct Entry
    {
        std::uint32_t item;
        int top, bottom;
    };

    int bandOf(int y) const;

    SpaceId m_frame;
    QRect m_bounds;
    int m_bandHeight = 256;
    std::vector<Entry> m_entries; // until build()
    std::vector<std::vector<std::uint32_t>> m_bands;
    std::vector<std::uint32_t> m_tall;
};

} // namespace bulkhead::engine
