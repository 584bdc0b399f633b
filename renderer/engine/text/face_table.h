// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/faces.h"
#include "renderer/engine/text/typeface.h"

#include <QHash>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace bulkhead::engine {

/// Faces at a size, by the numbers that shaped glyphs carry. A number keeps its meaning.
class FaceTable final : public Faces
{
public:
    struct Key
    {
        std::shared_ptr<const Typeface> typeface;
        float size = 0;
        bool isBold = false;    ///< made so
        bool isSlanted = false; ///< likewise

        bool operator==(const Key &) const = default;
    };

    /// The number of that face. When there are 65,535, the first of the typeface at another size.
    std::uint16_t add(const Key &key);
    const Key &key(std::uint16_t face) const { return m_entries[face].key; }
    hb_font_t *hbFont(std::uint16_t face);
    const PaintFace &paintFace(std::uint16_t face) override;

private:
    struct Entry
    {
        Key key;
        HbFont shaping;                 // made when needed
        std::optional<PaintFace> paint; // likewise
    };

    std::vector<Entry> m_entries;
    QHash<std::size_t, std::vector<std::uint16_t>> m_byHash;
};

} // namespace bulkhead::engine
