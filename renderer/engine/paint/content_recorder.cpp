// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/content_recorder.h"

#include "renderer/engine/paint/control_drawing.h"
#include "renderer/engine/paint/marker_drawing.h"
#include "renderer/engine/paint/object_fit.h"
#include "renderer/engine/paint/text_drawing.h"
#include "renderer/engine/paint/tiles.h"

#include <memory>
#include <utility>

namespace bulkhead::engine {

ContentRecorder::ContentRecorder(const PaintInput &input, DisplayList &list, const FragmentPlaces &places,
                                 const BoxRecorder &boxes)
    : m_input(input), m_list(list), m_places(places), m_boxRecorder(boxes), m_decorations(input.boxes, input.styles)
{
}

// How far the baseline of a decorating box lies below that of a text in it.
double ContentRecorder::decorationShift(FragmentId text, BoxId decorating) const
{
    const Fragment &fragment = m_input.tree.fragment(text);
    const LayoutUnit baseline = m_places.position(text).y + fragment.baseline;
    for (FragmentId at = fragment.parent; at != FragmentId::None; at = m_input.tree.fragment(at).parent) {
        const Fragment &around = m_input.tree.fragment(at);
        const bool isOwn = around.kind == FragmentKind::InlineBox && around.box == decorating;
        if (!isOwn && around.kind != FragmentKind::Line)
            continue;
        if (around.baseline == LayoutUnit())
            return 0;
        return (m_places.position(at).y + around.baseline - baseline).toDouble();
    }
    return 0;
}

void ContentRecorder::text(FragmentId id, FragmentId line)
{
    const Fragment &fragment = m_input.tree.fragment(id);
    const ComputedStyle &style = m_places.style(id);
    const TextRun &run = m_input.tree.run(id);
    const LayoutRect rect = m_places.rect(id);
    const LayoutRect mark = line == FragmentId::None ? rect : m_places.rect(line);
    TextDrawing::Look look;
    look.color = style.text->color;
    look.shadows = style.text->textShadow.empty() ? nullptr : &style.text->textShadow;
    look.markTop = mark.top().toDouble();
    look.markHeight = mark.size.height.toDouble();
    look.fontSize = double(style.font->size);
    for (const DecoratingBox &box : m_decorations.of(fragment.box)) {
        const double ascent = double(m_input.shaper.metrics(m_input.shaper.font(*box.style->font)).ascent);
        appendDecorationLines(*box.style, ascent, decorationShift(id, box.box), look.lines);
    }
    const QPointF origin(rect.left().toDouble(), (rect.top() + fragment.baseline).toDouble());
    auto drawing = std::make_unique<TextDrawing>(run, m_input.tree.text, m_input.faces, origin,
                                                 rect.size.width.toDouble(), std::move(look));
    const QRectF bounds = drawing->bounds();
    m_list.draw(bounds, std::move(drawing));
    m_list.addHitArea(id, toRectF(rect));
}

void ContentRecorder::picture(const ImageValue &image, const LayoutRect &area, const RoundedRect &clip)
{
    const QRectF target = m_places.grid().snap(area);
    if (target.isEmpty())
        return;
    TileLayout layout;
    layout.area = clip;
    layout.origin = target.topLeft();
    layout.tile = layout.step = target.size();
    layout.repeatX = layout.repeatY = false;
    auto drawing = std::make_unique<TilesDrawing>(m_input.images, image, layout);
    const QRectF bounds = drawing->bounds();
    m_list.draw(bounds, std::move(drawing));
    if (!bounds.isEmpty())
        m_list.noteImage(image.url);
}

void ContentRecorder::marker(FragmentId id)
{
    const ComputedStyle &style = m_places.style(id);
    const ImageValue &image = style.inherited->listStyleImage;
    const LayoutRect rect = m_places.rect(id);
    const bool hasImage = image.gradient || (!image.url.isEmpty() && m_input.images &&
                                             m_input.images->state(image.url) == ImageSource::State::Ready);
    m_list.addHitArea(id, toRectF(rect));
    if (hasImage) {
        picture(image, rect, {m_places.grid().snap(rect), {}});
        return;
    }
    const auto shape = markerKind(style.inherited->listStyleType, style.text->direction);
    if (shape)
        recordMarker(m_list, *shape, m_places.grid().snap(rect), style.text->color);
}

void ContentRecorder::image(FragmentId id, const QUrl &url)
{
    const ComputedStyle &style = m_places.style(id);
    const BoxGeometry &geometry = m_input.tree.geometry(id);
    BackgroundEdges edges{m_places.rect(id), geometry.border, geometry.padding};
    const LayoutRect area = fittedObject(style, edges.contentBox(), m_input.images->naturalSize(url));
    picture({url, {}}, area, m_boxRecorder.contentEdge(id));
}

void ContentRecorder::replaced(FragmentId id)
{
    const Box &box = m_input.boxes.box(m_input.tree.fragment(id).box);
    if (box.pseudo != PseudoElement::None && m_input.images) {
        // content: url(...)
        const ComputedStyle &style = m_places.style(id);
        if (style.rare->content) {
            for (const ContentItem &item : *style.rare->content) {
                if (item.kind == ContentItem::Kind::Image)
                    picture(item.image, m_places.rect(id), m_boxRecorder.contentEdge(id));
            }
        }
        return;
    }
    if (box.node == NodeId::None)
        return;
    const QUrl url = m_input.images ? m_input.images->urlOf(box.node) : QUrl();
    if (!url.isEmpty() && m_input.images->state(url) == ImageSource::State::Ready) {
        image(id, url);
        return;
    }
    recordControl(m_input, m_list, m_places.style(id), box.node, m_boxRecorder.contentEdge(id).rect);
}

} // namespace bulkhead::engine
