// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/protocol/race_board.h"

#include <algorithm>
#include <cstring>

namespace bulkhead::lab {

Result<RaceWatch> RaceWatch::create()
{
    Result<Memfd> memory = Memfd::create("lab-race", sizeof(RaceBoard));
    if (!memory)
        return tl::unexpected(memory.error());
    Result<MemfdRegion> region = MemfdRegion::map(*memory, MapAccess::ReadOnly);
    if (!region)
        return tl::unexpected(region.error());
    return RaceWatch(std::move(*memory), std::move(*region));
}

std::vector<RaceWatch::Stage> RaceWatch::stages() const
{
    const RaceBoard &board = *reinterpret_cast<const RaceBoard *>(m_region.data());
    const std::size_t begun = std::min<std::size_t>(board.begun.load(std::memory_order_acquire), RaceBoard::MostStages);
    std::vector<Stage> stages;
    for (std::size_t i = 0; i < begun; ++i) {
        const RaceBoard::Stage &from = board.stages[i];
        Stage stage;
        stage.name.assign(from.name.data(), ::strnlen(from.name.data(), from.name.size()));
        stage.wanted = from.wanted;
        const std::uint64_t elapsed = from.elapsed.load(std::memory_order_acquire);
        if (elapsed > 0) {
            stage.added = stage.wanted;
            stage.counted = from.counted;
            stage.nanoseconds = stage.wanted > 0 ? double(elapsed) / double(stage.wanted) : 0;
        } else if (i + 1 == begun) {
            // The number first: it is then never ahead of what was added, so nothing seems to be lost that is not, but
            // for what processes have not told yet.
            stage.counted = board.counter;
            for (const RaceBoard::Process &process : board.processes)
                stage.added += process.added.load(std::memory_order_relaxed);
        }
        stages.push_back(std::move(stage));
    }
    return stages;
}

} // namespace bulkhead::lab
