// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/sheet.h"

#include <QHash>
#include <QString>

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace bulkhead::engine {

/// The layers of an origin in the order in which they appear (css-cascade-5 6.4).
class LayerTree
{
public:
    using Layer = std::uint32_t;
    static constexpr Layer Root = 0; ///< in no layer
    static constexpr std::uint32_t Unlayered = std::numeric_limits<std::uint32_t>::max();

    LayerTree() { m_layers.emplace_back(); }
    /// The layer of that name in @p outer, made if it is new; an empty name makes one of its own.
    Layer enter(Layer outer, const css::LayerName &name);
    /// By layer: its place in the order, those within a layer before itself.
    std::vector<std::uint32_t> order() const;

private:
    Layer child(Layer outer, const QString &name);

    struct Children
    {
        std::vector<Layer> layers; // in order
    };
    std::vector<Children> m_layers;
    QHash<std::pair<Layer, QString>, Layer> m_known;
};

} // namespace bulkhead::engine
