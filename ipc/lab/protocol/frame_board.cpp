// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/protocol/frame_board.h"

#include <cerrno>

namespace bulkhead::lab {

Result<FrameBoardMemory> FrameBoardMemory::create()
{
    Result<Memfd> memory = Memfd::create("lab-frame-board", sizeof(FrameBoard));
    if (!memory)
        return tl::unexpected(memory.error());
    Result<MemfdRegion> region = MemfdRegion::map(*memory, MapAccess::ReadWrite);
    if (!region)
        return tl::unexpected(region.error());
    FrameBoardMemory board(std::move(*memory), std::move(*region));
    board->newest = 2; // not fresh
    return board;
}

Result<FrameBoardMemory> FrameBoardMemory::adopt(UniqueFd fd)
{
    Result<Memfd> memory = Memfd::adopt(std::move(fd), sizeof(FrameBoard));
    if (!memory)
        return tl::unexpected(memory.error());
    Result<MemfdRegion> region = MemfdRegion::map(*memory, MapAccess::ReadWrite);
    if (!region)
        return tl::unexpected(region.error());
    return FrameBoardMemory(std::move(*memory), std::move(*region));
}

Result<FrameDisplay> FrameDisplay::create(int width, int height)
{
    if (width < 1 || height < 1 || width > 8192 || height > 8192)
        return fail(Error{"a display of a size that cannot be", EINVAL});
    Result<Memfd> memory = Memfd::create("lab-frame-display", Buffers * std::size_t(width) * std::size_t(height) * 4);
    if (!memory)
        return tl::unexpected(memory.error());
    Result<MemfdRegion> region = MemfdRegion::map(*memory, MapAccess::ReadOnly);
    if (!region)
        return tl::unexpected(region.error());
    return FrameDisplay(std::move(*memory), std::move(*region), width, height, 1);
}

Result<FrameDisplay> FrameDisplay::adopt(UniqueFd fd, int width, int height)
{
    if (width < 1 || height < 1 || width > 8192 || height > 8192)
        return fail(Error{"a display of a size that cannot be", EINVAL});
    Result<Memfd> memory = Memfd::adopt(std::move(fd), Buffers * std::size_t(width) * std::size_t(height) * 4);
    if (!memory)
        return tl::unexpected(memory.error());
    Result<MemfdRegion> region = MemfdRegion::map(*memory, MapAccess::ReadWrite);
    if (!region)
        return tl::unexpected(region.error());
    return FrameDisplay(std::move(*memory), std::move(*region), width, height, 0);
}

/// Gives our buffer away and takes the one on the board.
std::optional<std::uint32_t> FrameDisplay::swap(FrameBoard &board, std::uint32_t word)
{
    const std::uint32_t before = board.newest.exchange(word, std::memory_order_acq_rel);
    const std::uint32_t theirs = before & ~Fresh;
    if (theirs >= Buffers || theirs == m_own)
        return {}; // a lie; we keep ours, and so does the liar
    m_own = theirs;
    return theirs;
}

void FrameDisplay::publish(FrameBoard &board)
{
    swap(board, m_own | Fresh);
}

const unsigned char *FrameDisplay::takeNewest(FrameBoard &board)
{
    if (!(board.newest.load(std::memory_order_acquire) & Fresh) || !swap(board, m_own))
        return nullptr;
    return buffer();
}

} // namespace bulkhead::lab
