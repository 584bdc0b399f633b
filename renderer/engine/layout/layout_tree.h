// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/box_tree.h"
#include "renderer/engine/layout/fragment.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bulkhead::engine {

/// Where everything is: the result of layout. Independent of the box tree, but for ids in it.
struct LayoutTree
{
    std::vector<Fragment> fragments;
    std::vector<TextRun> runs;           ///< a Text fragment's extra
    std::vector<BoxGeometry> geometries; ///< a Box or InlineBox fragment's extra
    QString text;                        ///< of BoxTree
    FragmentId root = FragmentId::None;  ///< the initial containing block, as large as the viewport
    LayoutSize documentSize;             ///< what can be scrolled to, at least the viewport
    /// By BoxId: the first fragment of the box, or None. Further ones of an inline box are found by nextOfBox.
    std::vector<FragmentId> firstOfBox;
    std::vector<FragmentId> lastOfBox;

    const Fragment &fragment(FragmentId id) const { return fragments[std::size_t(id)]; }
    Fragment &fragment(FragmentId id) { return fragments[std::size_t(id)]; }
    const BoxGeometry &geometry(FragmentId id) const { return geometries[fragment(id).extra]; }
    const TextRun &run(FragmentId id) const { return runs[fragment(id).extra]; }

    /// Makes @p child, which has no parent, the last child of @p parent.
    void append(FragmentId parent, FragmentId child);
    /// From the top left of the document (or of @p ancestor's border box).
    LayoutPoint absolutePosition(FragmentId id, FragmentId ancestor = FragmentId::None) const;
};

/// The fragments as text, a line for each, for tests and for --dump-layout.
QString dumpLayout(const LayoutTree &tree, const BoxTree &boxes, const Document *document = nullptr);

} // namespace bulkhead::engine
