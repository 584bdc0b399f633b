// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/layout_tree.h"
#include "renderer/engine/paint/display_list.h"

#include <QPointF>
#include <QRectF>

#include <cstdint>
#include <functional>
#include <vector>

namespace bulkhead::engine {

/// Where fragments are in the document, with everything that moves them, and which is under a point. Of one state of
/// scrolling.
class FragmentMap
{
public:
    /// Both must outlive it.
    FragmentMap(const LayoutTree &tree, const DisplayList &list);

    /// Its border box; empty when it cannot be seen.
    QRectF rect(FragmentId id) const;
    /// What of it lies between two distances from its left edge.
    QRectF part(FragmentId id, double left, double right) const;
    bool isShown(FragmentId id) const { return m_areaOf[std::size_t(id)] != None; }
    /// A point of the document in a fragment's own coordinates, from its top left.
    QPointF toFragment(FragmentId id, QPointF point) const;

    /// The uppermost fragment at a point for which @p counts; None when there is none.
    FragmentId at(QPointF point, const std::function<bool(FragmentId)> &counts) const;

private:
    static constexpr std::uint32_t None = 0xffffffff;

    const LayoutTree &m_tree;
    const DisplayList &m_list;
    std::vector<std::uint32_t> m_areaOf; // by fragment: index of its hit area
    std::vector<QRectF> m_bounds;        // of hit areas, in the document
};

} // namespace bulkhead::engine
