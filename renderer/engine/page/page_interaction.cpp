// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/page_interaction.h"

#include "renderer/engine/base/known_atoms.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bulkhead::engine {

namespace {

constexpr int dragThreshold = 4;

TextRange ordered(int a, int b)
{
    return {std::min(a, b), std::max(a, b)};
}

// More rectangles than a damage list is good for become one.
constexpr std::size_t maxDamageRects = 64;

} // namespace

void PageInteraction::setRendering(const Rendering *rendering, Change change)
{
    m_rendering = rendering && rendering->list() ? rendering : nullptr;
    m_map.reset();
    if (change == Change::Pictures)
        return;
    m_text.reset();
    m_places.reset();
    if (change == Change::Document) {
        unhover();
        m_hovered = m_active = NodeId::None;
        m_links.reset();
        m_focus = PageLinks::None;
        m_pressedLink = PageLinks::None;
    }
    if (!m_rendering)
        return;
    if (m_finding)
        m_finder.setText(pageText().text());
    if (!m_selection.isEmpty()) {
        m_selection.end = std::min(m_selection.end, int(pageText().text().size()));
        m_selection.start = std::min(m_selection.start, m_selection.end);
    }
}

const FragmentMap &PageInteraction::map() const
{
    if (!m_map)
        m_map.emplace(m_rendering->tree(), *m_rendering->list());
    return *m_map;
}

const PageText &PageInteraction::pageText() const
{
    if (!m_text)
        m_text.emplace(m_rendering->document(), m_rendering->styles(), m_rendering->boxes(), m_rendering->tree());
    return *m_text;
}

const PageLinks &PageInteraction::links() const
{
    if (!m_links)
        m_links.emplace(m_rendering->document(), m_rendering->facts().base);
    return *m_links;
}

const NodePlaces &PageInteraction::places() const
{
    if (!m_places)
        m_places.emplace(m_rendering->document(), m_rendering->boxes(), m_rendering->tree());
    return *m_places;
}

FragmentId PageInteraction::fragmentAt(QPoint point) const
{
    // The middle of the pixel, so that edges belong to one side.
    return map().at(QPointF(point) + QPointF(0.5, 0.5), [this](FragmentId id) {
        const BoxId box = m_rendering->tree().fragment(id).box;
        if (box == BoxId::None)
            return false;
        const InheritedStyle &style = *m_rendering->styles().style(m_rendering->boxes().box(box).style).inherited;
        return style.pointerEvents != PointerEvents::None && style.visibility == Visibility::Visible;
    });
}

NodeId PageInteraction::nodeAt(QPoint point) const
{
    const FragmentId id = fragmentAt(point);
    if (id == FragmentId::None)
        return NodeId::None;
    const NodeId node = m_rendering->boxes().box(m_rendering->tree().fragment(id).box).node;
    if (node == NodeId::None || m_rendering->document().isElement(node))
        return node;
    return m_rendering->document().node(node).parent;
}

int PageInteraction::linkAt(QPoint point) const
{
    return links().around(nodeAt(point));
}

bool PageInteraction::isOverText(QPoint point) const
{
    const FragmentId id = fragmentAt(point);
    return id != FragmentId::None && m_rendering->tree().fragment(id).kind == FragmentKind::Text;
}

HitResult PageInteraction::hitTest(QPoint point) const
{
    if (!m_rendering)
        return {};
    HitResult hit;
    const NodeId node = nodeAt(point);
    if (const int link = links().around(node); link != PageLinks::None)
        hit.link = links().link(link).url;
    if (m_rendering->document().isElement(node, tag::Img)) {
        const QString *source = m_rendering->document().attribute(node, attr::Src);
        if (source && !source->startsWith(u"data:", Qt::CaseInsensitive))
            hit.image = resolvedUrl(m_rendering->facts().base, *source);
    }
    hit.overText = isOverText(point);
    return hit;
}

