// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/rule_index_layers.h"

namespace bulkhead::engine {

LayerTree::Layer LayerTree::child(Layer outer, const QString &name)
{
    if (const auto known = m_known.constFind({outer, name}); known != m_known.constEnd())
        return *known;
    const Layer layer = Layer(m_layers.size());
    m_layers.emplace_back();
    m_layers[outer].layers.push_back(layer);
    if (!name.isEmpty())
        m_known.insert({outer, name}, layer);
    return layer;
}

LayerTree::Layer LayerTree::enter(Layer outer, const css::LayerName &name)
{
    if (name.empty())
        return child(outer, QString());
    Layer layer = outer;
    for (const QString &part : name)
        layer = child(layer, part);
    return layer;
}

std::vector<std::uint32_t> LayerTree::order() const
{
    std::vector<std::uint32_t> order(m_layers.size(), Unlayered);
    struct Step
    {
        Layer layer;
        std::size_t next;
    };
    std::vector<Step> path{{Root, 0}}; // names nest as deep as they like: no recursion
    std::uint32_t place = 0;
    while (!path.empty()) {
        Step &step = path.back();
        const std::vector<Layer> &inner = m_layers[step.layer].layers;
        if (step.next < inner.size()) {
            path.push_back({inner[step.next++], 0});
            continue;
        }
        if (step.layer != Root)
            order[step.layer] = place++;
        path.pop_back();
    }
    return order;
}

} // namespace bulkhead::engine
