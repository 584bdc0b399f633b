// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"
#include "renderer/engine/style/keywords.h"

#include <map>
#include <optional>

namespace bulkhead::engine {

/// The margin boxes of a block formatting context's floats, in its coordinates (CSS 2.1 9.5.1).
///
/// Kept as two step functions of y, how far left and right floats reach in, in bands of one map. A float that is added
/// mostly reaches further in than all before it at its height, so that its bands join: adding and asking cost little
/// however many floats there are.
class FloatArea
{
public:
    /// Between floats, at some height.
    struct Band
    {
        LayoutUnit left;
        LayoutUnit right;
        LayoutUnit width() const { return right - left; }
        friend bool operator==(const Band &, const Band &) = default;
    };

    bool isEmpty() const { return m_isEmpty; }
    /// What is free of [left, right] throughout [top, bottom), or at top alone when bottom is not below it.
    Band bandAt(LayoutUnit top, LayoutUnit bottom, LayoutUnit left, LayoutUnit right) const;
    /// Where the free space next changes below @p y; nothing when no float reaches below it.
    std::optional<LayoutUnit> nextEdge(LayoutUnit y) const;
    /// The first place from @p y on where a box of @p width has room in [left, right] beside floats, or where there are
    /// none.
    LayoutUnit findRoom(LayoutUnit y, LayoutUnit width, LayoutUnit left, LayoutUnit right) const;

    /// Finds the place of the margin box of @p size that would like to be at @p y, and takes it. A containing block of
    /// [left, right] it is in.
    LayoutPoint place(Float side, LayoutSize size, LayoutUnit y, LayoutUnit left, LayoutUnit right);
    void add(Float side, LayoutPoint position, LayoutSize size);

    /// The bottom of all floats that @p clear is about; nothing when there are none.
    std::optional<LayoutUnit> clearance(Clear clear) const;
    std::optional<LayoutUnit> bottom() const { return clearance(Clear::Both); }
    /// No later float may be higher than this (rule 5).
    LayoutUnit lowestTop() const { return m_lowestTop; }

private:
    using Bands = std::map<LayoutUnit, Band>; // from their top to the next one's

    Bands::iterator splitAt(LayoutUnit y);

    Bands m_bands; // the first begins at the least of all lengths; the widest range means no float
    bool m_isEmpty = true;
    LayoutUnit m_lowestTop = LayoutUnit::min();
    std::optional<LayoutUnit> m_leftBottom, m_rightBottom;
};

} // namespace bulkhead::engine
