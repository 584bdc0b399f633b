// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"
#include "ipc/frames/memfd_region.h"
#include "ipc/messages/renderer.pb.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bulkhead {

struct PixelRect
{
    int x = 0, y = 0;
    int width = 0, height = 0;
};

/// The memory that a page's frames are painted into, as the page's process has it: which buffers there are, whose they
/// are at the moment, and how the one that is handed over is called. One thread.
class FrameBuffers
{
public:
    static constexpr int BytesPerPixel = 4;

    /// Takes buffers that the browser announced; the ones before are forgotten.
    Result<void> set(const wire::Framebuffers &message, Fds fds);
    /// A buffer came back. Releases of an earlier pool are ignored.
    void release(const wire::FrameReleased &message);
    /// Gives one away: fills pool, buffer, id and size into @p frame.
    void handOver(std::size_t buffer, int width, int height, wire::FrameReady &frame);

    std::size_t count() const { return m_buffers.size(); }
    bool isOurs(std::size_t buffer) const { return m_buffers[buffer].ours; }
    unsigned char *pixels(std::size_t buffer) const { return m_buffers[buffer].memory.data(); }
    int stride() const { return m_stride; }
    /// The largest frame; nothing before set().
    int width() const { return m_width; }
    int height() const { return m_height; }

    /// What is at @p area of one buffer becomes what lies @p dx, @p dy before it in the other.
    void copy(std::size_t from, std::size_t to, const PixelRect &area, int dx = 0, int dy = 0);

private:
    struct Buffer
    {
        MemfdRegion memory;
        bool ours = true;
    };

    std::vector<Buffer> m_buffers;
    std::uint32_t m_poolId = 0;
    int m_width = 0, m_height = 0, m_stride = 0;
    std::uint64_t m_frameId = 0;
};

} // namespace bulkhead
