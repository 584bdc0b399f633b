// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/box_recorder.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/paint/border_image.h"
#include "renderer/engine/paint/box_shadow.h"
#include "renderer/engine/paint/rounded_fill.h"
#include "renderer/engine/paint/text_clip.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>

namespace bulkhead::engine {

namespace {

bool hasBackgroundOf(const DecorationStyleGroup &style)
{
    return style.backgroundColor.alpha() > 0 ||
           std::any_of(style.backgrounds.begin(), style.backgrounds.end(),
                       [](const BackgroundLayer &layer) { return !layer.image.isEmpty(); });
}

QMarginsF marginsOf(const BorderDrawing::Edges &edges)
{
    return {edges[3].width, edges[0].width, edges[1].width, edges[2].width};
}

} // namespace

BoxRecorder::BoxRecorder(const PaintInput &input, DisplayList &list, const FragmentPlaces &places)
    : m_input(input), m_list(list), m_places(places)
{
}

bool BoxRecorder::hasBackground(FragmentId id) const
{
    return m_input.tree.fragment(id).box != m_canvasBox && hasBackgroundOf(*m_places.style(id).decoration);
}

void BoxRecorder::canvas()
{
    const BoxId root = m_input.boxes.box(BoxId::Root).firstChild;
    if (root == BoxId::None)
        return;
    m_canvasBox = root;
    const Box &rootBox = m_input.boxes.box(root);
    if (!hasBackgroundOf(*m_input.styles.style(rootBox.style).decoration)) {
        for (BoxId child : m_input.boxes.children(root)) {
            const Box &box = m_input.boxes.box(child);
            if (box.node != NodeId::None && box.pseudo == PseudoElement::None && !box.isAnonymous &&
                m_input.document.isElement(box.node, tag::Body)) {
                m_canvasBox = child;
                break;
            }
        }
    }
    const Box &source = m_input.boxes.box(m_canvasBox);
    const DecorationStyleGroup &style = *m_input.styles.style(source.style).decoration;
    m_list.setCanvasColor(style.backgroundColor);
    if (std::size_t(root) >= m_input.tree.firstOfBox.size())
        return;
    const FragmentId rootFragment = m_input.tree.firstOfBox[std::size_t(root)];
    if (rootFragment == FragmentId::None)
        return;
    const LayoutSize size = m_input.tree.documentSize;
    const QRectF all(0, 0, std::max(size.width.toDouble(), m_input.viewport.width()),
                     std::max(size.height.toDouble(), m_input.viewport.height()));
    Backdrop backdrop;
    backdrop.style = &style;
    const BoxGeometry &geometry = m_input.tree.geometry(rootFragment);
    backdrop.edges = {m_places.rect(rootFragment), geometry.border, geometry.padding};
    backdrop.border = {all, {}};
    backdrop.coversAll = backdrop.isCanvas = true;
    m_list.setState({});
    background(backdrop);
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

// The border box that backgrounds of a cut inline box refer to: all of its parts in one row (css-break-3 5.4).
LayoutRect BoxRecorder::slicedArea(FragmentId id)
{
    const Fragment &fragment = m_input.tree.fragment(id);
    const LayoutRect own = m_places.rect(id);
    const auto &layers = m_places.style(id).decoration->backgrounds;
    if (fragment.kind != FragmentKind::InlineBox || (fragment.isFirstOfBox && fragment.isLastOfBox) || layers.empty() ||
        m_places.style(id).rare->decorationBreak == BoxDecorationBreak::Clone)
        return own;
    if (m_sliced.find(id) == m_sliced.end()) {
        const auto first = std::size_t(m_input.tree.firstOfBox[std::size_t(fragment.box)]);
        const auto last = std::size_t(m_input.tree.lastOfBox[std::size_t(fragment.box)]);
        LayoutUnit before;
        std::vector<std::pair<FragmentId, LayoutUnit>> parts;
        for (std::size_t i = first; i <= last && i < m_input.tree.fragments.size(); ++i) {
            const Fragment &part = m_input.tree.fragments[i];
            if (part.box != fragment.box || part.kind != FragmentKind::InlineBox)
                continue;
            parts.emplace_back(FragmentId(i), before);
            before += part.size.width;
        }
        for (const auto &[part, start] : parts) {
            LayoutRect area = m_places.rect(part);
            area.origin.x -= start;
            area.size.width = before;
            m_sliced[part] = area;
        }
        m_sliced.try_emplace(id, own);
    }
    return m_sliced[id];
}

void BoxRecorder::decorations(FragmentId id)
{
    const DecorationStyleGroup &style = *m_places.style(id).decoration;
    const bool isCanvas = m_input.tree.fragment(id).box == m_canvasBox;
    const RoundedRect edge = m_places.borderEdge(id);
    const BorderDrawing::Edges edges = edgesOf(id);
    shadows(id, edge, false);
    const RoundedRect padding = edge.inside(marginsOf(edges));
    if (!isCanvas && hasBackgroundOf(style)) {
        const BoxGeometry &geometry = m_input.tree.geometry(id);
        Backdrop backdrop{&style, {slicedArea(id), geometry.border, geometry.padding}, edge, padding, contentEdge(id)};
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

void BoxRecorder::tableBackground(FragmentId part, FragmentId cell)
{
    const RoundedRect clip{m_places.grid().snap(m_places.rect(cell)), {}};
    Backdrop backdrop{
        m_places.style(part).decoration.constData(), {m_places.rect(part), {}, {}}, clip, clip, clip, true};
    background(backdrop);
}

const RoundedRect &BoxRecorder::clipOf(const Backdrop &backdrop, BackgroundBox box) const
{
    if (backdrop.coversAll)
        return backdrop.border;
    switch (box) {
    case BackgroundBox::PaddingBox:
        return backdrop.padding;
    case BackgroundBox::ContentBox:
        return backdrop.content;
    default:
        return backdrop.border;
    }
}

void BoxRecorder::background(const Backdrop &backdrop)
{
    const DecorationStyleGroup &style = *backdrop.style;
    if (style.backgroundColor.alpha() > 0 && !backdrop.isCanvas) {
        const BackgroundBox box = style.backgrounds.empty() ? BackgroundBox::BorderBox : style.backgrounds.back().clip;
        const RoundedRect &area = clipOf(backdrop, box);
        if (area.isRounded())
            draw(area.rect, std::make_unique<RoundedFill>(area, style.backgroundColor));
        else if (m_instead)
            draw(area.rect, std::make_unique<PlainFill>(area.rect, style.backgroundColor));
        else
            m_list.fill(area.rect, style.backgroundColor);
    }
    for (auto one = style.backgrounds.rbegin(); one != style.backgrounds.rend(); ++one)
        layer(backdrop, *one);
}

void BoxRecorder::draw(const QRectF &bounds, std::unique_ptr<const Drawing> drawing)
{
    if (m_instead && !bounds.isEmpty())
        m_instead->push_back(std::move(drawing));
    else if (!m_instead)
        m_list.draw(bounds, std::move(drawing));
}

// All layers, though each may say for itself: nobody mixes them.
void BoxRecorder::backgroundThroughText(FragmentId id, const Backdrop &backdrop)
{
    std::vector<std::unique_ptr<const Drawing>> backgrounds;
    m_instead = &backgrounds;
    background(backdrop);
    m_instead = nullptr;
    std::vector<std::unique_ptr<const TextDrawing>> texts;
    std::vector<FragmentId> waiting{id};
    while (!waiting.empty()) {
        const FragmentId at = waiting.back();
        waiting.pop_back();
        const Fragment &fragment = m_input.tree.fragment(at);
        for (FragmentId child = fragment.firstChild; child != FragmentId::None;
             child = m_input.tree.fragment(child).next)
            waiting.push_back(child);
        if (fragment.kind != FragmentKind::Text || --m_clippingTexts < 0)
            continue;
        TextDrawing::Look look;
        look.color = Qt::black;
        look.fontSize = double(m_places.style(at).font->size);
        const LayoutRect rect = m_places.rect(at);
        texts.push_back(
            std::make_unique<TextDrawing>(m_input.tree.run(at), m_input.tree.text, m_input.faces,
                                          QPointF(rect.left().toDouble(), (rect.top() + fragment.baseline).toDouble()),
                                          rect.size.width.toDouble(), std::move(look)));
    }
    m_list.draw(backdrop.border.rect,
                std::make_unique<TextClipDrawing>(backdrop.border.rect, std::move(backgrounds), std::move(texts)));
}

void BoxRecorder::layer(const Backdrop &backdrop, const BackgroundLayer &layer)
{
    if (layer.image.isEmpty())
        return;
    NaturalSize natural;
    if (!layer.image.gradient) {
        if (!m_input.images || m_input.images->state(layer.image.url) != ImageSource::State::Ready)
            return;
        natural = m_input.images->naturalSize(layer.image.url);
    }
    const RoundedRect &clip = clipOf(backdrop, layer.clip);
    const PaintState before = m_list.state();
    const PaintSpace &space = m_list.states().space(before.space);
    const bool isFixed = layer.attachment == BackgroundAttachment::Fixed && space.kind != PaintSpace::Kind::Transform &&
                         m_list.states().space(space.frame).toFrame.isIdentity();
    LayoutRect area = backdrop.edges.of(layer.origin);
    RoundedRect tiled = clip;
    if (isFixed) {
        area = {{},
                {LayoutUnit::fromPixels(m_input.viewport.width()), LayoutUnit::fromPixels(m_input.viewport.height())}};
        if (m_places.fixedSpace() != SpaceId::Document) {
            PaintState fixed = before;
            fixed.clip = m_list.states().addClip(before.clip, before.space, clip);
            fixed.space = m_places.fixedSpace();
            m_list.setState(fixed);
            tiled = {toRectF(area), {}};
        }
    }
    if (const auto tiles = placeBackground(layer, area, tiled, natural, m_places.grid())) {
        auto drawing = std::make_unique<TilesDrawing>(m_input.images, layer.image, *tiles);
        const QRectF bounds = drawing->bounds();
        draw(bounds, std::move(drawing));
        if (!bounds.isEmpty() && !m_instead)
            m_list.noteImage(layer.image.url);
    }
    m_list.setState(before);
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
