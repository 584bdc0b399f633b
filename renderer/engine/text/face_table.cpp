// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/face_table.h"

#include <QHashFunctions>

#include <algorithm>
#include <limits>
#include <memory>

namespace bulkhead::engine {

namespace {

std::size_t hashOf(const FaceTable::Key &key)
{
    return qHashMulti(0, key.typeface.get(), key.size, key.isBold, key.isSlanted);
}

/// As FreeType widens outlines for a bold that is not there: by a thirty-fourth of the size or so.
constexpr float BoldShare = 1.0F / 34;

} // namespace

std::uint16_t FaceTable::add(const Key &key)
{
    std::vector<std::uint16_t> &same = m_byHash[hashOf(key)];
    for (const std::uint16_t face : same) {
        if (m_entries[face].key == key)
            return face;
    }
    if (m_entries.size() >= std::numeric_limits<std::uint16_t>::max()) {
        const auto other = std::find_if(m_entries.begin(), m_entries.end(),
                                        [&](const Entry &entry) { return entry.key.typeface == key.typeface; });
        return other == m_entries.end() ? 0 : std::uint16_t(other - m_entries.begin());
    }
    const auto face = std::uint16_t(m_entries.size());
    m_entries.push_back({key, nullptr, std::nullopt});
    same.push_back(face);
    return face;
}

hb_font_t *FaceTable::hbFont(std::uint16_t face)
{
    Entry &entry = m_entries[face];
    if (!entry.shaping)
        entry.shaping = entry.key.typeface->hbFont(entry.key.size);
    return entry.shaping.get();
}

const PaintFace &FaceTable::paintFace(std::uint16_t face)
{
    Entry &entry = m_entries[face];
    if (!entry.paint) {
        entry.paint.emplace();
        if (entry.key.size > 0)
            entry.paint->font = entry.key.typeface->rawFont(entry.key.size);
        entry.paint->boldBy = entry.key.isBold ? entry.key.size * BoldShare : 0;
        entry.paint->isSlanted = entry.key.isSlanted;
        if (entry.key.isBold || entry.key.isSlanted) {
            const std::shared_ptr<hb_font_t> outlines(entry.key.typeface->hbFont(entry.key.size));
            entry.paint->outline = [outlines](std::uint32_t glyph) { return Typeface::outline(outlines.get(), glyph); };
        }
    }
    return *entry.paint;
}

} // namespace bulkhead::engine
