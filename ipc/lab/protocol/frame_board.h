// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/frames/memfd_region.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

namespace bulkhead::lab {

/// What one pane's two workers and the engine share beside the transport: counters, and which of the display's three
/// buffers is the newest. In sealed memory, so reading it never faults. The engine believes nothing in it but figures:
/// a worker that lies spoils its own pane and nothing else. Zeroed memory is a board.
struct FrameBoard
{
    /// Transport times of the frames received last, in nanoseconds, at the frame's number modulo Times.
    static constexpr std::size_t Times = 4096;

    // Written by the painting side.
    alignas(64) std::atomic<std::uint64_t> painted;
    std::atomic<std::uint64_t> missed;    ///< pictures that were due while the transport had no room
    std::atomic<std::uint64_t> paintTime; ///< processor time, nanoseconds
    // Written by the receiving side.
    alignas(64) std::atomic<std::uint64_t> received;
    std::atomic<std::uint64_t> showTime; ///< processor time of what is done with a frame that is there
    std::atomic<std::uint64_t> checked;  ///< frames compared with the animation, pixel by pixel
    std::atomic<std::uint64_t> wrong;    ///< frames that were not what had been sent
    std::array<std::atomic<std::uint64_t>, Times> times;
    // Written by both the receiving side and the one that shows: see FrameDisplay.
    alignas(64) std::atomic<std::uint32_t> newest;
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free && std::atomic<std::uint32_t>::is_always_lock_free);

/// One process's mapping of a board.
class FrameBoardMemory
{
public:
    static Result<FrameBoardMemory> create();
    static Result<FrameBoardMemory> adopt(UniqueFd fd);

    FrameBoard &operator*() const { return *reinterpret_cast<FrameBoard *>(m_region.data()); }
    FrameBoard *operator->() const { return &**this; }
    UniqueFd duplicate() const { return m_memory.duplicate(); }

private:
    FrameBoardMemory(Memfd memory, MemfdRegion region) : m_memory(std::move(memory)), m_region(std::move(region)) {}

    Memfd m_memory;
    MemfdRegion m_region;
};

/// Three pictures in sealed memory that the receiving worker fills and somebody else shows, without either ever waiting
/// for the other: each owns one, the third is passed through one atomic word on the board. There are no messages, so a
/// worker cannot flood who shows; numbers read from the board are checked. One thread on each side.
class FrameDisplay
{
public:
    enum class Side { Fills, Shows };

    /// Pictures of @p width x @p height, premultiplied ARGB32, lines without gaps. The side that shows makes it and
    /// maps it read-only.
    static Result<FrameDisplay> create(int width, int height);
    /// The side that fills.
    static Result<FrameDisplay> adopt(UniqueFd fd, int width, int height);

    int width() const { return m_width; }
    int height() const { return m_height; }
    UniqueFd duplicate() const { return m_memory.duplicate(); }

    /// For the side that fills: the buffer that is its own until publish().
    unsigned char *buffer() const { return m_region.data() + m_own * bytes(); }
    void publish(FrameBoard &board);

    /// For the side that shows: the newest picture, if there is one that it has not had yet; stays as it is until the
    /// next call. A hostile worker may change it meanwhile, which tears that picture.
    const unsigned char *takeNewest(FrameBoard &board);

private:
    static constexpr std::uint32_t Buffers = 3, Fresh = 4;

    FrameDisplay(Memfd memory, MemfdRegion region, int width, int height, std::uint32_t own)
        : m_memory(std::move(memory)), m_region(std::move(region)), m_width(width), m_height(height), m_own(own)
    {
    }
    std::size_t bytes() const { return std::size_t(m_width) * std::size_t(m_height) * 4; }
    std::optional<std::uint32_t> swap(FrameBoard &board, std::uint32_t word);

    Memfd m_memory;
    MemfdRegion m_region;
    int m_width, m_height;
    std::uint32_t m_own; ///< the first fills 0, the second shows 1, 2 is passed first
};

} // namespace bulkhead::lab