Qt::CursorShape PageInteraction::cursorAt(QPoint point, int link) const
{
    const NodeId node = nodeAt(point);
    const Cursor cursor = node == NodeId::None ? Cursor::Auto : m_rendering->styles().of(node).inherited->cursor;
    switch (cursor) {
    case Cursor::Pointer:
        return Qt::PointingHandCursor;
    case Cursor::Text:
        return Qt::IBeamCursor;
    case Cursor::Wait:
        return Qt::WaitCursor;
    case Cursor::Help:
        return Qt::WhatsThisCursor;
    case Cursor::Move:
        return Qt::SizeAllCursor;
    case Cursor::Crosshair:
        return Qt::CrossCursor;
    case Cursor::NotAllowed:
        return Qt::ForbiddenCursor;
    case Cursor::Default:
    case Cursor::Other:
        return Qt::ArrowCursor;
    default:
        break;
    }
    return link != PageLinks::None ? Qt::PointingHandCursor : isOverText(point) ? Qt::IBeamCursor : Qt::ArrowCursor;
}

void PageInteraction::setHovered(NodeId node)
{
    if (node == m_hovered)
        return;
    m_hovered = node;
    m_stateChanged();
}

void PageInteraction::hover(QPoint point)
{
    const int link = linkAt(point);
    const QUrl url = link == PageLinks::None ? QUrl() : links().link(link).url;
    if (url != m_hoveredLink) {
        m_hoveredLink = url;
        m_client.hoveredLinkChanged(url);
    }
    const Qt::CursorShape cursor = cursorAt(point, link);
    if (cursor != m_cursor) {
        m_cursor = cursor;
        m_client.cursorChanged(cursor);
    }
    setHovered(nodeAt(point));
}

void PageInteraction::unhover()
{
    if (m_hoveredLink.isEmpty())
        return;
    m_hoveredLink.clear();
    m_client.hoveredLinkChanged({});
}

void PageInteraction::mousePress(const PageMouseEvent &event)
{
    if (!m_rendering)
        return;
    m_pressedButton = event.button;
    m_pressedAt = event.position;
    m_pressedLink = linkAt(event.position);
    m_dragging = false;
    if (event.button != Qt::LeftButton)
        return;
    m_active = nodeAt(event.position);
    setFocus(PageLinks::None);
    m_stateChanged();
    const int offset = pageText().offsetAt(event.position, map());
    m_selectionClicks = std::clamp(event.clickCount, 1, 3);
    if (m_selectionClicks > 1) {
        m_selectionUnit = m_selectionClicks == 2 ? pageText().wordAt(offset) : pageText().paragraphAt(offset);
        m_pressedLink = PageLinks::None;
        select(m_selectionUnit);
    } else if ((event.modifiers & Qt::ShiftModifier) != 0 && m_pressedLink == PageLinks::None) {
        select(ordered(m_selectionAnchor, offset));
        m_selectionUnit = {m_selectionAnchor, m_selectionAnchor};
    } else {
        m_selectionAnchor = offset;
        m_selectionUnit = {offset, offset};
        select({});
    }
}

void PageInteraction::mouseMove(const PageMouseEvent &event)
{
    if (!m_rendering)
        return;
    if ((event.buttons & Qt::LeftButton) == 0 || m_pressedButton != Qt::LeftButton) {
        hover(event.position);
        return;
    }
    if (!m_dragging && (event.position - m_pressedAt).manhattanLength() < dragThreshold)
        return;
    m_dragging = true;
    extendSelection(event.position);
}

// By whole words or paragraphs when the drag started with a multiple click.
void PageInteraction::extendSelection(QPoint point)
{
    const int offset = pageText().offsetAt(point, map());
    TextRange unit{offset, offset};
    if (m_selectionClicks > 1)
        unit = m_selectionClicks == 2 ? pageText().wordAt(offset) : pageText().paragraphAt(offset);
    select({std::min(m_selectionUnit.start, unit.start), std::max(m_selectionUnit.end, unit.end)});
}

