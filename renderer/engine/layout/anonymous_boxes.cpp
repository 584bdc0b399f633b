// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/anonymous_boxes.h"

#include <algorithm>
#include <iterator>

namespace bulkhead::engine {

void AnonymousBoxes::fix(BoxId parent)
{
    switch (m_tree->box(parent).type) {
    case Box::Type::Table:
        fixTable(parent);
        return;
    case Box::Type::TableRowGroup:
        fixRows(parent);
        return;
    case Box::Type::TableRow:
        fixCells(parent);
        return;
    case Box::Type::TableColumnGroup:
        fixColumnGroup(parent);
        return;
    case Box::Type::TableColumn:
        setChildren(parent, {});
        return;
    case Box::Type::Flex:
    case Box::Type::Grid:
        fixMisplacedTableParts(parent);
        fixItems(parent);
        return;
    case Box::Type::Inline:
        fixMisplacedTableParts(parent);
        return;
    case Box::Type::Block:
    case Box::Type::TableCell:
        fixMisplacedTableParts(parent);
        if (m_tree->box(parent).isColumns)
            fixColumns(parent);
        else
            fixBlockContainer(parent);
        return;
    default:
        return;
    }
}

bool AnonymousBoxes::isBlank(BoxId id) const
{
    const Box &box = m_tree->box(id);
    if (box.type != Box::Type::Text)
        return false;
    const WhiteSpaceCollapse mode = style(id).text->whiteSpace;
    if (mode != WhiteSpaceCollapse::Collapse && mode != WhiteSpaceCollapse::PreserveBreaks)
        return false;
    const QStringView text = (*m_texts)[std::size_t(id)];
    return std::all_of(text.begin(), text.end(), [mode](QChar c) {
        return c == u' ' || c == u'\t' || c == u'\r' || c == u'\f' ||
               (c == u'\n' && mode == WhiteSpaceCollapse::Collapse);
    });
}

AnonymousBoxes::Boxes AnonymousBoxes::childrenOf(BoxId parent) const
{
    Boxes children;
    for (const BoxId child : m_tree->children(parent))
        children.push_back(child);
    return children;
}

void AnonymousBoxes::setChildren(BoxId parent, const Boxes &children)
{
    Box &above = m_tree->box(parent);
    above.firstChild = children.empty() ? BoxId::None : children.front();
    above.lastChild = children.empty() ? BoxId::None : children.back();
    for (std::size_t i = 0; i < children.size(); ++i) {
        Box &box = m_tree->box(children[i]);
        box.parent = parent;
        box.next = i + 1 < children.size() ? children[i + 1] : BoxId::None;
    }
}

BoxId AnonymousBoxes::newBox(Box::Type type, BoxId parent, DisplayOutside outside, DisplayInside inside)
{
    Box box;
    box.type = type;
    box.isAnonymous = true;
    box.node = m_tree->box(parent).node;
    box.parent = parent;
    box.style = m_anonymous->inherit(m_tree->box(parent).style, outside, inside);
    m_tree->boxes.push_back(box);
    return BoxId(m_tree->boxes.size() - 1);
}

bool AnonymousBoxes::isInFlow(BoxId id) const
{
    const Box &box = m_tree->box(id);
    // Texts and anonymous boxes have the style of what they are in.
    if (box.type == Box::Type::Text)
        return true;
    return box.type != Box::Type::Marker && !style(id).isOutOfFlow() && !style(id).isFloating();
}

bool AnonymousBoxes::isInlineLevel(BoxId id) const
{
    const Box &box = m_tree->box(id);
    switch (box.type) {
    case Box::Type::Text:
    case Box::Type::LineBreak:
    case Box::Type::WordBreak:
        return true;
    default:
        return isInFlow(id) && style(id).display.isInlineLevel();
    }
}

// CSS 2.1 9.2.1.1: a block container has either blocks or lines.
void AnonymousBoxes::fixBlockContainer(BoxId parent)
{
    bool hasLines = false, hasBlocks = false, hasMarker = false;
    for (const BoxId child : m_tree->children(parent)) {
        const bool isLine = isInlineLevel(child);
        hasLines |= isLine;
        hasBlocks |= !isLine && isInFlow(child);
        hasMarker |= m_tree->box(child).type == Box::Type::Marker;
    }
    if (!hasBlocks) {
        m_tree->box(parent).isInlineRoot = hasLines || hasMarker;
        return;
    }
    if (!hasLines)
        return;
    Boxes result, run;
    for (const BoxId child : childrenOf(parent)) {
        if (m_tree->box(child).type == Box::Type::Marker)
            result.push_back(child);
        else if (isInFlow(child) && !isInlineLevel(child)) {
            wrapLines(parent, run, result);
            result.push_back(child);
        } else {
            run.push_back(child);
        }
    }
    wrapLines(parent, run, result);
    setChildren(parent, result);
}

// Without anything but white space there is no line: floats and absolute boxes stand between the blocks.
void AnonymousBoxes::wrapLines(BoxId parent, Boxes &run, Boxes &result)
{
    const bool hasLine =
        std::any_of(run.begin(), run.end(), [this](BoxId id) { return isInlineLevel(id) && !isBlank(id); });
    if (!hasLine) {
        std::copy_if(run.begin(), run.end(), std::back_inserter(result),
                     [this](BoxId id) { return !isInlineLevel(id); });
    } else {
        const BoxId lines = newBox(Box::Type::Block, parent, DisplayOutside::Block, DisplayInside::Flow);
        m_tree->box(lines).isInlineRoot = true;
        setChildren(lines, run);
        result.push_back(lines);
    }
    run.clear();
}

// css-flexbox-1 4, css-grid-1 6: text becomes an item; white space alone does not.
void AnonymousBoxes::fixItems(BoxId parent)
{
    Boxes result, run;
    const auto flush = [&] {
        const bool hasLine = std::any_of(run.begin(), run.end(), [this](BoxId id) { return !isBlank(id); });
        if (hasLine) {
            const BoxId item = newBox(Box::Type::Block, parent, DisplayOutside::Block, DisplayInside::FlowRoot);
            m_tree->box(item).isInlineRoot = true;
            m_tree->box(item).isFlowRoot = true;
            setChildren(item, run);
            result.push_back(item);
        }
        run.clear();
    };
    for (const BoxId child : childrenOf(parent)) {
        if (isInlineLevel(child)) {
            run.push_back(child);
            continue;
        }
        flush();
        if (m_tree->box(child).type != Box::Type::Marker)
            result.push_back(child);
        if (m_tree->box(child).type == Box::Type::Block)
            m_tree->box(child).isFlowRoot = true;
    }
    flush();
    setChildren(parent, result);
}

// css-multicol-1 6: what spans all columns stands between flows.
void AnonymousBoxes::fixColumns(BoxId parent)
{
    Boxes result, run;
    const auto flush = [&] {
        const bool isEmpty = std::all_of(run.begin(), run.end(), [this](BoxId id) { return isBlank(id); });
        if (!isEmpty) {
            const BoxId flow = newBox(Box::Type::Block, parent, DisplayOutside::Block, DisplayInside::FlowRoot);
            m_tree->box(flow).isFlowRoot = true;
            setChildren(flow, run);
            fixBlockContainer(flow);
            result.push_back(flow);
        }
        run.clear();
    };
    for (const BoxId child : childrenOf(parent)) {
        const bool spans = m_tree->box(child).type != Box::Type::Text && isInFlow(child) && !isInlineLevel(child) &&
                           style(child).rare->columnSpanAll;
        if (!spans) {
            run.push_back(child);
            continue;
        }
        flush();
        if (m_tree->box(child).type == Box::Type::Block)
            m_tree->box(child).isFlowRoot = true;
        result.push_back(child);
    }
    flush();
    setChildren(parent, result);
}

} // namespace bulkhead::engine
