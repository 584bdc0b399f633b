// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/frame_index.h"

#include <algorithm>
#include <cstddef>

namespace bulkhead::engine {

namespace {

constexpr int leastBandHeight = 256;
constexpr int mostBands = 8192;
constexpr int mostBandsPerItem = 32;
constexpr std::size_t fewItems = 64; // not worth bands

} // namespace

void FrameIndex::add(std::uint32_t item, const QRect &bounds)
{
    if (bounds.isEmpty())
        return;
    m_bounds = m_bounds.isNull() ? bounds : m_bounds | bounds;
    m_entries.push_back({item, bounds.top(), bounds.bottom()});
}

int FrameIndex::bandOf(int y) const
{
    const int band = int((qint64(y) - m_bounds.top()) / m_bandHeight);
    return std::clamp(band, 0, std::max(0, int(m_bands.size()) - 1));
}

void FrameIndex::build()
{
    const qint64 height = qint64(m_bounds.bottom()) - m_bounds.top() + 1;
    m_bandHeight = int(std::max<qint64>(leastBandHeight, height / mostBands + 1));
    if (m_entries.size() > fewItems)
        m_bands.resize(std::size_t(height / m_bandHeight + 1));
    for (const Entry &entry : m_entries) {
        const int first = bandOf(entry.top), last = bandOf(entry.bottom);
        if (m_bands.empty() || last - first >= mostBandsPerItem) {
            m_tall.push_back(entry.item);
            continue;
        }
        for (int band = first; band <= last; ++band)
            m_bands[std::size_t(band)].push_back(entry.item);
    }
    m_entries = {};
}

void FrameIndex::collect(const QRect &area, std::vector<std::uint32_t> &items) const
{
    if (!area.intersects(m_bounds))
        return;
    items.insert(items.end(), m_tall.begin(), m_tall.end());
    if (m_bands.empty())
        return;
    for (int band = bandOf(area.top()), last = bandOf(area.bottom()); band <= last; ++band)
        items.insert(items.end(), m_bands[std::size_t(band)].begin(), m_bands[std::size_t(band)].end());
}

} // namespace bulkhead::engine
