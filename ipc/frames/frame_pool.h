// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/bad_message.h"
#include "ipc/core/unique_fd.h"
#include "ipc/frames/memfd_region.h"
#include "ipc/messages/renderer.pb.h"

#include <QImage>
#include <QRegion>

#include <optional>
#include <vector>

namespace bulkhead {

/// The browser's end of a page's framebuffers: three sealed memfds, mapped read-only here and written by the renderer,
/// which owns a buffer until it announces a frame in it and again after that buffer was released.
///
/// Sizes, strides and indices come from this side or are checked against it; the memory holds pixels and nothing else.
/// A frame may be smaller than the buffers, so most resizes need no new memory. When they do, the old pool stays until
/// the first frame of the new one, so that something is always on screen. One thread.
class FramePool
{
public:
    FramePool() = default;
    FramePool(FramePool &&) noexcept = default;
    FramePool &operator=(FramePool &&) noexcept = default;

    struct Announcement
    {
        wire::Framebuffers message; ///< without page_id
        Fds fds;
    };
    /// Makes room for frames of @p size (device pixels, edges 1 to limits::FrameEdge). Returns what the renderer must
    /// be told, or nothing when the newest buffers fit.
    Result<std::optional<Announcement>> reserve(QSize size);

    /// Checks a frame that the renderer announced and puts it in front. A frame in buffers that were replaced before it
    /// could know is legal, too: it is left aside, with an empty damage().
    BadMessage accept(const wire::FrameReady &frame);

    /// The frame in front: a view of shared memory, valid until the next call that is not const. Null before the first.
    QImage front() const;
    /// What differs between the frames accepted last and before.
    const QRegion &damage() const { return m_damage; }

    /// The frame in front is on screen: older buffers go back. Returns what the renderer must be told, without page_id.
    std::vector<wire::FrameReleased> shown();

    /// Bytes of shared memory held for this page.
    std::size_t bytes() const;

private:
    struct Buffer
    {
        Memfd memory;
        MemfdRegion pixels;
        bool accepted = false; ///< ours: in front, or superseded and not yet released
    };
    struct Pool
    {
        std::uint32_t id = 0;
        QSize capacity;
        int stride = 0;
        std::vector<Buffer> buffers;
    };

    static Result<Pool> createPool(std::uint32_t id, QSize capacity);

    std::optional<Pool> m_current; ///< holds the frame in front
    std::optional<Pool> m_next;    ///< announced, without a frame yet
    std::uint32_t m_lastPoolId = 0;
    std::uint64_t m_lastFrameId = 0;
    int m_front = -1;
    QSize m_frontSize;
    qreal m_frontScale = 1;
    QRegion m_damage;
};

} // namespace bulkhead
