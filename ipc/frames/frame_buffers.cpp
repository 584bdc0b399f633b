// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/frames/frame_buffers.h"

#include <cstring>

namespace bulkhead {

Result<void> FrameBuffers::set(const wire::Framebuffers &message, Fds fds)
{
    const std::size_t bytes = std::size_t(message.stride()) * message.capacity().height();
    if (fds.size() != message.buffer_count() || fds.empty() || bytes == 0)
        return fail(Error{"framebuffers are not as announced", 0});
    std::vector<Buffer> buffers;
    for (UniqueFd &fd : fds) {
        Result<Memfd> memory = Memfd::adopt(std::move(fd), bytes);
        if (!memory)
            return tl::unexpected(memory.error());
        Result<MemfdRegion> pixels = MemfdRegion::map(*memory, MapAccess::ReadWrite);
        if (!pixels)
            return tl::unexpected(pixels.error());
        buffers.push_back({std::move(*pixels)});
    }
    m_buffers = std::move(buffers);
    m_poolId = message.pool_id();
    m_width = int(message.capacity().width());
    m_height = int(message.capacity().height());
    m_stride = int(message.stride());
    return {};
}

void FrameBuffers::release(const wire::FrameReleased &message)
{
    if (message.pool_id() == m_poolId && message.buffer() < m_buffers.size())
        m_buffers[message.buffer()].ours = true;
}

void FrameBuffers::handOver(std::size_t buffer, int width, int height, wire::FrameReady &frame)
{
    m_buffers[buffer].ours = false;
    frame.set_frame_id(++m_frameId);
    frame.set_pool_id(m_poolId);
    frame.set_buffer(std::uint32_t(buffer));
    frame.mutable_size()->set_width(std::uint32_t(width));
    frame.mutable_size()->set_height(std::uint32_t(height));
}

void FrameBuffers::copy(std::size_t from, std::size_t to, const PixelRect &area, int dx, int dy)
{
    const unsigned char *source = pixels(from);
    unsigned char *target = pixels(to);
    for (int y = area.y; y < area.y + area.height; ++y) {
        std::memcpy(target + std::ptrdiff_t(y) * m_stride + area.x * BytesPerPixel,
                    source + std::ptrdiff_t(y - dy) * m_stride + (area.x - dx) * BytesPerPixel,
                    std::size_t(area.width) * BytesPerPixel);
    }
}

} // namespace bulkhead
