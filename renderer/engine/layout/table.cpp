// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/formatting_context.h"

#include "renderer/engine/layout/sizes.h"
#include "renderer/engine/layout/table_layout.h"
#include "renderer/engine/layout/table_model.h"

#include <algorithm>

namespace bulkhead::engine {
namespace {

/// The border box width of the table itself between its least and greatest.
struct TableWidths
{
    LayoutUnit min, max;
};

TableWidths widthsOf(LayoutPass &pass, TableModel &model, LayoutUnit containingWidth)
{
    const TableGridWidth grid = tableGridWidth(model.columnWidths(pass));
    const LayoutUnit outside = model.outsideColumns(pass, containingWidth);
    return {grid.min + outside, grid.max + outside};
}

std::optional<LayoutUnit> ownWidth(LayoutPass &pass, TableModel &model, const Length &width,
                                   std::optional<LayoutUnit> containingWidth, LayoutUnit available)
{
    const TableWidths widths = widthsOf(pass, model, containingWidth.value_or(LayoutUnit()));
    switch (width.kind()) {
    case Length::Kind::MinContent:
        return widths.min;
    case Length::Kind::MaxContent:
        return widths.max;
    case Length::Kind::FitContent:
        return fitContent({widths.min, widths.max}, available);
    default:
        break;
    }
    if (!width.isLength() || (width.dependsOnBase() && !containingWidth))
        return std::nullopt;
    const LayoutUnit base = containingWidth.value_or(LayoutUnit());
    return toBorderBox(width.resolve(base), pass.style(model.table), model.edges(pass, base).horizontal());
}

LayoutUnit tableWidth(LayoutPass &pass, TableModel &model, std::optional<LayoutUnit> containingWidth,
                      LayoutUnit available)
{
    const TableWidths widths = widthsOf(pass, model, containingWidth.value_or(LayoutUnit()));
    const BoxStyle &style = *pass.style(model.table).box;
    LayoutUnit width = ownWidth(pass, model, style.width, containingWidth, available)
                           .value_or(fitContent({widths.min, widths.max}, available));
    if (const auto most = ownWidth(pass, model, style.maxWidth, containingWidth, available))
        width = std::min(width, *most);
    if (const auto least = ownWidth(pass, model, style.minWidth, containingWidth, available))
        width = std::max(width, *least);
    return std::max(width, widths.min);
}

LayoutUnit captionsMinimum(LayoutPass &pass, const TableModel &model)
{
    LayoutUnit widest;
    for (const std::vector<BoxId> *captions : {&model.topCaptions, &model.bottomCaptions})
        for (const BoxId caption : *captions)
            widest = std::max(widest, pass.contribution(caption).min);
    return widest;
}

/// The table's width in a wrapper whose width is decided.
LayoutUnit widthInWrapper(LayoutPass &pass, TableModel &model, const Space &space)
{
    const LayoutUnit own = tableWidth(pass, model, space.containingWidth, space.width);
    if (std::max(own, captionsMinimum(pass, model)) == space.width)
        return own;
    return std::max(space.width, widthsOf(pass, model, space.containingWidth).min);
}

TableLayoutResult layOut(LayoutPass &pass, BoxId wrapper, const Space &space)
{
    TableModel &model = TableModel::of(pass, wrapper);
    if (model.table == BoxId::None)
        return {};
    return TableRows(pass, model, space, widthInWrapper(pass, model, space)).layOut();
}

} // namespace

namespace table {

Intrinsic intrinsic(LayoutPass &pass, BoxId wrapper)
{
    TableModel &model = TableModel::of(pass, wrapper);
    if (model.table == BoxId::None)
        return {};
    const LayoutUnit captions = captionsMinimum(pass, model);
    const LayoutUnit least = tableWidth(pass, model, std::nullopt, LayoutUnit());
    const LayoutUnit most = tableWidth(pass, model, std::nullopt, LayoutUnit::max());
    return {std::max(least, captions), std::max(most, captions)};
}

LayoutUnit widthIn(LayoutPass &pass, BoxId wrapper, LayoutUnit containingWidth, LayoutUnit available)
{
    TableModel &model = TableModel::of(pass, wrapper);
    if (model.table == BoxId::None)
        return {};
    return std::max(tableWidth(pass, model, containingWidth, available), captionsMinimum(pass, model));
}

Measured heightAt(LayoutPass &pass, BoxId wrapper, const Space &space)
{
    const TableLayoutResult result = layOut(pass, wrapper, space);
    return {result.wrapperHeight, result.baselines};
}

Placed place(LayoutPass &pass, BoxId wrapper, const Space &space)
{
    TableModel &model = TableModel::of(pass, wrapper);
    const TableLayoutResult result = layOut(pass, wrapper, space);
    const FragmentId fragment = placeTable(pass, wrapper, model, space, result);
    return {fragment, result.wrapperHeight, result.baselines};
}

} // namespace table

} // namespace bulkhead::engine
