// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/frames/frame_buffers.h"

#include <optional>
#include <utility>
#include <vector>

namespace bulkhead {

/// What FrameSurface asks of a kind of region; specialised beside each of them.
///   Region of(PixelRect);  Region clipped(const Region &, PixelRect);  void add(Region &, const Region &)
///   std::vector<PixelRect> without(const Region &, const Region &hole)   exactly, no pixel twice
///   long long cost(const Region &)                                       of copying it, to compare
///   void write(const Region &, wire::FrameReady &)                       as the frame's damage
template <class Region>
struct RegionTraits;

/// A page's framebuffers where it paints: picks a free buffer, brings it up to date from the frame before (so that only
/// damage has to be painted), and describes the frame for the browser. No free buffer: the caller waits for a release;
/// that is all the pacing there is. Without Qt, unless the region has it. One thread.
template <class Region>
class FrameSurface
{
public:
    using Traits = RegionTraits<Region>;

    /// Takes buffers that the browser announced; the ones before are forgotten.
    Result<void> setBuffers(const wire::Framebuffers &message, Fds fds)
    {
        if (const auto set = m_buffers.set(message, std::move(fds)); !set)
            return set;
        m_stale.assign(m_buffers.count(), Traits::of({0, 0, m_buffers.width(), m_buffers.height()}));
        m_newest = m_painting = -1;
        return {};
    }
    void release(const wire::FrameReleased &message) { m_buffers.release(message); }
    bool hasFreeBuffer() const { return freeBuffer() >= 0; }
    const FrameBuffers &buffers() const { return m_buffers; }

    struct Canvas
    {
        unsigned char *pixels = nullptr;
        int width = 0, height = 0, stride = 0;
        Region paint; ///< what must be painted; the rest already shows what it should
    };
    /// Starts a frame that differs from the one before by @p damage, after that one's content moved by @p dx, @p dy
    /// (negative @p dy: the page went down). Nothing without a free buffer or when it does not fit. Device pixels.
    std::optional<Canvas> begin(int width, int height, const Region &damage, int dx, int dy);
    /// Finishes the frame begun last and fills pool, buffer, id, size and damage into @p frame.
    void end(wire::FrameReady &frame);

private:
    /// The least stale one is the cheapest to bring up to date; untouched ones cost page faults and come last.
    int freeBuffer() const
    {
        int best = -1;
        for (std::size_t i = 0; i < m_stale.size(); ++i) {
            if (m_buffers.isOurs(i) &&
                (best < 0 || Traits::cost(m_stale[i]) < Traits::cost(m_stale[std::size_t(best)])))
                best = int(i);
        }
        return best;
    }

    FrameBuffers m_buffers;
    std::vector<Region> m_stale; ///< by buffer: where it differs from the newest frame
    int m_newest = -1;           ///< buffer of the newest finished frame
    int m_newestWidth = 0, m_newestHeight = 0;
    int m_painting = -1;
    int m_paintingWidth = 0, m_paintingHeight = 0;
    Region m_changed; ///< of the frame being painted, against the newest
};

template <class Region>
auto FrameSurface<Region>::begin(int width, int height, const Region &damage, int dx, int dy) -> std::optional<Canvas>
{
    const int free = freeBuffer();
    if (free < 0 || width <= 0 || height <= 0 || width > m_buffers.width() || height > m_buffers.height())
        return {};
    const PixelRect frame{0, 0, width, height};
    const auto buffer = std::size_t(free);
    Canvas canvas{m_buffers.pixels(buffer), width, height, m_buffers.stride(), Traits::clipped(damage, frame)};
    if (m_newest < 0 || m_newestWidth != width || m_newestHeight != height) {
        canvas.paint = m_changed = Traits::of(frame);
    } else if (dx == 0 && dy == 0) {
        m_changed = canvas.paint;
        for (const PixelRect &rect : Traits::without(Traits::clipped(m_stale[buffer], frame), canvas.paint))
            m_buffers.copy(std::size_t(m_newest), buffer, rect);
    } else {
        m_changed = Traits::of(frame);
        const Region kept = Traits::clipped(Traits::of({dx, dy, width, height}), frame);
        for (const PixelRect &uncovered : Traits::without(Traits::of(frame), kept))
            Traits::add(canvas.paint, Traits::of(uncovered));
        for (const PixelRect &rect : Traits::without(kept, canvas.paint))
            m_buffers.copy(std::size_t(m_newest), buffer, rect, dx, dy);
    }
    m_painting = free;
    m_paintingWidth = width;
    m_paintingHeight = height;
    return canvas;
}

template <class Region>
void FrameSurface<Region>::end(wire::FrameReady &frame)
{
    for (Region &stale : m_stale)
        Traits::add(stale, m_changed);
    m_stale[std::size_t(m_painting)] = {};
    m_buffers.handOver(std::size_t(m_painting), m_paintingWidth, m_paintingHeight, frame);
    Traits::write(m_changed, frame);
    m_newest = m_painting;
    m_newestWidth = m_paintingWidth;
    m_newestHeight = m_paintingHeight;
    m_painting = -1;
}

} // namespace bulkhead
