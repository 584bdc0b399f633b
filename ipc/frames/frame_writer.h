// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/frames/frame_surface.h"

#include <QImage>
#include <QRegion>

#include <optional>
#include <vector>

namespace bulkhead {

template <>
struct RegionTraits<QRegion>
{
    static QRect rect(const PixelRect &r) { return QRect(r.x, r.y, r.width, r.height); }
    static QRegion of(const PixelRect &r) { return rect(r); }
    static QRegion clipped(const QRegion &region, const PixelRect &frame) { return region & rect(frame); }
    static void add(QRegion &to, const QRegion &region) { to += region; }
    static std::vector<PixelRect> without(const QRegion &region, const QRegion &hole);
    static long long cost(const QRegion &region) { return region.boundingRect().height(); }
    static void write(const QRegion &region, wire::FrameReady &frame);
};

/// FrameSurface for painters: a page's framebuffers as QImage. The renderer's end. One thread.
class FrameWriter
{
public:
    Result<void> setBuffers(const wire::Framebuffers &message, Fds fds)
    {
        return m_surface.setBuffers(message, std::move(fds));
    }
    void release(const wire::FrameReleased &message) { m_surface.release(message); }

    bool hasFreeBuffer() const { return m_surface.hasFreeBuffer(); }
    /// The largest frame the buffers hold; empty before setBuffers().
    QSize capacity() const { return {m_surface.buffers().width(), m_surface.buffers().height()}; }

    struct Canvas
    {
        QImage image;  ///< of the frame's size, device-pixel ratio 1; paint into it, keep no copy (it would detach)
        QRegion paint; ///< what must be painted; the rest already shows what it should
    };
    /// As FrameSurface::begin().
    std::optional<Canvas> begin(QSize size, const QRegion &damage, QPoint scrolled);
    /// Finishes the frame begun last and fills pool, buffer, id, size and damage into @p frame.
    void end(wire::FrameReady &frame) { m_surface.end(frame); }

private:
    FrameSurface<QRegion> m_surface;
};

} // namespace bulkhead
