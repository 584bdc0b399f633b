// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/recorder.h"

#include "renderer/engine/paint/scroll_bar.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace bulkhead::engine {

Recorder::Recorder(const PaintInput &input, DisplayList &list)
    : m_input(input), m_list(list), m_places(input, list), m_stacking(input.boxes, input.styles, input.tree),
      m_boxes(input, list, m_places), m_content(input, list, m_places, m_boxes)
{
    if (input.scrollBars == ScrollBars::Hidden)
        return;
    for (std::size_t i = 0; i < list.scrollAreas().size(); ++i)
        m_scrollAreas[list.scrollAreas()[i].fragment] = i;
}

void Recorder::run()
{
    if (m_input.tree.root == FragmentId::None)
        return;
    m_boxes.canvas();
    layer(m_input.tree.root, EffectId::None);
    m_list.finish();
}

void Recorder::enter(FragmentId id)
{
    const Place &place = m_places.place(id);
    m_list.setState({place.space, place.clip, m_effect});
}

void Recorder::enterInside(FragmentId id)
{
    const Place &place = m_places.placeInside(id);
    m_list.setState({place.space, place.clip, m_effect});
}

bool Recorder::isVisible(FragmentId id) const
{
    return m_places.style(id).inherited->visibility == Visibility::Visible;
}

void Recorder::layer(FragmentId id, EffectId around)
{
    const Fragment &fragment = m_input.tree.fragment(id);
    const bool isRoot = id == m_input.tree.root;
    const bool isContext =
        isRoot || (m_stacking.isLayer(fragment) && m_stacking.layering(fragment.box) == Layering::Context);
    const EffectId outerEffect = m_effect;
    const FragmentId outerLine = std::exchange(m_line, FragmentId::None);
    m_effect = around;
    if (isContext && !isRoot && m_places.style(id).rare->opacity < 1)
        m_effect = m_list.states().addEffect(around, std::max(0.0F, m_places.style(id).rare->opacity));
    Steps steps;
    if (!isRoot)
        self(id);
    if (isContext) {
        for (FragmentId below : m_stacking.below(id))
            layer(below, m_effect);
    }
    collectBlock(id, steps);
    for (const Step &step : steps.blocks) {
        if (step.what == Step::What::CollapsedBorders) {
            enter(step.fragment);
            m_boxes.collapsedBorders(step.fragment);
        } else {
            self(step.fragment);
        }
    }
    const EffectId effect = m_effect;
    for (FragmentId floating : steps.floats)
        layer(floating, effect);
    for (const Step &step : steps.foreground)
        foreground(step, steps);
    for (FragmentId outlined : steps.outlines)
        outline(outlined);
    if (!isRoot)
        outline(id);
    for (FragmentId area : steps.scrollAreas)
        scrollBars(area);
    if (isContext) {
        for (FragmentId above : m_stacking.above(id))
            layer(above, m_effect);
    }
    m_effect = outerEffect;
    m_line = outerLine;
}

std::vector<FragmentId> Recorder::children(FragmentId parent) const
{
    std::vector<FragmentId> result;
    for (FragmentId child = m_input.tree.fragment(parent).firstChild; child != FragmentId::None;
         child = m_input.tree.fragment(child).next)
        result.push_back(child);
    const BoxId box = m_input.tree.fragment(parent).box;
    if (m_stacking.hasOrder() && box != BoxId::None) {
        const Box::Type type = m_input.boxes.box(box).type;
        if (type == Box::Type::Flex || type == Box::Type::Grid) {
            std::stable_sort(result.begin(), result.end(), [this](FragmentId a, FragmentId b) {
                return m_stacking.order(m_input.tree.fragment(a).box) < m_stacking.order(m_input.tree.fragment(b).box);
            });
        }
    }
    return result;
}

// Of a fragment that is painted itself: what it has, and what is in it.
void Recorder::collectBlock(FragmentId id, Steps &steps)
{
    const Fragment &fragment = m_input.tree.fragment(id);
    switch (fragment.kind) {
    case FragmentKind::Text:
    case FragmentKind::Marker:
        steps.foreground.push_back({Step::What::Content, id});
        return;
    case FragmentKind::Line:
    case FragmentKind::InlineBox:
        collectFloatsInLine(id, steps);
        steps.foreground.push_back({Step::What::Content, id});
        return;
    case FragmentKind::Box:
        break;
    }
    if (fragment.box != BoxId::None && m_input.boxes.box(fragment.box).type == Box::Type::Replaced)
        steps.foreground.push_back({Step::What::Content, id});
    if (!m_scrollAreas.empty() && m_scrollAreas.find(id) != m_scrollAreas.end())
        steps.scrollAreas.push_back(id);
    collect(id, steps);
    if (fragment.box != BoxId::None && m_input.boxes.box(fragment.box).type == Box::Type::Table &&
        !m_input.tree.geometry(id).collapsedBorders.empty())
        steps.blocks.push_back({Step::What::CollapsedBorders, id});
}

