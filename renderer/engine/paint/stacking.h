// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/box_tree.h"
#include "renderer/engine/layout/layout_tree.h"
#include "renderer/engine/style/document_styles.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// How a box takes part in the painting order (CSS 2.1 appendix E).
enum class Layering : std::uint8_t {
    InFlow,     ///< in one of the steps of what contains it
    Positioned, ///< as if it made a stacking context, but without one: z-index: auto
    Context,    ///< a stacking context
};

/// Whether transforms apply to a box (css-transforms-1 2): not to inline ones and columns.
bool isTransformable(const Box &box);

/// Which fragments are layers, and in which order the layers of a stacking context are painted: gathered once.
class Stacking
{
public:
    Stacking(const BoxTree &boxes, const DocumentStyles &styles, const LayoutTree &tree);

    Layering layering(BoxId box) const { return m_layering[std::size_t(box)]; }
    bool isLayer(const Fragment &fragment) const
    {
        return fragment.box != BoxId::None && fragment.kind != FragmentKind::Line &&
               fragment.kind != FragmentKind::Text && layering(fragment.box) != Layering::InFlow;
    }
    /// A flex or grid item: painted as a whole.
    bool isItem(BoxId box) const { return m_isItem[std::size_t(box)]; }
    /// Numbers in the order of the document, with flex and grid items in that of their "order" property.
    std::uint32_t order(BoxId box) const { return m_order[std::size_t(box)]; }
    /// Some box has an "order": children of flex and grid containers have to be sorted.
    bool hasOrder() const { return m_hasOrder; }

    /// Layers of the stacking context of a fragment: those below its own content, and those above.
    std::span<const FragmentId> below(FragmentId context) const;
    std::span<const FragmentId> above(FragmentId context) const;

private:
    struct Entry
    {
        FragmentId context = FragmentId::None;
        int z = 0;
        std::uint32_t order = 0;
        FragmentId fragment = FragmentId::None;
    };

    void visitBoxes();
    void classify(BoxId id);
    void gather();
    FragmentId contextOf(const Fragment &fragment) const;
    std::span<const FragmentId> range(FragmentId context, bool isBelow) const;

    const BoxTree &m_boxes;
    const DocumentStyles &m_styles;
    const LayoutTree &m_tree;
    std::vector<Layering> m_layering;
    std::vector<bool> m_isItem;
    std::vector<std::uint32_t> m_order;
    std::vector<BoxId> m_contextBox; ///< the nearest ancestor that is one
    bool m_hasOrder = false;
    std::vector<Entry> m_entries;        // sorted
    std::vector<FragmentId> m_fragments; // of m_entries
};

} // namespace bulkhead::engine
