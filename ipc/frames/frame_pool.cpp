// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/frames/frame_pool.h"

#include "ipc/channel/limits.h"
#include "ipc/frames/damage.h"

#include <cmath>

namespace bulkhead {

namespace {
constexpr int BytesPerPixel = 4;
constexpr int SizeStep = 256;   // device pixels: dragging a window edge re-allocates rarely
constexpr int StrideAlign = 64; // bytes: a cache line, and what Qt's blitters like

constexpr int roundUp(int value, int step)
{
    return (value + step - 1) / step * step;
}
constexpr qint64 area(QSize size)
{
    return qint64(size.width()) * size.height();
}
} // namespace

Result<FramePool::Pool> FramePool::createPool(std::uint32_t id, QSize capacity)
{
    Pool pool{id, capacity, roundUp(capacity.width() * BytesPerPixel, StrideAlign), {}};
    const std::size_t bytes = std::size_t(pool.stride) * std::size_t(capacity.height());
    if (bytes > limits::FrameBytes)
        return fail(Error{"framebuffer of " + std::to_string(bytes) + " bytes is too large", 0});
    for (std::uint32_t i = 0; i < limits::FrameBuffers; ++i) {
        Result<Memfd> memory = Memfd::create("bulkhead-frame", bytes);
        if (!memory)
            return tl::unexpected(memory.error());
        Result<MemfdRegion> pixels = MemfdRegion::map(*memory, MapAccess::ReadOnly);
        if (!pixels)
            return tl::unexpected(pixels.error());
        pool.buffers.push_back({std::move(*memory), std::move(*pixels)});
    }
    return pool;
}

Result<std::optional<FramePool::Announcement>> FramePool::reserve(QSize size)
{
    Q_ASSERT(size.width() > 0 && size.height() > 0);
    Q_ASSERT(size.width() <= int(limits::FrameEdge) && size.height() <= int(limits::FrameEdge));
    const QSize capacity(roundUp(size.width(), SizeStep), roundUp(size.height(), SizeStep));
    const std::optional<Pool> &newest = m_next ? m_next : m_current;
    const bool fits = newest && size.width() <= newest->capacity.width() && size.height() <= newest->capacity.height();
    // Four times the need is kept: a window that was maximised for a moment should not cost a re-allocation each way.
    if (fits && area(newest->capacity) <= 4 * area(capacity))
        return std::optional<Announcement>();

    Result<Pool> pool = createPool(m_lastPoolId + 1, capacity);
    if (!pool)
        return tl::unexpected(pool.error());
    m_lastPoolId = pool->id;
    Announcement announcement;
    announcement.message.set_pool_id(pool->id);
    announcement.message.set_buffer_count(std::uint32_t(pool->buffers.size()));
    announcement.message.mutable_capacity()->set_width(std::uint32_t(capacity.width()));
    announcement.message.mutable_capacity()->set_height(std::uint32_t(capacity.height()));
    announcement.message.set_stride(std::uint32_t(pool->stride));
    for (const Buffer &buffer : pool->buffers) {
        UniqueFd fd = buffer.memory.duplicate();
        if (!fd)
            return fail("dup");
        announcement.fds.push_back(std::move(fd));
    }
    // A pool that was announced but never drawn into is forgotten; frames of it that are still under way are refused as
    // stale, not as bad: see accept().
    m_next = std::move(*pool);
    return std::optional<Announcement>(std::move(announcement));
}

BadMessage FramePool::accept(const wire::FrameReady &frame)
{
    Pool *pool = nullptr;
    if (m_next && frame.pool_id() == m_next->id)
        pool = &*m_next;
    else if (m_current && frame.pool_id() == m_current->id)
        pool = &*m_current;
    if (!pool) {
        // Announced and replaced before its first frame: the renderer could not know yet.
        const bool replaced =
            m_next && frame.pool_id() < m_next->id && frame.pool_id() > (m_current ? m_current->id : 0);
        if (!replaced)
            return BadMessage::FrameUnknownPool;
        m_damage = {};
        return BadMessage::None;
    }
    if (frame.buffer() >= pool->buffers.size())
        return BadMessage::FrameUnknownBuffer;
    Buffer &buffer = pool->buffers[frame.buffer()];
    if (buffer.accepted)
        return BadMessage::FrameNotOwned;
    if (frame.frame_id() <= m_lastFrameId)
        return BadMessage::FrameBadOrder;
    if (frame.size().width() == 0 || frame.size().height() == 0 ||
        frame.size().width() > std::uint32_t(pool->capacity.width()) ||
        frame.size().height() > std::uint32_t(pool->capacity.height()))
        return BadMessage::FrameBadSize;
    const qreal scale = frame.device_pixel_ratio();
    if (!std::isfinite(scale) || scale < 0.1 || scale > 16)
        return BadMessage::FrameBadScale;
    const QSize size(int(frame.size().width()), int(frame.size().height()));
    std::optional<QRegion> damage = readDamage(frame, size);
    if (!damage)
        return BadMessage::FrameBadDamage;

    const bool replacesAll = pool == (m_next ? &*m_next : nullptr) || size != m_frontSize;
    m_damage = replacesAll ? QRegion(QRect(QPoint(), size)) : std::move(*damage);
    if (m_next && pool == &*m_next) {
        m_current = std::move(m_next);
        m_next.reset();
        m_current->buffers[frame.buffer()].accepted = true;
    } else {
        buffer.accepted = true;
    }
    m_front = int(frame.buffer());
    m_frontSize = size;
    m_frontScale = scale;
    m_lastFrameId = frame.frame_id();
    return BadMessage::None;
}

QImage FramePool::front() const
{
    if (m_front < 0)
        return {};
    const unsigned char *pixels = m_current->buffers[std::size_t(m_front)].pixels.data();
    QImage image(pixels, m_frontSize.width(), m_frontSize.height(), m_current->stride,
                 QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(m_frontScale);
    return image;
}

std::vector<wire::FrameReleased> FramePool::shown()
{
    std::vector<wire::FrameReleased> released;
    if (m_front < 0)
        return released;
    for (std::size_t i = 0; i < m_current->buffers.size(); ++i) {
        if (int(i) == m_front || !m_current->buffers[i].accepted)
            continue;
        m_current->buffers[i].accepted = false;
        wire::FrameReleased message;
        message.set_pool_id(m_current->id);
        message.set_buffer(std::uint32_t(i));
        released.push_back(std::move(message));
    }
    return released;
}

std::size_t FramePool::bytes() const
{
    std::size_t sum = 0;
    for (const std::optional<Pool> *pool : {&m_current, &m_next}) {
        if (!*pool)
            continue;
        for (const Buffer &buffer : (*pool)->buffers)
            sum += buffer.memory.size();
    }
    return sum;
}

} // namespace bulkhead
