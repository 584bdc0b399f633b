// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/background_layers.h"
#include "renderer/engine/style/compute_style.h"

namespace bulkhead::engine {

namespace {

/// css-display-3 2.7
Display blockified(Display display)
{
    using Outside = DisplayOutside;
    using Inside = DisplayInside;
    if (display.isNone() || display.outside == Outside::Contents || display.isBlockLevel())
        return display;
    if (display.isTablePart())
        return {Outside::Block, Inside::Flow, false};
    const bool isInlineBlock = display.inside == Inside::FlowRoot && !display.isListItem;
    return {Outside::Block, isInlineBlock ? Inside::Flow : display.inside, display.isListItem};
}

void finishDisplay(Computing &computing, const StylePlace &place)
{
    ComputedStyle &style = computing.style;
    if (style.isOutOfFlow())
        style.floating = Float::None;
    style.originalDisplay = style.display;
    const bool isRoot = place.role == StylePlace::Role::RootElement;
    if (isRoot && style.display.outside == DisplayOutside::Contents)
        style.display = {DisplayOutside::Block, DisplayInside::Flow, false};
    if (isRoot || style.isOutOfFlow() || style.floating != Float::None ||
        place.container == StylePlace::Container::FlexOrGrid)
        style.display = blockified(style.display);
}

/// css-overflow-3 3.1: "visible" beside something that scrolls.
void finishOverflow(ComputedStyle &style)
{
    const auto isOpen = [](Overflow overflow) { return overflow == Overflow::Visible || overflow == Overflow::Clip; };
    if (isOpen(style.overflowX) == isOpen(style.overflowY))
        return;
    Overflow &open = isOpen(style.overflowX) ? style.overflowX : style.overflowY;
    open = open == Overflow::Visible ? Overflow::Auto : Overflow::Hidden;
}

BorderSide finishedLine(const BorderSide &side, const Computing::Line &line, const QColor &color)
{
    const bool isDrawn = side.style != BorderStyle::None && side.style != BorderStyle::Hidden;
    return {isDrawn ? line.width : 0, side.style, line.color.value_or(color)};
}

void finishLines(Computing &computing)
{
    if (!computing.hasLines)
        return;
    const QColor color = computing.style.text.constData()->color;
    DecorationStyleGroup &decoration = *computing.style.decoration;
    for (std::size_t i = 0; i < 4; ++i)
        decoration.border[i] = finishedLine(decoration.border[i], computing.lines[i], color);
    decoration.outline = finishedLine(decoration.outline, computing.lines[Computing::OutlineLine], color);
    const BorderSide &rule = computing.style.rare.constData()->columnRule;
    const BorderSide made = finishedLine(rule, computing.lines[Computing::ColumnRuleLine], color);
    if (rule.style != BorderStyle::None && !(made == rule))
        computing.style.rare->columnRule = made;
}

void finishTextDecoration(Computing &computing)
{
    const RareStyle &rare = *computing.style.rare.constData();
    if (rare.underline || rare.overline || rare.lineThrough || computing.decorationColor)
        computing.style.rare->decorationColor =
            computing.decorationColor.value_or(computing.style.text.constData()->color);
}

} // namespace

void finishStyle(Computing &computing, const StylePlace &place)
{
    finishDisplay(computing, place);
    finishOverflow(computing.style);
    finishLines(computing);
    finishBackground(computing);
    finishTextDecoration(computing);
    // css-text-3 8.2: letters that stand apart make no ligatures.
    if (computing.style.text.constData()->letterSpacing != 0 && computing.style.font.constData()->ligatures)
        computing.style.font->ligatures = false;
}

} // namespace bulkhead::engine
