// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"
#include "renderer/engine/layout/fragment.h"

#include <cstdint>
#include <optional>

namespace bulkhead::engine {

/// Widths of a border box as its content asks for them (css-sizing-3 4): the box's own padding and border are in them,
/// its margins, width, min-width and max-width are not (see LayoutPass::contribution). Percentages in it count as auto
/// or 0.
struct Intrinsic
{
    LayoutUnit min;
    LayoutUnit max;
    friend bool operator==(Intrinsic, Intrinsic) = default;
};

/// Which height a box gets that its parent did not decide.
enum class HeightRule : std::uint8_t {
    Style,   ///< by its height, min-height and max-height
    Content, ///< of its content alone, as if these were auto, 0 and none
};

/// What a parent lets a box have. Everything that is definite is there; what is not there is indefinite.
struct Space
{
    LayoutUnit width; ///< of the box's border box: decided by the parent, by style and intrinsic widths
    /// Of the containing block: what percentages of the box's margins and padding are of.
    LayoutUnit containingWidth;
    /// Of the containing block, when it is definite: what percentages of the box's heights are of.
    std::optional<LayoutUnit> containingHeight;
    /// The box's border box height, when the parent decides: stretched, flexed, absolute with two insets, ...
    std::optional<LayoutUnit> height;
    /// Whether percentages inside may refer to height.
    bool isHeightDefinite = true;
    HeightRule rule = HeightRule::Style;

    friend bool operator==(const Space &, const Space &) = default;
};

/// From the top of the border box; nothing when there is none.
struct Baselines
{
    std::optional<LayoutUnit> first;
    std::optional<LayoutUnit> last;
    friend bool operator==(const Baselines &, const Baselines &) = default;
};

struct Measured
{
    LayoutUnit height; ///< of the border box
    Baselines baselines;
};

/// A fragment that has no parent yet: LayoutPass::attach() gives it one.
struct Placed
{
    FragmentId fragment = FragmentId::None;
    LayoutUnit height;
    Baselines baselines;
};

/// Where an absolute box would be if it were in the flow (CSS 2.1 10.3.7), relative to a fragment's border box.
struct StaticPosition
{
    /// Which part of the box's margin box lies on the point.
    enum class Edge : std::uint8_t { Start, Center, End } horizontal = Edge::Start, vertical = Edge::Start;
    FragmentId fragment = FragmentId::None;
    LayoutPoint point;
    /// The containing block, if the fragment is that of the box that makes it: a grid area (css-grid-1 9.1).
    std::optional<LayoutRect> area;
};

} // namespace bulkhead::engine
