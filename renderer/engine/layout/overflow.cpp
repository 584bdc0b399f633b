// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/overflow.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace bulkhead::engine {

namespace {

LayoutRect united(const LayoutRect &a, const LayoutRect &b)
{
    const LayoutUnit left = std::min(a.left(), b.left());
    const LayoutUnit top = std::min(a.top(), b.top());
    return {{left, top}, {std::max(a.right(), b.right()) - left, std::max(a.bottom(), b.bottom()) - top}};
}

std::vector<FragmentId> parentsFirst(const LayoutTree &tree)
{
    std::vector<FragmentId> order;
    order.reserve(tree.fragments.size());
    if (tree.root != FragmentId::None)
        order.push_back(tree.root);
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (FragmentId child = tree.fragment(order[i]).firstChild; child != FragmentId::None;
             child = tree.fragment(child).next)
            order.push_back(child);
    }
    return order;
}

} // namespace

void computeOverflow(LayoutTree &tree, const BoxTree &boxes, const DocumentStyles &styles)
{
    const std::vector<FragmentId> order = parentsFirst(tree);
    std::vector<LayoutRect> reach(tree.fragments.size());
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        const Fragment &fragment = tree.fragment(*at);
        LayoutRect &area = reach[std::size_t(*at)];
        // Children, which came before, have added theirs; boxes count with their border boxes.
        const LayoutRect own{{}, fragment.size};
        area = united(area, own);
        LayoutRect outside = area;
        if (fragment.kind == FragmentKind::Box || fragment.kind == FragmentKind::InlineBox) {
            tree.geometries[fragment.extra].scrollable = area;
            const ComputedStyle &style = styles.style(boxes.box(fragment.box).style);
            if (fragment.kind == FragmentKind::Box && *at != tree.root &&
                (style.isScrollContainer() || style.overflowX == Overflow::Clip))
                outside = own;
        }
        if (fragment.parent == FragmentId::None)
            continue;
        const bool isFixed = fragment.parent == tree.root && fragment.box != BoxId::None &&
                             styles.style(boxes.box(fragment.box).style).position == Position::Fixed;
        if (isFixed)
            continue;
        outside.origin = outside.origin + fragment.offset;
        LayoutRect &above = reach[std::size_t(fragment.parent)];
        above = united(above, outside);
    }
    if (tree.root == FragmentId::None)
        return;
    const LayoutRect &all = reach[std::size_t(tree.root)];
    tree.documentSize = {std::max(all.right(), tree.fragment(tree.root).size.width),
                         std::max(all.bottom(), tree.fragment(tree.root).size.height)};
}

} // namespace bulkhead::engine
