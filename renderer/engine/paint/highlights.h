// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QColor>

#include <cstdint>
#include <vector>

namespace bulkhead::engine {

/// Parts of the document's text (offsets in LayoutTree::text) that are marked: selected or found.
struct HighlightLayer
{
    struct Range
    {
        std::uint32_t start = 0, end = 0;
    };
    std::vector<Range> ranges; ///< sorted; none touches another
    QColor background;
    QColor foreground; ///< invalid: the text keeps its colour
};

/// The later lie over the earlier.
using Highlights = std::vector<HighlightLayer>;

} // namespace bulkhead::engine
