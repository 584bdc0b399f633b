// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/box_recorder.h"

#include "renderer/engine/paint/border_image.h"
#include "renderer/engine/paint/box_shadow.h"

#include <algorithm>
#include <cstddef>
#include <memory>

namespace bulkhead::engine {

namespace {

QMarginsF marginsOf(const BorderDrawing::Edges &edges)
{
    return {edges[3].width, edges[0].width, edges[1].width, edges[2].width};
}

} // namespace

bool paintsBackground(const DecorationStyleGroup &style)
{
    return style.backgroundColor.alpha() > 0 ||
           std::any_of(style.backgrounds.begin(), style.backgrounds.end(),
                       [](const BackgroundLayer &layer) { return !layer.image.isEmpty(); });
}

BoxRecorder::BoxRecorder(const PaintInput &input, DisplayList &list, const FragmentPlaces &places)
    : m_input(input), m_list(list), m_places(places)
{
}

bool BoxRecorder::hasBackground(FragmentId id) const
{
    return m_input.tree.fragment(id).box != m_canvasBox && paintsBackground(*m_places.style(id).decoration);
}

// Sides that a cut leaves open have no width; what is left is in whole pixels.
BorderDrawing::Edges BoxRecorder::edgesOf(FragmentId id) const
{
    const Fragment &fragment = m_input.tree.fragment(id);
    const LayoutEdges &widths = m_input.tree.geometry(id).border;
    const ComputedStyle &style = m_places.style(id);
    const std::array<LayoutUnit, 4> used{widths.top, widths.right, widths.bottom, widths.left};
    BorderDrawing::Edges edges;
    for (std::size_t i = 0; i < 4; ++i) {
        const BorderSide &side = style.decoration->border[i];
        edges[i] = {m_places.grid().line(used[i].toDouble()), side.style, side.color};
    }
    if (style.rare->decorationBreak == BoxDecorationBreak::Clone)
        return edges;
    const bool isInline = fragment.kind == FragmentKind::InlineBox;
    const bool isLtr = style.text->direction == Direction::Ltr;
    const std::size_t first = isInline ? (isLtr ? 3 : 1) : 0, last = isInline ? (isLtr ? 1 : 3) : 2;
    if (!fragment.isFirstOfBox)
        edges[first].width = 0;
    if (!fragment.isLastOfBox)
        edges[last].width = 0;
    return edges;
}

// Collapsed borders belong to the table's grid.
bool BoxRecorder::paintsOwnBorder(FragmentId id) const
{
    const Box &box = m_input.boxes.box(m_input.tree.fragment(id).box);
    const bool isCollapsed = m_places.style(id).inherited->borderCollapse == BorderCollapse::Collapse;
    return !(isCollapsed && (box.type == Box::Type::Table || box.type == Box::Type::TableCell));
}

void BoxRecorder::shadows(FragmentId id, const RoundedRect &edge, bool isInset)
{
    const auto &all = m_places.style(id).decoration->boxShadow;
    for (auto shadow = all.rbegin(); shadow != all.rend(); ++shadow) {
        if (shadow->isInset != isInset || shadow->color.alpha() == 0)
            continue;
        auto drawing = std::make_unique<BoxShadowDrawing>(edge, *shadow);
        const QRectF bounds = drawing->bounds();
        m_list.draw(bounds, std::move(drawing));
    }
}

void BoxRecorder::decorations(FragmentId id)
{
    const DecorationStyleGroup &style = *m_places.style(id).decoration;
    const bool isCanvas = m_input.tree.fragment(id).box == m_canvasBox;
    const RoundedRect edge = m_places.borderEdge(id);
    const BorderDrawing::Edges edges = edgesOf(id);
    shadows(id, edge, false);
    const RoundedRect padding = edge.inside(marginsOf(edges));
    if (!isCanvas && paintsBackground(style)) {
        const BoxGeometry &geometry = m_input.tree.geometry(id);
        Backdrop backdrop{
            &style, {slicedArea(id), geometry.border, geometry.padding}, edge, padding, contentEdge(id), false, id};
        if (std::any_of(style.backgrounds.begin(), style.backgrounds.end(),
                        [](const BackgroundLayer &one) { return one.clip == BackgroundBox::Text; }))
            backgroundThroughText(id, backdrop);
        else
            background(backdrop);
    }
    shadows(id, padding, true);
    if (!paintsOwnBorder(id))
        return;
    if (!borderImage(id, edge, edges))
        recordBorder(m_list, edge, edges);
}

RoundedRect BoxRecorder::contentEdge(FragmentId id) const
{
    const BoxGeometry &geometry = m_input.tree.geometry(id);
    const LayoutEdges inner = geometry.border + geometry.padding;
    const LayoutRect rect = m_places.rect(id);
    const QMarginsF margins(inner.left.toDouble(), inner.top.toDouble(), inner.right.toDouble(),
                            inner.bottom.toDouble());
    RoundedRect content = m_places.borderEdge(id).inside(margins);
    const LayoutRect box{{rect.left() + inner.left, rect.top() + inner.top},
                         {std::max(rect.size.width - inner.horizontal(), LayoutUnit()),
                          std::max(rect.size.height - inner.vertical(), LayoutUnit())}};
    content.rect = m_places.grid().snap(box);
    return content;
}

bool BoxRecorder::borderImage(FragmentId id, const RoundedRect &edge, const BorderDrawing::Edges &edges)
{
    const BorderImage &image = m_places.style(id).decoration->borderImage;
    if (image.source.isEmpty())
        return false;
    std::array<double, 4> widths{};
    std::transform(edges.begin(), edges.end(), widths.begin(), [](const BorderEdge &e) { return e.width; });
    auto drawing = BorderImageDrawing::make(m_input.images, image, edge.rect, widths, m_places.grid());
    if (!drawing)
        return false;
    const QRectF bounds = drawing->bounds();
    m_list.draw(bounds, std::move(drawing));
    m_list.noteImage(image.source.url);
    return true;
}

void BoxRecorder::outline(FragmentId id)
{
    const DecorationStyleGroup &style = *m_places.style(id).decoration;
    if (style.outline.style <= BorderStyle::Hidden || style.outline.width <= 0)
        return;
    const double width = m_places.grid().line(double(style.outline.width));
    const double offset = m_places.grid().snap(double(style.outlineOffset));
    RoundedRect outer = m_places.borderEdge(id).grownBy(offset + width);
    const double least = 2 * width; // an outline that is pulled into the box keeps its lines
    if (outer.rect.width() < least || outer.rect.height() < least)
        outer = {QRectF(outer.rect.center() - QPointF(width, width), QSizeF(least, least)), {}};
    const BorderEdge edge{width, style.outline.style, style.outline.color};
    recordBorder(m_list, outer, {edge, edge, edge, edge});
}

void BoxRecorder::columnRules(FragmentId id)
{
    const BorderSide &rule = m_places.style(id).rare->columnRule;
    if (rule.style <= BorderStyle::Hidden || rule.width <= 0)
        return;
    const LayoutPoint origin = m_places.position(id);
    const PixelGrid &grid = m_places.grid();
    for (const LayoutRect &area : m_input.tree.geometry(id).columnRules) {
        QRectF rect = grid.snap(LayoutRect{area.origin + origin, area.size});
        const double width = grid.line(double(rule.width));
        rect.setWidth(width);
        recordLine(m_list, rect, {width, rule.style, rule.color}, Side::Left, 1 / grid.scale());
    }
}

void BoxRecorder::collapsedBorders(FragmentId table)
{
    const LayoutPoint origin = m_places.position(table);
    const PixelGrid &grid = m_places.grid();
    for (const BoxGeometry::CollapsedEdge &edge : m_input.tree.geometry(table).collapsedBorders) {
        const QRectF rect = grid.snap(LayoutRect{edge.area.origin + origin, edge.area.size});
        BorderStyle style = edge.side.style;
        // CSS 2.1 17.6.3: inset and outset look like ridge and groove.
        if (style == BorderStyle::Inset)
            style = BorderStyle::Ridge;
        else if (style == BorderStyle::Outset)
            style = BorderStyle::Groove;
        const double width = edge.isVertical ? rect.width() : rect.height();
        recordLine(m_list, rect, {width, style, edge.side.color}, edge.isVertical ? Side::Left : Side::Top,
                   1 / grid.scale());
    }
}

} // namespace bulkhead::engine
