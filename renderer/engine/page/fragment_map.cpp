// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/fragment_map.h"

#include <QTransform>

namespace bulkhead::engine {

FragmentMap::FragmentMap(const LayoutTree &tree, const DisplayList &list)
    : m_tree(tree), m_list(list), m_areaOf(tree.fragments.size(), None)
{
    const auto &areas = list.hitAreas();
    m_bounds.reserve(areas.size());
    for (std::size_t i = 0; i < areas.size(); ++i) {
        m_areaOf[std::size_t(areas[i].fragment)] = std::uint32_t(i);
        m_bounds.push_back(list.states().toDocument(areas[i].space).mapRect(areas[i].area));
    }
}

QRectF FragmentMap::rect(FragmentId id) const
{
    return isShown(id) ? m_bounds[m_areaOf[std::size_t(id)]] : QRectF();
}

QRectF FragmentMap::part(FragmentId id, double left, double right) const
{
    if (!isShown(id))
        return {};
    const HitArea &area = m_list.hitAreas()[m_areaOf[std::size_t(id)]];
    const QRectF part(area.area.left() + left, area.area.top(), right - left, area.area.height());
    return m_list.states().toDocument(area.space).mapRect(part);
}

QPointF FragmentMap::toFragment(FragmentId id, QPointF point) const
{
    if (!isShown(id))
        return {};
    const HitArea &area = m_list.hitAreas()[m_areaOf[std::size_t(id)]];
    return m_list.states().toDocument(area.space).inverted().map(point) - area.area.topLeft();
}

FragmentId FragmentMap::at(QPointF point, const std::function<bool(FragmentId)> &counts) const
{
    const auto &areas = m_list.hitAreas();
    for (std::size_t i = areas.size(); i-- > 0;) {
        if (!m_bounds[i].contains(point))
            continue;
        const HitArea &area = areas[i];
        const QTransform &toDocument = m_list.states().toDocument(area.space);
        if (toDocument.isInvertible() && area.area.contains(toDocument.inverted().map(point)) &&
            !m_list.states().clipsOut(area.clip, point) && counts(area.fragment))
            return area.fragment;
    }
    return FragmentId::None;
}

} // namespace bulkhead::engine
