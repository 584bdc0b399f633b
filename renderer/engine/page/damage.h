// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/page/rendering.h"

#include <QRect>

#include <optional>
#include <vector>

namespace bulkhead::engine {

/// What a rendering looked like before it was made anew.
struct Snapshot
{
    std::vector<Fragment> fragments;
    QSize documentSize;
    QRect area; ///< of the elements that are about to change
};

/// Where @p elements and what is in them are painted.
QRect paintedArea(const Rendering &rendering, const std::vector<NodeId> &elements);

/// What looks different after the style of @p elements alone changed; nothing when anything else moved.
std::optional<QRect> damageOf(const Snapshot &before, const Rendering &now, const std::vector<NodeId> &elements);

} // namespace bulkhead::engine
