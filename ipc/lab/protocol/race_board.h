// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/frames/memfd_region.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace bulkhead::lab {

/// The memory of the race: the number that processes add to, what they synchronise by, and how far each is. The lab may
/// look on from outside, by mapping the same memory read-only; whoever looks believes nothing but figures. Zeroed
/// memory is a board.
struct RaceBoard
{
    static constexpr std::size_t MostProcesses = 64, MostStages = 16, NameBytes = 24;

    struct alignas(64) Process
    {
        std::atomic<std::uint64_t> added; ///< in this stage, told now and then
    };
    struct Stage
    {
        std::array<char, NameBytes> name;   ///< "none", "atomic", "mutex"
        std::atomic<std::uint64_t> wanted;  ///< additions of all processes together
        std::atomic<std::uint64_t> counted; ///< what the number was in the end
        std::atomic<std::uint64_t> elapsed; ///< nanoseconds; 0: it goes on
    };

    alignas(64) volatile std::uint64_t counter;
    alignas(64) std::atomic<int> start;
    alignas(64) std::array<std::byte, 512> semaphore;
    std::array<Process, MostProcesses> processes;
    alignas(64) std::atomic<std::uint32_t> begun; ///< stages
    std::array<Stage, MostStages> stages;
};

/// Who looks on. One thread; the run may be in another.
class RaceWatch
{
public:
    static Result<RaceWatch> create();
    UniqueFd duplicate() const { return m_memory.duplicate(); }

    struct Stage
    {
        std::string name;
        std::uint64_t wanted = 0;
        std::uint64_t added = 0;   ///< additions made
        std::uint64_t counted = 0; ///< of these, that the number shows
        double nanoseconds = 0;    ///< per addition; 0 while it goes on

        std::uint64_t lost() const { return added > counted ? added - counted : 0; }
    };
    /// How it stands now; the last one may go on.
    std::vector<Stage> stages() const;

private:
    RaceWatch(Memfd memory, MemfdRegion region) : m_memory(std::move(memory)), m_region(std::move(region)) {}

    Memfd m_memory;
    MemfdRegion m_region;
};

} // namespace bulkhead::lab
