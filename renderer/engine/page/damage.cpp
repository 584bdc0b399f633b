// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/damage.h"

#include "renderer/engine/page/fragment_map.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

// Shadows and outlines reach out of boxes.
constexpr int overhang = 40;

} // namespace

QRect paintedArea(const Rendering &rendering, const std::vector<NodeId> &elements)
{
    const Document &document = rendering.document();
    std::vector<bool> counts(document.nodeCount(), false);
    for (const NodeId element : elements) {
        for (NodeId id = element; id != NodeId::None && !counts[std::size_t(id)]; id = document.nextInTree(id, element))
            counts[std::size_t(id)] = true;
    }
    QRectF area;
    const FragmentMap map(rendering.tree(), *rendering.list());
    for (std::size_t i = 0; i < rendering.tree().fragments.size(); ++i) {
        const BoxId box = rendering.tree().fragments[i].box;
        const NodeId node = box == BoxId::None ? NodeId::None : rendering.boxes().box(box).node;
        if (node != NodeId::None && counts[std::size_t(node)])
            area |= map.rect(FragmentId(i));
    }
    return area.isEmpty() ? QRect() : area.toAlignedRect().adjusted(-overhang, -overhang, overhang, overhang);
}

std::optional<QRect> damageOf(const Snapshot &before, const Rendering &now, const std::vector<NodeId> &elements)
{
    const bool isSameLayout =
        before.documentSize == now.documentSize() &&
        std::equal(before.fragments.begin(), before.fragments.end(), now.tree().fragments.begin(),
                   now.tree().fragments.end(), [](const Fragment &a, const Fragment &b) {
                       return a.box == b.box && a.parent == b.parent && a.offset == b.offset && a.size == b.size;
                   });
    if (!isSameLayout)
        return {};
    return before.area | paintedArea(now, elements);
}

} // namespace bulkhead::engine
