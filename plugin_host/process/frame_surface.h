// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"
#include "ipc/frames/memfd_region.h"
#include "ipc/messages/renderer.pb.h"
#include "plugin_host/process/damage.h"

#include <optional>
#include <vector>

namespace bulkhead {

/// A page's framebuffers in a process without Qt: what ipc/frames/frame_writer.h is elsewhere. Picks a free buffer, brings it
/// up to date from the frame before, and describes the frame for the browser. Without a free buffer the caller waits for a
/// release. One thread.
class FrameSurface
{
public:
    Result<void> setBuffers(const wire::Framebuffers &message, Fds fds);
    void release(const wire::FrameReleased &message);
    bool hasFreeBuffer() const { return freeBuffer() >= 0; }

    struct Canvas
    {
        unsigned char *pixels = nullptr;
        int width = 0, height = 0, stride = 0;
        Damage paint; ///< what must be painted; the rest shows already what it should
    };
    /// Starts a frame that differs from the one before by @p damage, after that one's content moved by @p dx, @p dy device
    /// pixels. Nothing without a free buffer or when it does not fit.
    std::optional<Canvas> begin(int width, int height, const Damage &damage, int dx, int dy);
    /// Fills pool, buffer, id, size and damage of the frame begun last into @p frame.
    void end(wire::FrameReady &frame);

private:
    struct Buffer
    {
        MemfdRegion pixels;
        Damage stale; ///< where it differs from the newest frame
        bool ours = true;
    };

    int freeBuffer() const;

    std::vector<Buffer> m_buffers;
    std::uint32_t m_poolId = 0;
    int m_capacityWidth = 0, m_capacityHeight = 0, m_stride = 0;
    std::uint64_t m_frameId = 0;
    int m_newest = -1;
    int m_newestWidth = 0, m_newestHeight = 0;
    int m_painting = -1;
    int m_paintingWidth = 0, m_paintingHeight = 0;
    Damage m_changed; ///< of the frame being painted, against the newest
};

} // namespace bulkhead
