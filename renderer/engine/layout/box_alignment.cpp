// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/box_alignment.h"

#include <algorithm>

namespace bulkhead::engine {
namespace {

Alignment startOrEnd(bool isEnd)
{
    return isEnd ? Alignment::End : Alignment::Start;
}

} // namespace

Alignment resolveAlignment(Alignment value, const AlignmentAxis &axis, Alignment normal)
{
    switch (value == Alignment::Normal || value == Alignment::Auto ? normal : value) {
    case Alignment::Start:
        return startOrEnd(axis.isReversed);
    case Alignment::End:
        return startOrEnd(!axis.isReversed);
    case Alignment::FlexStart:
        return Alignment::Start;
    case Alignment::FlexEnd:
        return Alignment::End;
    case Alignment::SelfStart:
        return startOrEnd(axis.isReversed != axis.isItemOpposite);
    case Alignment::SelfEnd:
        return startOrEnd(axis.isReversed == axis.isItemOpposite);
    case Alignment::Left:
        return startOrEnd(axis.isReversed != (axis.isHorizontal && axis.isRightToLeft));
    case Alignment::Right:
        return startOrEnd(axis.isReversed != (axis.isHorizontal && !axis.isRightToLeft));
    case Alignment::Auto:
    case Alignment::Normal:
        return Alignment::Start;
    default:
        return value == Alignment::Normal || value == Alignment::Auto ? normal : value;
    }
}

ContentDistribution::ContentDistribution(AlignmentValue value, LayoutUnit free, std::size_t count) : m_free(free.raw())
{
    const bool overflows = free < LayoutUnit();
    const auto subjects = std::int64_t(std::max<std::size_t>(count, 1));
    Alignment used = value.value;
    // What cannot be spread falls back: to the start, also where the fallback is "safe center".
    if (used == Alignment::SpaceBetween && (overflows || subjects == 1))
        used = Alignment::Start;
    else if (used == Alignment::SpaceAround || used == Alignment::SpaceEvenly)
        used = overflows ? Alignment::Start : used;
    else if (value.isSafe && overflows)
        used = Alignment::Start;
    switch (used) {
    case Alignment::End:
    case Alignment::LastBaseline:
        m_first = 1;
        break;
    case Alignment::Center:
        m_first = 1;
        m_parts = 2;
        break;
    case Alignment::SpaceBetween:
        m_step = 1;
        m_parts = subjects - 1;
        break;
    case Alignment::SpaceAround:
        m_step = 2;
        m_first = 1;
        m_parts = 2 * subjects;
        break;
    case Alignment::SpaceEvenly:
        m_step = 1;
        m_first = 1;
        m_parts = subjects + 1;
        break;
    default:
        break;
    }
}

LayoutUnit alignedOffset(AlignmentValue value, LayoutUnit free)
{
    return ContentDistribution(value, free, 1).offset(0);
}

} // namespace bulkhead::engine
