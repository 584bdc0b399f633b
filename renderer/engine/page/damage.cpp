// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/damage.h"

#include "renderer/engine/page/fragment_map.h"

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

namespace {

// How far shadows, outlines and slanted letters reach out of boxes.
double overhangOf(const ComputedStyle &style)
{
    const DecorationStyleGroup &decoration = *style.decoration;
    double most = 3;
    if (decoration.outline.width > 0)
        most = std::max(most, double(decoration.outline.width) + double(decoration.outlineOffset));
    const auto add = [&most](const Shadow &shadow) {
        const float offset = std::max(std::abs(shadow.x), std::abs(shadow.y));
        most = std::max(most, double(offset) + double(shadow.blur) + double(shadow.spread));
    };
    std::for_each(decoration.boxShadow.begin(), decoration.boxShadow.end(), add);
    std::for_each(style.text->textShadow.begin(), style.text->textShadow.end(), add);
    return std::min(most, 1000.0) + 1;
}

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
        if (node == NodeId::None || !counts[std::size_t(node)] || !map.isShown(FragmentId(i)))
            continue;
        const double overhang = overhangOf(rendering.styles().style(rendering.boxes().box(box).style));
        area |= map.rect(FragmentId(i)).adjusted(-overhang, -overhang, overhang, overhang);
    }
    return area.isEmpty() ? QRect() : area.toAlignedRect();
}

Snapshot::Snapshot(const Rendering &rendering)
    : fragments(rendering.tree().fragments), documentSize(rendering.documentSize())
{
}

bool isSameLayout(const Snapshot &before, const Rendering &now)
{
    return before.documentSize == now.documentSize() &&
           std::equal(before.fragments.begin(), before.fragments.end(), now.tree().fragments.begin(),
                      now.tree().fragments.end(), [](const Fragment &a, const Fragment &b) {
                          return a.box == b.box && a.parent == b.parent && a.offset == b.offset && a.size == b.size;
                      });
}

} // namespace bulkhead::engine
