// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/frames/frame_writer.h"

#include "ipc/frames/damage.h"

namespace bulkhead {

std::vector<PixelRect> RegionTraits<QRegion>::without(const QRegion &region, const QRegion &hole)
{
    std::vector<PixelRect> rects;
    for (const QRect &r : region - hole)
        rects.push_back({r.x(), r.y(), r.width(), r.height()});
    return rects;
}

void RegionTraits<QRegion>::write(const QRegion &region, wire::FrameReady &frame)
{
    writeDamage(region, frame);
}

std::optional<FrameWriter::Canvas> FrameWriter::begin(QSize size, const QRegion &damage, QPoint scrolled)
{
    const auto canvas = m_surface.begin(size.width(), size.height(), damage, scrolled.x(), scrolled.y());
    if (!canvas)
        return {};
    return Canvas{
        QImage(canvas->pixels, canvas->width, canvas->height, canvas->stride, QImage::Format_ARGB32_Premultiplied),
        canvas->paint};
}

} // namespace bulkhead
