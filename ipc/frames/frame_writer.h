// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"
#include "ipc/frames/memfd_region.h"
#include "ipc/messages/renderer.pb.h"

#include <QImage>
#include <QRegion>

#include <optional>
#include <vector>

namespace bulkhead {

/// The renderer's end of a page's framebuffers: picks a free buffer, brings it up to date from the frame before (so
/// that only damage has to be painted), and describes the frame for the browser. No free buffer: the caller waits for a
/// release; that is all the pacing there is. One thread.
class FrameWriter
{
public:
    /// Takes buffers that the browser announced; the ones before are forgotten.
    Result<void> setBuffers(const wire::Framebuffers &message, Fds fds);
    /// A buffer came back. Releases of an earlier pool are ignored.
    void release(const wire::FrameReleased &message);

    bool hasFreeBuffer() const { return freeBuffer() >= 0; }
    /// The largest frame the buffers hold; empty before setBuffers().
    QSize capacity() const { return m_capacity; }

    struct Canvas
    {
        QImage image;  ///< of the frame's size, device-pixel ratio 1; paint into it, keep no copy (it would detach)
        QRegion paint; ///< what must be painted; the rest already shows what it should
    };
    /// Starts a frame of @p size that differs from the one before by @p damage, after that one's content moved by
    /// @p scrolled device pixels (negative y: the page went down). Nothing without a free buffer or when @p size does
    /// not fit.
    std::optional<Canvas> begin(QSize size, const QRegion &damage, QPoint scrolled);
    /// Finishes the frame begun last and fills pool, buffer, id, size and damage into @p frame.
    void end(wire::FrameReady &frame);

private:
    struct Buffer
    {
        MemfdRegion pixels;
        QRegion stale; ///< where it differs from the newest frame
        bool ours = true;
    };

    int freeBuffer() const;
    QImage view(std::size_t buffer, QSize size) const;

    std::vector<Buffer> m_buffers;
    std::uint32_t m_poolId = 0;
    QSize m_capacity;
    int m_stride = 0;
    std::uint64_t m_frameId = 0;
    int m_newest = -1; ///< buffer of the newest finished frame
    QSize m_newestSize;
    int m_painting = -1;
    QSize m_paintingSize;
    QRegion m_changed; ///< of the frame being painted, against the newest
};

} // namespace bulkhead
