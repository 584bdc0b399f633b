// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"

#include <algorithm>

namespace bulkhead::engine {

/// Vertical margins that collapse with each other (CSS 2.1 8.3.1).
struct MarginStrut
{
    LayoutUnit positive;
    LayoutUnit negative;

    void add(LayoutUnit margin)
    {
        positive = std::max(positive, margin);
        negative = std::min(negative, margin);
    }
    LayoutUnit sum() const { return positive + negative; }
};

} // namespace bulkhead::engine
