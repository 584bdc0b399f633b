// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/display_list.h"
#include "renderer/engine/paint/paint_input.h"
#include "renderer/engine/paint/pixel_grid.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bulkhead::engine {

/// The space and the clip that something is painted in.
struct Place
{
    SpaceId space = SpaceId::Document;
    ClipId clip = ClipId::None;
    friend bool operator==(const Place &, const Place &) = default;
};

/// Where each fragment is and what moves and cuts it: transforms, scroll areas, fixed and sticky boxes, overflow and
/// clip. Goes down the fragments, which lie in those of their containing blocks; so an absolute box is not cut by boxes
/// between it and its containing block.
class FragmentPlaces
{
public:
    FragmentPlaces(const PaintInput &input, DisplayList &list);

    /// Of its border box, in the coordinates of its space.
    LayoutPoint position(FragmentId id) const { return m_positions[std::size_t(id)]; }
    LayoutRect rect(FragmentId id) const { return {position(id), m_input.tree.fragment(id).size}; }
    /// Of the fragment itself.
    const Place &place(FragmentId id) const { return m_places[m_own[std::size_t(id)]]; }
    /// Of what is in it.
    const Place &placeInside(FragmentId id) const { return m_places[m_inside[std::size_t(id)]]; }
    /// The border edge as it is painted, in whole pixels, with its corners.
    RoundedRect borderEdge(FragmentId id) const;
    const ComputedStyle &style(FragmentId id) const;
    /// Its overflow is the viewport's (css-overflow-3 3.3).
    bool isViewportOverflow(BoxId box) const { return box == m_viewportOverflow; }
    /// The space of fixed boxes; that of the document when they do not follow the viewport.
    SpaceId fixedSpace() const { return m_fixed; }
    const PixelGrid &grid() const { return m_grid; }

private:
    void visit(FragmentId id);
    std::uint32_t remember(const Place &place, std::uint32_t likely);
    Place own(FragmentId id, const Place &around);
    Place inside(FragmentId id, const Place &own);
    SpaceId stickySpace(FragmentId id, SpaceId around);
    void findViewportOverflow();

    const PaintInput &m_input;
    DisplayList &m_list;
    PixelGrid m_grid;
    SpaceId m_fixed = SpaceId::Document;
    BoxId m_viewportOverflow = BoxId::None;
    std::vector<LayoutPoint> m_positions;
    std::vector<Place> m_places{1};
    std::vector<std::uint32_t> m_own;
    std::vector<std::uint32_t> m_inside;
};

} // namespace bulkhead::engine
