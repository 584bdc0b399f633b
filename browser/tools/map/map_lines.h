// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QLineF>
#include <QPointF>

namespace bulkhead::map {

/// A node's lines for shared memory are no more than these.
inline constexpr int RegionsAtMost = 3;

/// Dots for so many events a second: none, then few, and never a swarm.
int dotCount(double perSecond);

/// The line @p number beside the straight one between two points, cut off at both circles; null when there is no room.
QLineF lineBeside(QPointF from, double fromRadius, QPointF to, double toRadius, double number);

} // namespace bulkhead::map
