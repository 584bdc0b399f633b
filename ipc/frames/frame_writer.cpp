// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/frames/frame_writer.h"

#include "ipc/channel/limits.h"
#include "ipc/frames/damage.h"

#include <cstring>

namespace bulkhead {

namespace {
constexpr int BytesPerPixel = 4;

/// Copies @p target from the pixels that lie at target - offset in @p from. Both have the same stride.
void copyRect(const unsigned char *from, unsigned char *to, int stride, const QRect &target, QPoint offset)
{
    const std::size_t bytes = std::size_t(target.width()) * BytesPerPixel;
    for (int y = target.top(); y <= target.bottom(); ++y) {
        std::memcpy(to + std::ptrdiff_t(y) * stride + target.left() * BytesPerPixel,
                    from + std::ptrdiff_t(y - offset.y()) * stride + (target.left() - offset.x()) * BytesPerPixel,
                    bytes);
    }
}
} // namespace

Result<void> FrameWriter::setBuffers(const wire::Framebuffers &message, Fds fds)
{
    const QSize capacity(int(message.capacity().width()), int(message.capacity().height()));
    const std::size_t bytes = std::size_t(message.stride()) * std::size_t(capacity.height());
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
        buffers.push_back({std::move(*pixels), QRegion(QRect(QPoint(), capacity))});
    }
    m_buffers = std::move(buffers);
    m_poolId = message.pool_id();
    m_capacity = capacity;
    m_stride = int(message.stride());
    m_newest = m_painting = -1;
    m_newestSize = {};
    return {};
}

void FrameWriter::release(const wire::FrameReleased &message)
{
    if (message.pool_id() == m_poolId && message.buffer() < m_buffers.size())
        m_buffers[message.buffer()].ours = true;
}

int FrameWriter::freeBuffer() const
{
    // The least stale one is the cheapest to bring up to date; untouched ones cost page faults and come last.
    int best = -1;
    for (std::size_t i = 0; i < m_buffers.size(); ++i) {
        if (m_buffers[i].ours && (best < 0 || m_buffers[i].stale.boundingRect().height() <
                                                  m_buffers[std::size_t(best)].stale.boundingRect().height()))
            best = int(i);
    }
    return best;
}

QImage FrameWriter::view(std::size_t buffer, QSize size) const
{
    return QImage(m_buffers[buffer].pixels.data(), size.width(), size.height(), m_stride,
                  QImage::Format_ARGB32_Premultiplied);
}

std::optional<FrameWriter::Canvas> FrameWriter::begin(QSize size, const QRegion &damage, QPoint scrolled)
{
    const int free = freeBuffer();
    if (free < 0 || size.isEmpty() || size.width() > m_capacity.width() || size.height() > m_capacity.height())
        return {};
    const QRect frame(QPoint(), size);
    Buffer &buffer = m_buffers[std::size_t(free)];
    QRegion paint = damage & frame;
    if (m_newest < 0 || m_newestSize != size) {
        paint = frame;
        m_changed = frame;
    } else {
        const unsigned char *source = m_buffers[std::size_t(m_newest)].pixels.data();
        if (scrolled.isNull()) {
            m_changed = paint;
            for (const QRect &rect : (buffer.stale & frame) - paint)
                copyRect(source, buffer.pixels.data(), m_stride, rect, {});
        } else {
            const QRect kept = frame.translated(scrolled) & frame;
            paint += QRegion(frame) - kept;
            m_changed = frame;
            for (const QRect &rect : QRegion(kept) - paint)
                copyRect(source, buffer.pixels.data(), m_stride, rect, scrolled);
        }
    }
    m_painting = free;
    m_paintingSize = size;
    return Canvas{view(std::size_t(free), size), paint};
}

void FrameWriter::end(wire::FrameReady &frame)
{
    Q_ASSERT(m_painting >= 0);
    for (Buffer &buffer : m_buffers)
        buffer.stale += m_changed;
    Buffer &painted = m_buffers[std::size_t(m_painting)];
    painted.stale = {};
    painted.ours = false;
    frame.set_frame_id(++m_frameId);
    frame.set_pool_id(m_poolId);
    frame.set_buffer(std::uint32_t(m_painting));
    frame.mutable_size()->set_width(std::uint32_t(m_paintingSize.width()));
    frame.mutable_size()->set_height(std::uint32_t(m_paintingSize.height()));
    writeDamage(m_changed, frame);
    m_newest = m_painting;
    m_newestSize = m_paintingSize;
    m_painting = -1;
}

} // namespace bulkhead
