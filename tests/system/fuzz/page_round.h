// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/page_processes/child_kind.h"
#include "tests/system/fuzz/figures.h"

namespace bulkhead::fuzz {

/// One browser with its window, an honest page in one tab, and in others one hostile child of @p kind after the other;
/// a person who does things meanwhile, or, for half of the children, none. Everything in it follows from @p seed, but
/// for when what arrives.
struct PageRound
{
    ChildKind kind = ChildKind::Renderer;
    std::uint64_t seed = 0;
    int children = 16;

    /// What is not as it should be; empty: nothing. Main thread.
    QString play(Figures &figures) const;
};

} // namespace bulkhead::fuzz
