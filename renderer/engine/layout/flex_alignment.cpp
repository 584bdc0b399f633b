// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/flex_alignment.h"

#include "renderer/engine/layout/box_alignment.h"

#include <algorithm>

namespace bulkhead::engine {
namespace {

bool isOnBaseline(const FlexItem &item, Alignment which)
{
    return item.alignSelf.value == which && !item.hasAutoCrossMargin();
}

void sizeLine(std::span<const FlexItem> items, FlexLine &line)
{
    LayoutUnit ascent = LayoutUnit::min(), descent = LayoutUnit::min();
    LayoutUnit lastAscent = LayoutUnit::min(), lastDescent = LayoutUnit::min();
    bool hasFirst = false, hasLast = false;
    for (const FlexItem &item : items) {
        if (isOnBaseline(item, Alignment::Baseline)) {
            const LayoutUnit above = item.crossMarginStart + item.baseline;
            ascent = std::max(ascent, above);
            descent = std::max(descent, item.outerCross() - above);
            hasFirst = true;
        } else if (isOnBaseline(item, Alignment::LastBaseline)) {
            const LayoutUnit below = item.crossMarginEnd + item.baseline;
            lastDescent = std::max(lastDescent, below);
            lastAscent = std::max(lastAscent, item.outerCross() - below);
            hasLast = true;
        } else {
            line.crossSize = std::max(line.crossSize, item.outerCross());
        }
    }
    if (hasFirst) {
        line.ascent = ascent;
        line.crossSize = std::max(line.crossSize, ascent + descent);
    }
    if (hasLast) {
        line.lastDescent = lastDescent;
        line.crossSize = std::max(line.crossSize, lastAscent + lastDescent);
    }
}

LayoutUnit sumOfLines(const std::vector<FlexLine> &lines, LayoutUnit gap)
{
    LayoutUnit sum;
    for (const FlexLine &line : lines)
        sum += line.crossSize;
    return lines.size() > 1 ? sum + gap * int(lines.size() - 1) : sum;
}

} // namespace

void sizeFlexLines(std::span<const FlexItem> items, std::vector<FlexLine> &lines, const FlexCrossAxis &axis)
{
    for (FlexLine &line : lines) {
        line.crossSize = {};
        sizeLine(items.subspan(line.first, line.count), line);
    }
    if (!axis.isMultiLine && lines.size() == 1)
        lines[0].crossSize =
            axis.inner ? *axis.inner : std::max(std::min(lines[0].crossSize, axis.maxInner), axis.minInner);
}

LayoutUnit placeFlexLines(std::span<FlexItem> items, std::vector<FlexLine> &lines, const FlexCrossAxis &axis)
{
    const LayoutUnit sum = sumOfLines(lines, axis.gap);
    const LayoutUnit inner = axis.inner ? *axis.inner : std::max(std::min(sum, axis.maxInner), axis.minInner);
    LayoutUnit free = inner - sum;
    if (axis.isMultiLine && axis.content.value == Alignment::Stretch && free > LayoutUnit()) {
        const ContentDistribution shares({Alignment::SpaceBetween}, free, lines.size() + 1);
        for (std::size_t i = 0; i < lines.size(); ++i)
            lines[i].crossSize += shares.offset(i + 1) - shares.offset(i);
        free = {};
    }
    const ContentDistribution distribution(axis.content, axis.isMultiLine ? free : LayoutUnit(), lines.size());
    LayoutUnit at;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        FlexLine &line = lines[i];
        line.crossPosition = at + distribution.offset(i);
        at += line.crossSize + axis.gap;
        for (FlexItem &item : items.subspan(line.first, line.count)) {
            item.isStretched =
                item.alignSelf.value == Alignment::Stretch && item.canStretch && !item.hasAutoCrossMargin();
            if (item.isStretched)
                item.crossSize = std::max(std::min(line.crossSize - item.crossMargins(), item.maxCross), item.minCross);
        }
    }
    return inner;
}

void alignAlongMain(std::span<FlexItem> line, LayoutUnit innerMain, LayoutUnit gap, AlignmentValue justify)
{
    LayoutUnit free = innerMain;
    std::size_t autoMargins = 0;
    for (const FlexItem &item : line) {
        free -= item.mainSize + item.mainMargins();
        autoMargins += std::size_t(item.isMainStartAuto) + std::size_t(item.isMainEndAuto);
    }
    if (line.size() > 1)
        free -= gap * int(line.size() - 1);
    const ContentDistribution shares({Alignment::SpaceBetween}, std::max(free, LayoutUnit()), autoMargins + 1);
    const ContentDistribution distribution(justify, autoMargins > 0 && free > LayoutUnit() ? LayoutUnit() : free,
                                           line.size());
    LayoutUnit at;
    std::size_t margin = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        FlexItem &item = line[i];
        if (item.isMainStartAuto) {
            item.mainMarginStart = shares.offset(margin + 1) - shares.offset(margin);
            ++margin;
        }
        if (item.isMainEndAuto) {
            item.mainMarginEnd = shares.offset(margin + 1) - shares.offset(margin);
            ++margin;
        }
        item.mainPosition = at + distribution.offset(i) + item.mainMarginStart;
        at += item.mainSize + item.mainMargins() + gap;
    }
}

void alignAcross(std::span<FlexItem> items, const std::vector<FlexLine> &lines)
{
    for (const FlexLine &line : lines) {
        for (FlexItem &item : items.subspan(line.first, line.count)) {
            const LayoutUnit free = line.crossSize - item.outerCross();
            if (item.hasAutoCrossMargin()) {
                // Step 13: where nothing is free, the start margin is 0 and the rest overflows at the end.
                const LayoutUnit room = std::max(free, LayoutUnit());
                if (item.isCrossStartAuto)
                    item.crossMarginStart = item.isCrossEndAuto ? room / 2 : room;
                if (item.isCrossEndAuto)
                    item.crossMarginEnd = free - (item.isCrossStartAuto ? item.crossMarginStart : LayoutUnit());
                item.crossPosition = line.crossPosition + item.crossMarginStart;
                continue;
            }
            LayoutUnit offset = alignedOffset(item.alignSelf, free);
            if (item.alignSelf.value == Alignment::Baseline)
                offset = line.ascent - item.crossMarginStart - item.baseline;
            else if (item.alignSelf.value == Alignment::LastBaseline)
                offset = free - (line.lastDescent - item.crossMarginEnd - item.baseline);
            item.crossPosition = line.crossPosition + item.crossMarginStart + offset;
        }
    }
}

} // namespace bulkhead::engine
