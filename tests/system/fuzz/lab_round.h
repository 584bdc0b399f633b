// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/system/fuzz/figures.h"

#include <cstdint>

namespace bulkhead::fuzz {

/// Runs of the lab's engine, in a thread as the browser does it, with hostile workers on the other end. What is asked
/// for, and what the workers make of it, follows from @p seed.
struct LabRound
{
    std::uint64_t seed = 0;
    int runs = 8;

    /// What is not as it should be; empty: nothing. Main thread.
    QString play(Figures &figures) const;
};

} // namespace bulkhead::fuzz
