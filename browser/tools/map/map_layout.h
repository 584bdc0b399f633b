// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <vector>

namespace bulkhead {

/// Where the nodes of the process map stand: the browser in the middle, the others on rings around it, stretched to the
/// shape of the window, so that every line to the middle is free. Pure arithmetic.
struct MapLayout
{
    QPointF center;
    double centerRadius = 0;
    double radius = 0;           ///< of the others
    std::vector<QPointF> others; ///< in the order in which they were counted
    /// How much can be written at a node.
    enum class Detail { Number, Title, Full };
    Detail detail = Detail::Full;
    QSizeF cell; ///< room for a node with its text

    /// For @p count nodes around the middle in @p area; @p lineHeight is that of the text.
    static MapLayout of(int count, const QRectF &area, double lineHeight);
};

} // namespace bulkhead
