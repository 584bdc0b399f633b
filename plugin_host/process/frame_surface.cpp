// SPDX-License-Identifier: BSD-3-Clause
#include "plugin_host/process/frame_surface.h"

#include <cstddef>
#include <cstring>

namespace bulkhead {

namespace {

constexpr int BytesPerPixel = 4;

void copyRect(const unsigned char *from, unsigned char *to, int stride, const bulkhead_rect &target, int dx, int dy)
{
    for (int y = target.y; y < target.y + target.height; ++y) {
        std::memcpy(to + std::ptrdiff_t(y) * stride + target.x * BytesPerPixel,
                    from + std::ptrdiff_t(y - dy) * stride + (target.x - dx) * BytesPerPixel,
                    std::size_t(target.width) * BytesPerPixel);
    }
}

} // namespace

Result<void> FrameSurface::setBuffers(const wire::Framebuffers &message, Fds fds)
{
    const std::size_t bytes = std::size_t(message.stride()) * message.capacity().height();
    if (fds.size() != message.buffer_count() || fds.empty() || bytes == 0)
        return fail(Error{"framebuffers are not as announced", 0});
    std::vector<Buffer> buffers;
    const int width = int(message.capacity().width());
    const int height = int(message.capacity().height());
    for (UniqueFd &fd : fds) {
        Result<Memfd> memory = Memfd::adopt(std::move(fd), bytes);
        if (!memory)
            return tl::unexpected(memory.error());
        Result<MemfdRegion> pixels = MemfdRegion::map(*memory, MapAccess::ReadWrite);
        if (!pixels)
            return tl::unexpected(pixels.error());
        Buffer buffer{std::move(*pixels), {}};
        buffer.stale.add({0, 0, width, height});
        buffers.push_back(std::move(buffer));
    }
    m_buffers = std::move(buffers);
    m_poolId = message.pool_id();
    m_capacityWidth = width;
    m_capacityHeight = height;
    m_stride = int(message.stride());
    m_newest = m_painting = -1;
    m_newestWidth = m_newestHeight = 0;
    return {};
}

void FrameSurface::release(const wire::FrameReleased &message)
{
    if (message.pool_id() == m_poolId && message.buffer() < m_buffers.size())
        m_buffers[message.buffer()].ours = true;
}

int FrameSurface::freeBuffer() const
{
    int best = -1; // the one that is cheapest to bring up to date
    for (std::size_t i = 0; i < m_buffers.size(); ++i) {
        if (m_buffers[i].ours && (best < 0 || m_buffers[i].stale.area() < m_buffers[std::size_t(best)].stale.area()))
            best = int(i);
    }
    return best;
}

std::optional<FrameSurface::Canvas> FrameSurface::begin(int width, int height, const Damage &damage, int dx, int dy)
{
    const int free = freeBuffer();
    if (free < 0 || width <= 0 || height <= 0 || width > m_capacityWidth || height > m_capacityHeight)
        return {};
    const bulkhead_rect whole{0, 0, width, height};
    Buffer &buffer = m_buffers[std::size_t(free)];
    Canvas canvas{buffer.pixels.data(), width, height, m_stride, {}};
    for (const bulkhead_rect &rect : damage.rects())
        canvas.paint.add(intersected(rect, whole));
    m_changed.clear();
    if (m_newest < 0 || m_newestWidth != width || m_newestHeight != height) {
        canvas.paint.clear();
        canvas.paint.add(whole);
        m_changed.add(whole);
    } else if (dx == 0 && dy == 0) {
        m_changed = canvas.paint;
        const unsigned char *newest = m_buffers[std::size_t(m_newest)].pixels.data();
        for (const bulkhead_rect &rect : buffer.stale.rects())
            copyRect(newest, canvas.pixels, m_stride, intersected(rect, whole), 0, 0);
    } else {
        m_changed.add(whole);
        const bulkhead_rect kept = intersected({dx, dy, width, height}, whole);
        copyRect(m_buffers[std::size_t(m_newest)].pixels.data(), canvas.pixels, m_stride, kept, dx, dy);
        // The strips that came into view.
        const int right = kept.x + kept.width;
        const int bottom = kept.y + kept.height;
        canvas.paint.add({0, 0, width, isEmpty(kept) ? height : kept.y});
        if (!isEmpty(kept)) {
            canvas.paint.add({0, bottom, width, height - bottom});
            canvas.paint.add({0, kept.y, kept.x, kept.height});
            canvas.paint.add({right, kept.y, width - right, kept.height});
        }
    }
    m_painting = free;
    m_paintingWidth = width;
    m_paintingHeight = height;
    return canvas;
}

void FrameSurface::end(wire::FrameReady &frame)
{
    for (Buffer &buffer : m_buffers)
        buffer.stale.add(m_changed);
    Buffer &painted = m_buffers[std::size_t(m_painting)];
    painted.stale.clear();
    painted.ours = false;
    frame.set_frame_id(++m_frameId);
    frame.set_pool_id(m_poolId);
    frame.set_buffer(std::uint32_t(m_painting));
    frame.mutable_size()->set_width(std::uint32_t(m_paintingWidth));
    frame.mutable_size()->set_height(std::uint32_t(m_paintingHeight));
    for (const bulkhead_rect &rect : m_changed.rects()) {
        wire::Rect *damage = frame.add_damage();
        damage->set_x(rect.x);
        damage->set_y(rect.y);
        damage->set_width(std::uint32_t(rect.width));
        damage->set_height(std::uint32_t(rect.height));
    }
    m_newest = m_painting;
    m_newestWidth = m_paintingWidth;
    m_newestHeight = m_paintingHeight;
    m_painting = -1;
}

} // namespace bulkhead
