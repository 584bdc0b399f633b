// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/anonymous_boxes.h"

#include <algorithm>
#include <iterator>

/// The parts of tables that are not there (CSS 2.1 17.2.1).
namespace bulkhead::engine {

bool AnonymousBoxes::isTablePart(BoxId id) const
{
    switch (m_tree->box(id).type) {
    case Box::Type::TableRowGroup:
    case Box::Type::TableRow:
    case Box::Type::TableCell:
    case Box::Type::TableColumnGroup:
    case Box::Type::TableColumn:
        return true;
    case Box::Type::Block:
        return !m_tree->box(id).isAnonymous && style(id).display.inside == DisplayInside::TableCaption;
    default:
        return false;
    }
}

// Runs of children that are not proper get a parent of @p type; what is white space alone goes. Absolute boxes stay.
template <typename IsProper>
void AnonymousBoxes::wrapImproper(BoxId parent, IsProper isProper, Box::Type type, DisplayInside inside)
{
    Boxes result, run;
    const auto flush = [&] {
        const bool isEmpty = std::all_of(run.begin(), run.end(), [this](BoxId id) { return isBlank(id); });
        if (!isEmpty) {
            const BoxId wrapper = newBox(type, parent, DisplayOutside::Internal, inside);
            if (type == Box::Type::TableCell)
                m_tree->box(wrapper).isFlowRoot = true;
            setChildren(wrapper, run);
            fix(wrapper);
            result.push_back(wrapper);
        }
        run.clear();
    };
    for (const BoxId child : childrenOf(parent)) {
        const bool isText = m_tree->box(child).type == Box::Type::Text;
        if (!isText && (style(child).isOutOfFlow() || m_tree->box(child).type == Box::Type::Marker) && run.empty()) {
            result.push_back(child);
        } else if (isProper(child)) {
            flush();
            result.push_back(child);
        } else {
            run.push_back(child);
        }
    }
    flush();
    setChildren(parent, result);
}

void AnonymousBoxes::fixTable(BoxId table)
{
    const auto is = [this](BoxId id, Box::Type type) { return m_tree->box(id).type == type; };
    const auto isCaption = [&](BoxId id) { return is(id, Box::Type::Block) && isTablePart(id); };
    // Cells and what is no part of a table: into rows.
    wrapImproper(
        table,
        [&](BoxId id) {
            return is(id, Box::Type::TableRowGroup) || is(id, Box::Type::TableRow) ||
                   is(id, Box::Type::TableColumnGroup) || is(id, Box::Type::TableColumn) || isCaption(id);
        },
        Box::Type::TableRow, DisplayInside::TableRow);
    wrapImproper(
        table, [&](BoxId id) { return !is(id, Box::Type::TableColumn); }, Box::Type::TableColumnGroup,
        DisplayInside::TableColumnGroup);
    wrapImproper(
        table, [&](BoxId id) { return !is(id, Box::Type::TableRow); }, Box::Type::TableRowGroup,
        DisplayInside::TableRowGroup);
    moveCaptions(table);
}

// They are the wrapper's.
void AnonymousBoxes::moveCaptions(BoxId table)
{
    Boxes captions, rest;
    for (const BoxId child : childrenOf(table)) {
        const bool isCaption = m_tree->box(child).type == Box::Type::Block && isTablePart(child);
        (isCaption ? captions : rest).push_back(child);
    }
    if (captions.empty())
        return;
    setChildren(table, rest);
    const BoxId wrapper = m_tree->box(table).parent;
    captions.insert(captions.begin(), table);
    setChildren(wrapper, captions);
}

void AnonymousBoxes::fixRows(BoxId group)
{
    wrapImproper(
        group, [&](BoxId id) { return m_tree->box(id).type == Box::Type::TableRow; }, Box::Type::TableRow,
        DisplayInside::TableRow);
}

void AnonymousBoxes::fixCells(BoxId row)
{
    wrapImproper(
        row, [&](BoxId id) { return m_tree->box(id).type == Box::Type::TableCell; }, Box::Type::TableCell,
        DisplayInside::TableCell);
}

void AnonymousBoxes::fixColumnGroup(BoxId group)
{
    Boxes columns = childrenOf(group);
    columns.erase(std::remove_if(columns.begin(), columns.end(),
                                 [this](BoxId id) { return m_tree->box(id).type != Box::Type::TableColumn; }),
                  columns.end());
    setChildren(group, columns);
}

// Parts of tables outside of tables.
void AnonymousBoxes::fixMisplacedTableParts(BoxId parent)
{
    const Boxes children = childrenOf(parent);
    if (m_tree->box(parent).isTableWrapper ||
        std::none_of(children.begin(), children.end(), [this](BoxId id) { return isTablePart(id); }))
        return;
    Boxes result, run, blanks;
    const auto flush = [&] {
        if (!run.empty())
            wrapTable(parent, run, result);
        run.clear();
        result.insert(result.end(), blanks.begin(), blanks.end());
        blanks.clear();
    };
    for (const BoxId child : children) {
        if (isTablePart(child)) {
            run.insert(run.end(), blanks.begin(), blanks.end());
            blanks.clear();
            run.push_back(child);
        } else if (!run.empty() && isBlank(child)) {
            blanks.push_back(child); // part of the table when another part follows
        } else {
            flush();
            result.push_back(child);
        }
    }
    flush();
    setChildren(parent, result);
}

void AnonymousBoxes::wrapTable(BoxId parent, const Boxes &run, Boxes &result)
{
    const bool isInline = m_tree->box(parent).type == Box::Type::Inline;
    const BoxId wrapper = newBox(Box::Type::Block, parent, isInline ? DisplayOutside::Inline : DisplayOutside::Block,
                                 DisplayInside::FlowRoot);
    m_tree->box(wrapper).isTableWrapper = true;
    m_tree->box(wrapper).isFlowRoot = true;
    const BoxId table = newBox(Box::Type::Table, parent, DisplayOutside::Block, DisplayInside::Table);
    setChildren(wrapper, {table});
    setChildren(table, run);
    fixTable(table);
    result.push_back(wrapper);
}

} // namespace bulkhead::engine
