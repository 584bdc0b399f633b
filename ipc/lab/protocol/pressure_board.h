// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/frames/memfd_region.h"

#include <atomic>
#include <cstdint>

namespace bulkhead::lab {

/// What a writer, a slow reader and who looks on share beside the mechanism. Zeroed memory is a board. Read from
/// outside as figures only.
struct PressureBoard
{
    // Set from outside, also while they work.
    alignas(64) std::atomic<std::uint64_t> writeEvery; ///< nanoseconds between messages
    std::atomic<std::uint64_t> readEvery;
    std::atomic<std::uint32_t> isPaused; ///< the writer writes no more
    // Written by the writer.
    alignas(64) std::atomic<std::uint64_t> sent; ///< accepted
    std::atomic<std::uint64_t> refused;          ///< calls that gave EAGAIN: that message is dropped by the writer
    std::atomic<std::uint64_t> waitTime;         ///< nanoseconds spent in calls that send
    std::atomic<std::uint64_t> inCallSince;      ///< CLOCK_MONOTONIC, nanoseconds; 0: in none
    // Written by the reader.
    alignas(64) std::atomic<std::uint64_t> received;
    std::atomic<std::uint64_t> wrong;
};

/// One process's mapping.
class PressureBoardMemory
{
public:
    static Result<PressureBoardMemory> create();
    static Result<PressureBoardMemory> adopt(UniqueFd fd);

    PressureBoard &operator*() const { return *reinterpret_cast<PressureBoard *>(m_region.data()); }
    PressureBoard *operator->() const { return &**this; }
    UniqueFd duplicate() const { return m_memory.duplicate(); }

private:
    PressureBoardMemory(Memfd memory, MemfdRegion region) : m_memory(std::move(memory)), m_region(std::move(region)) {}
    static Result<PressureBoardMemory> map(Result<Memfd> memory);

    Memfd m_memory;
    MemfdRegion m_region;
};

} // namespace bulkhead::lab