void Recorder::collect(FragmentId parent, Steps &steps)
{
    for (FragmentId child : children(parent)) {
        const Fragment &fragment = m_input.tree.fragment(child);
        if (m_stacking.isLayer(fragment) || fragment.isHiddenForPaint)
            continue;
        if (fragment.kind == FragmentKind::Box && fragment.box != BoxId::None) {
            const Box &box = m_input.boxes.box(fragment.box);
            const ComputedStyle &style = m_places.style(child);
            const bool isAnonymous = box.isAnonymous && !box.isTableWrapper;
            if (style.isFloating() && !isAnonymous && !m_stacking.isItem(fragment.box)) {
                steps.floats.push_back(child);
                continue;
            }
            if (m_stacking.isItem(fragment.box)) {
                steps.foreground.push_back({Step::What::Whole, child});
                continue;
            }
            steps.blocks.push_back({Step::What::Self, child});
            if (m_places.style(child).decoration->outline.style != BorderStyle::None)
                steps.outlines.push_back(child);
        }
        collectBlock(child, steps);
    }
}

void Recorder::collectFloatsInLine(FragmentId line, Steps &steps)
{
    for (FragmentId child = m_input.tree.fragment(line).firstChild; child != FragmentId::None;
         child = m_input.tree.fragment(child).next) {
        const Fragment &fragment = m_input.tree.fragment(child);
        if (m_stacking.isLayer(fragment))
            continue;
        if (fragment.kind == FragmentKind::Box && m_places.style(child).isFloating())
            steps.floats.push_back(child);
        else if (fragment.kind == FragmentKind::InlineBox)
            collectFloatsInLine(child, steps);
    }
}

// Backgrounds, borders and shadows of a box.
void Recorder::self(FragmentId id)
{
    const Fragment &fragment = m_input.tree.fragment(id);
    if (fragment.isHiddenForPaint || fragment.box == BoxId::None ||
        (fragment.kind != FragmentKind::Box && fragment.kind != FragmentKind::InlineBox))
        return;
    const Box &box = m_input.boxes.box(fragment.box);
    if (!isVisible(id))
        return;
    enter(id);
    switch (box.type) {
    case Box::Type::TableRow:
    case Box::Type::TableRowGroup:
    case Box::Type::TableColumn:
    case Box::Type::TableColumnGroup:
        tablePart(id);
        return;
    default:
        break;
    }
    m_list.addHitArea(id, toRectF(m_places.rect(id)));
    // What is anonymous has the style of something else, and a wrapper that of its table.
    if (!box.isTableWrapper && !(box.isAnonymous && box.type != Box::Type::Marker))
        m_boxes.decorations(id);
    if (!m_input.tree.geometry(id).columnRules.empty())
        m_boxes.columnRules(id);
}

void Recorder::tablePart(FragmentId id)
{
    m_list.addHitArea(id, toRectF(m_places.rect(id)));
    const Fragment &fragment = m_input.tree.fragment(id);
    if (!m_boxes.hasBackground(id) || m_input.boxes.box(fragment.box).isAnonymous)
        return;
    const Box::Type type = m_input.boxes.box(fragment.box).type;
    if (type == Box::Type::TableRow || type == Box::Type::TableRowGroup) {
        paintCells(id, id);
        return;
    }
    // Columns hold no cells: those of the whole table that lie in them.
    FragmentId table = fragment.parent;
    while (table != FragmentId::None && m_input.tree.fragment(table).box != BoxId::None &&
           m_input.boxes.box(m_input.tree.fragment(table).box).type != Box::Type::Table)
        table = m_input.tree.fragment(table).parent;
    if (table != FragmentId::None)
        paintCells(id, table);
}

