// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/page/rendering.h"

#include <QRect>

#include <vector>

namespace bulkhead::engine {

/// Where everything was before a rendering was made anew.
struct Snapshot
{
    explicit Snapshot(const Rendering &rendering);

    std::vector<Fragment> fragments;
    QSize documentSize;
};

/// Nothing has moved.
bool isSameLayout(const Snapshot &before, const Rendering &now);

/// Where @p elements and what is in them are painted.
QRect paintedArea(const Rendering &rendering, const std::vector<NodeId> &elements);

} // namespace bulkhead::engine
