// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/paint/box_recorder.h"
#include "renderer/engine/paint/rounded_fill.h"
#include "renderer/engine/paint/text_clip.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

/// Backgrounds (css-backgrounds-3 2 and 3).
namespace bulkhead::engine {

void BoxRecorder::canvas()
{
    const BoxId root = m_input.boxes.box(BoxId::Root).firstChild;
    if (root == BoxId::None)
        return;
    m_canvasBox = root;
    const Box &rootBox = m_input.boxes.box(root);
    if (!paintsBackground(*m_input.styles.style(rootBox.style).decoration)) {
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
    // A transform of the root element is one of the whole canvas (css-transforms-1 3).
    const SpaceId space = m_places.place(rootFragment).space;
    const QTransform inverse = m_list.states().space(space).toFrame.inverted();
    backdrop.border = {m_places.grid().snap(inverse.mapRect(all)), {}};
    backdrop.coversAll = backdrop.isCanvas = true;
    m_list.setState({space, ClipId::None, EffectId::None});
    background(backdrop);
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
    RoundedRect tiled = clipOf(backdrop, layer.clip);
    LayoutRect area = backdrop.edges.of(layer.origin);
    const PaintState before = m_list.state();
    m_list.setState(attached(backdrop, layer, area, tiled));
    if (const auto tiles = placeBackground(layer, area, tiled, natural, m_places.grid())) {
        auto drawing = std::make_unique<TilesDrawing>(m_input.images, layer.image, *tiles);
        const QRectF bounds = drawing->bounds();
        draw(bounds, std::move(drawing));
        if (!bounds.isEmpty() && !m_instead)
            m_list.noteImage(layer.image.url);
    }
    m_list.setState(before);
}

// css-backgrounds-3 3.5: what a layer moves with, where it is positioned, and what of it is seen.
PaintState BoxRecorder::attached(const Backdrop &backdrop, const BackgroundLayer &layer, LayoutRect &area,
                                 RoundedRect &tiled)
{
    PaintState state = m_list.state();
    PaintStates &states = m_list.states();
    if (layer.attachment == BackgroundAttachment::Local && backdrop.scrolls != FragmentId::None) {
        const Place &inside = m_places.placeInside(backdrop.scrolls);
        if (inside.space == state.space)
            return state;
        // All that can be scrolled to is its area.
        const LayoutRect &reach = m_input.tree.geometry(backdrop.scrolls).scrollable;
        const LayoutSize box = backdrop.edges.border.size;
        area.size.width += std::max(reach.right() - box.width, LayoutUnit());
        area.size.height += std::max(reach.bottom() - box.height, LayoutUnit());
        tiled = {m_places.grid().snap(area), {}};
        return {inside.space, inside.clip, state.effect};
    }
    const PaintSpace &space = states.space(state.space);
    // Inside transforms nothing is fixed.
    if (layer.attachment != BackgroundAttachment::Fixed || space.kind == PaintSpace::Kind::Transform)
        return state;
    area = {{}, {LayoutUnit::fromPixels(m_input.viewport.width()), LayoutUnit::fromPixels(m_input.viewport.height())}};
    if (m_places.fixedSpace() == SpaceId::Document)
        return state;
    state.clip = states.addClip(state.clip, state.space, tiled);
    state.space = m_places.fixedSpace();
    tiled = {toRectF(area), {}};
    return state;
}

} // namespace bulkhead::engine
