// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/frames/damage.h"

#include "ipc/channel/limits.h"

namespace bulkhead {

void writeDamage(const QRegion &damage, wire::FrameReady &frame)
{
    frame.clear_damage();
    const auto add = [&frame](const QRect &rect) {
        wire::Rect *r = frame.add_damage();
        r->set_x(rect.x());
        r->set_y(rect.y());
        r->set_width(std::uint32_t(rect.width()));
        r->set_height(std::uint32_t(rect.height()));
    };
    if (damage.rectCount() > limits::FrameDamageRects) {
        add(damage.boundingRect());
        return;
    }
    for (const QRect &rect : damage)
        add(rect);
}

std::optional<QRegion> readDamage(const wire::FrameReady &frame, QSize frameSize)
{
    if (frame.damage_size() > limits::FrameDamageRects)
        return {};
    QRegion region;
    for (const wire::Rect &r : frame.damage()) {
        const qint64 right = qint64(r.x()) + r.width();
        const qint64 bottom = qint64(r.y()) + r.height();
        if (r.x() < 0 || r.y() < 0 || r.width() == 0 || r.height() == 0 || right > frameSize.width() ||
            bottom > frameSize.height())
            return {};
        region += QRect(r.x(), r.y(), int(r.width()), int(r.height()));
    }
    return region;
}

} // namespace bulkhead