void PageInteraction::mouseRelease(const PageMouseEvent &event)
{
    const Qt::MouseButton pressed = std::exchange(m_pressedButton, Qt::NoButton);
    const int pressedLink = std::exchange(m_pressedLink, PageLinks::None);
    const bool dragged = std::exchange(m_dragging, false);
    if (std::exchange(m_active, NodeId::None) != NodeId::None)
        m_stateChanged();
    if (!m_rendering || pressed != event.button)
        return;
    if (!dragged && pressedLink != PageLinks::None && linkAt(event.position) == pressedLink) {
        followLink(pressedLink, event.button, event.modifiers);
        return;
    }
    hover(event.position);
}

void PageInteraction::mouseLeave()
{
    unhover();
    if (m_rendering)
        setHovered(NodeId::None);
    if (m_cursor != Qt::ArrowCursor) {
        m_cursor = Qt::ArrowCursor;
        m_client.cursorChanged(m_cursor);
    }
}

void PageInteraction::followLink(int link, Qt::MouseButton button, Qt::KeyboardModifiers modifiers)
{
    const PageLink &target = links().link(link);
    if (button != Qt::LeftButton && button != Qt::MiddleButton)
        return;
    if (target.url.scheme() == u"javascript") // there are no scripts
        return;
    Disposition disposition = Disposition::CurrentTab;
    if ((modifiers & Qt::ShiftModifier) != 0)
        disposition = Disposition::NewForegroundTab;
    else if (button == Qt::MiddleButton || (modifiers & Qt::ControlModifier) != 0)
        disposition = Disposition::NewBackgroundTab;
    else if (target.target.compare(u"_blank", Qt::CaseInsensitive) == 0)
        disposition = Disposition::NewForegroundTab;
    m_client.navigationRequested(QUrl(target.url), disposition);
}

std::optional<QPoint> PageInteraction::anchorPosition(const QString &fragment) const
{
    if (!m_rendering)
        return {};
    for (const QString &name : {fragment, QUrl::fromPercentEncoding(fragment.toUtf8())}) {
        if (const NodeId element = anchorElement(m_rendering->document(), name); element != NodeId::None)
            return places().anchor(element);
    }
    if (fragment.isEmpty() || fragment.compare(u"top", Qt::CaseInsensitive) == 0)
        return QPoint();
    return {};
}

void PageInteraction::select(TextRange range)
{
    if (range.isEmpty())
        range = {};
    if (range == m_selection || !m_rendering)
        return;
    const TextRange before = std::exchange(m_selection, range);
    // Only the ends of a selection that grows or shrinks change.
    std::vector<QRect> damage;
    const bool apart = before.isEmpty() || range.isEmpty() || before.end <= range.start || range.end <= before.start;
    const std::array changed = apart ? std::array{before, range}
                                     : std::array{ordered(before.start, range.start), ordered(before.end, range.end)};
    for (TextRange part : changed) {
        part.start = std::max(0, part.start - 2);
        part.end = part.isEmpty() ? part.start : part.end + 1;
        for (const QRect &rect : rectsOf(part))
            damage.push_back(rect.adjusted(-2, -2, 2, 2));
    }
    invalidate(damage);
    m_client.selectionChanged(!range.isEmpty());
}

void PageInteraction::selectAll()
{
    if (m_rendering)
        select({0, int(pageText().text().size())});
}

QString PageInteraction::selectedText() const
{
    return m_rendering && !m_selection.isEmpty() ? pageText().plain(m_selection) : QString();
}

QString PageInteraction::text() const
{
    return m_rendering ? pageText().plain({0, int(pageText().text().size())}) : QString();
}

MatchState PageInteraction::matchState() const
{
    MatchState state;
    state.hovered = m_hovered;
    state.active = m_active;
    if (m_rendering && m_focus != PageLinks::None) {
        state.focused = links().link(m_focus).element;
        state.isFocusVisible = true;
    }
    return state;
}

void PageInteraction::invalidate(const std::vector<QRect> &rects)
{
    if (rects.size() <= maxDamageRects) {
        for (const QRect &rect : rects)
            m_client.invalidate(rect);
        return;
    }
    QRect all;
    for (const QRect &rect : rects)
        all |= rect;
    m_client.invalidate(all);
}

} // namespace bulkhead::engine
