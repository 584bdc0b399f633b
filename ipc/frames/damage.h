// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/renderer.pb.h"

#include <QRegion>

#include <optional>

namespace bulkhead {

/// Writes @p damage into @p frame as at most limits::FrameDamageRects rectangles that cover it.
void writeDamage(const QRegion &damage, wire::FrameReady &frame);

/// Reads it back; nothing when there are too many rectangles or one is empty or outside the frame.
std::optional<QRegion> readDamage(const wire::FrameReady &frame, QSize frameSize);

} // namespace bulkhead
