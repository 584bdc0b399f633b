// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/float_area.h"

#include <algorithm>
#include <iterator>

namespace bulkhead::engine {

namespace {

constexpr FloatArea::Band Free{LayoutUnit::min(), LayoutUnit::max()};

} // namespace

FloatArea::Band FloatArea::bandAt(LayoutUnit top, LayoutUnit bottom, LayoutUnit left, LayoutUnit right) const
{
    Band band{left, right};
    if (m_isEmpty)
        return band;
    auto at = std::prev(m_bands.upper_bound(top));
    do {
        band.left = std::max(band.left, at->second.left);
        band.right = std::min(band.right, at->second.right);
        ++at;
    } while (at != m_bands.end() && at->first < bottom);
    return band;
}

std::optional<LayoutUnit> FloatArea::nextEdge(LayoutUnit y) const
{
    const auto next = m_bands.upper_bound(y);
    return next == m_bands.end() ? std::nullopt : std::optional(next->first);
}

LayoutUnit FloatArea::findRoom(LayoutUnit y, LayoutUnit width, LayoutUnit left, LayoutUnit right) const
{
    if (m_isEmpty)
        return y;
    auto at = std::prev(m_bands.upper_bound(y));
    for (; at != m_bands.end(); ++at) {
        const LayoutUnit from = std::max(left, at->second.left);
        const LayoutUnit to = std::min(right, at->second.right);
        if (to - from >= width || (from == left && to == right))
            return std::max(y, at->first);
    }
    return y; // not reached: the last band is free
}

LayoutPoint FloatArea::place(Float side, LayoutSize size, LayoutUnit y, LayoutUnit left, LayoutUnit right)
{
    y = std::max(y, m_lowestTop);
    LayoutPoint position{side == Float::Left ? left : right - size.width, y};
    if (!m_isEmpty) {
        for (auto at = std::prev(m_bands.upper_bound(y)); at != m_bands.end(); ++at) {
            const Band &band = at->second;
            const LayoutUnit from = std::max(left, band.left);
            const LayoutUnit to = std::min(right, band.right);
            position = {side == Float::Left ? from : to - size.width, std::max(y, at->first)};
            if (to - from >= size.width)
                break;
            // A float that is too wide for its containing block sticks out of it where no other float of its side is
            // before it (rule 7), but not into one of the other side (rule 3).
            if (side == Float::Left ? band.left == Free.left && from + size.width <= band.right
                                    : band.right == Free.right && to - size.width >= band.left)
                break;
        }
    }
    add(side, position, size);
    return position;
}

FloatArea::Bands::iterator FloatArea::splitAt(LayoutUnit y)
{
    const auto after = m_bands.upper_bound(y);
    const auto at = std::prev(after);
    return at->first == y ? at : m_bands.emplace_hint(after, y, at->second);
}

void FloatArea::add(Float side, LayoutPoint position, LayoutSize size)
{
    m_lowestTop = std::max(m_lowestTop, position.y);
    const LayoutUnit bottom = position.y + size.height;
    std::optional<LayoutUnit> &reach = side == Float::Left ? m_leftBottom : m_rightBottom;
    reach = reach ? std::max(*reach, bottom) : bottom;
    if (size.height <= 0)
        return;
    if (m_isEmpty)
        m_bands.emplace(LayoutUnit::min(), Free);
    m_isEmpty = false;
    auto at = splitAt(position.y);
    const auto end = splitAt(bottom);
    for (; at != end;) {
        Band &band = at->second;
        if (side == Float::Left)
            band.left = std::max(band.left, position.x + size.width);
        else
            band.right = std::min(band.right, position.x);
        if (at != m_bands.begin() && std::prev(at)->second == band)
            at = m_bands.erase(at);
        else
            ++at;
    }
}

std::optional<LayoutUnit> FloatArea::clearance(Clear clear) const
{
    switch (clear) {
    case Clear::Left:
        return m_leftBottom;
    case Clear::Right:
        return m_rightBottom;
    case Clear::Both:
        return m_leftBottom && m_rightBottom ? std::max(m_leftBottom, m_rightBottom)
               : m_leftBottom                ? m_leftBottom
                                             : m_rightBottom;
    case Clear::None:
        break;
    }
    return std::nullopt;
}

} // namespace bulkhead::engine