// The background of a part of a table behind the cells in @p in, as deep as rows are in row groups and tables.
void Recorder::paintCells(FragmentId part, FragmentId in)
{
    const Box::Type type = m_input.boxes.box(m_input.tree.fragment(part).box).type;
    const bool isColumn = type == Box::Type::TableColumn || type == Box::Type::TableColumnGroup;
    const LayoutRect area = m_places.rect(part);
    for (FragmentId child = m_input.tree.fragment(in).firstChild; child != FragmentId::None;
         child = m_input.tree.fragment(child).next) {
        const Fragment &fragment = m_input.tree.fragment(child);
        if (fragment.kind != FragmentKind::Box || fragment.box == BoxId::None || fragment.isHiddenForPaint)
            continue;
        switch (m_input.boxes.box(fragment.box).type) {
        case Box::Type::TableRowGroup:
        case Box::Type::TableRow:
            paintCells(part, child);
            break;
        case Box::Type::TableCell: {
            const LayoutRect cell = m_places.rect(child);
            const bool isRightToLeft = m_places.style(part).text->direction == Direction::Rtl;
            const bool startsHere = isRightToLeft ? cell.right() <= area.right() && cell.right() > area.left()
                                                  : cell.left() >= area.left() && cell.left() < area.right();
            if (!isColumn || startsHere)
                m_boxes.tableBackground(part, child);
            break;
        }
        default:
            break;
        }
    }
}

void Recorder::foreground(const Step &step, Steps &steps)
{
    const Fragment &fragment = m_input.tree.fragment(step.fragment);
    if (step.what == Step::What::Whole) {
        layer(step.fragment, m_effect);
        return;
    }
    switch (fragment.kind) {
    case FragmentKind::Line:
        m_line = step.fragment;
        inlineContent(step.fragment, steps);
        m_line = FragmentId::None;
        break;
    case FragmentKind::InlineBox: {
        FragmentId line = fragment.parent;
        while (line != FragmentId::None && m_input.tree.fragment(line).kind != FragmentKind::Line)
            line = m_input.tree.fragment(line).parent;
        m_line = line;
        inlineContent(step.fragment, steps);
        m_line = FragmentId::None;
        break;
    }
    case FragmentKind::Text:
        if (isVisible(step.fragment)) {
            enter(step.fragment);
            m_content.text(step.fragment, m_line);
        }
        break;
    case FragmentKind::Marker:
        if (isVisible(step.fragment)) {
            enter(step.fragment);
            m_content.marker(step.fragment);
        }
        break;
    case FragmentKind::Box:
        if (isVisible(step.fragment)) {
            enterInside(step.fragment);
            m_content.replaced(step.fragment);
        }
        break;
    }
}

void Recorder::inlineContent(FragmentId parent, Steps &steps)
{
    for (FragmentId child = m_input.tree.fragment(parent).firstChild; child != FragmentId::None;
         child = m_input.tree.fragment(child).next) {
        const Fragment &fragment = m_input.tree.fragment(child);
        if (m_stacking.isLayer(fragment) || fragment.isHiddenForPaint)
            continue;
        switch (fragment.kind) {
        case FragmentKind::InlineBox:
            self(child);
            inlineContent(child, steps);
            if (m_places.style(child).decoration->outline.style != BorderStyle::None)
                steps.outlines.push_back(child);
            break;
        case FragmentKind::Box:
            if (!m_places.style(child).isFloating() || m_input.boxes.box(fragment.box).isAnonymous)
                layer(child, m_effect);
            break;
        case FragmentKind::Line:
            inlineContent(child, steps);
            break;
        case FragmentKind::Text:
        case FragmentKind::Marker:
            foreground({Step::What::Content, child}, steps);
            break;
        }
    }
}

void Recorder::outline(FragmentId id)
{
    const Fragment &fragment = m_input.tree.fragment(id);
    if ((fragment.kind != FragmentKind::Box && fragment.kind != FragmentKind::InlineBox) ||
        fragment.box == BoxId::None || fragment.isHiddenForPaint || !isVisible(id))
        return;
    const Box &box = m_input.boxes.box(fragment.box);
    if (box.isTableWrapper || box.isAnonymous || box.type == Box::Type::TableColumn ||
        box.type == Box::Type::TableColumnGroup)
        return;
    enter(id);
    m_boxes.outline(id);
}

void Recorder::scrollBars(FragmentId id)
{
    if (!isVisible(id))
        return;
    const ScrollArea &area = m_list.scrollAreas()[m_scrollAreas[id]];
    enter(id);
    m_list.draw(area.view,
                std::make_unique<ScrollBarDrawing>(m_list.states(), area, m_places.style(id).inherited->darkScheme));
}

std::unique_ptr<DisplayList> recordDisplayList(const PaintInput &input)
{
    auto list = std::make_unique<DisplayList>();
    list->setViewport(QRectF(QPointF(), input.viewport));
    Recorder(input, *list).run();
    return list;
}

} // namespace bulkhead::engine
