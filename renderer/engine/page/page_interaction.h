// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/page/fragment_map.h"
#include "renderer/engine/page/page_links.h"
#include "renderer/engine/page/page_text.h"
#include "renderer/engine/page/rendering.h"
#include "renderer/engine/paint/highlights.h"
#include "renderer/page/document_finder.h"
#include "renderer/page/page.h"
#include "renderer/page/text_range.h"

#include <functional>
#include <optional>
#include <vector>

namespace bulkhead::engine {

/// What the person does with a document: hovers, follows links, selects, finds. Over one rendering at a time; what it
/// looks things up in is made when it is first needed.
class PageInteraction
{
public:
    /// @p stateChanged is called when what selectors ask (:hover, :focus) is another.
    PageInteraction(PageClient &client, std::function<void()> stateChanged)
        : m_client(client), m_stateChanged(std::move(stateChanged))
    {
    }

    enum class Change { Document, Layout, Pictures };
    /// There is another document, another layout of it, or another display list. Null: nothing to interact with.
    void setRendering(const Rendering *rendering, Change change);

    HitResult hitTest(QPoint point) const;
    void mousePress(const PageMouseEvent &event);
    void mouseMove(const PageMouseEvent &event);
    void mouseRelease(const PageMouseEvent &event);
    void mouseLeave();
    bool focusNext(FindDirection direction);
    void activateFocused(Qt::KeyboardModifiers modifiers);
    std::optional<QPoint> anchorPosition(const QString &fragment) const;
    FindResult find(const QString &text, FindDirection direction, FindCase findCase);
    QString selectedText() const;
    void select(TextRange range);
    void selectAll();
    QString text() const;

    Highlights highlights() const;
    void paintFocus(QPainter &painter) const;
    MatchState matchState() const;

private:
    const FragmentMap &map() const;
    const PageText &pageText() const;
    const PageLinks &links() const;
    const NodePlaces &places() const;

    NodeId nodeAt(QPoint point) const;
    FragmentId fragmentAt(QPoint point) const;
    int linkAt(QPoint point) const;
    bool isOverText(QPoint point) const;
    void hover(QPoint point);
    void unhover();
    void setHovered(NodeId node);
    Qt::CursorShape cursorAt(QPoint point, int link) const;
    void extendSelection(QPoint point);
    void followLink(int link, Qt::MouseButton button, Qt::KeyboardModifiers modifiers);
    void setFocus(int link);
    void invalidate(const std::vector<QRect> &rects);
    std::vector<QRect> rectsOf(TextRange range) const { return pageText().rects(range, map()); }

    PageClient &m_client;
    const std::function<void()> m_stateChanged;
    const Rendering *m_rendering = nullptr;
    mutable std::optional<FragmentMap> m_map;
    mutable std::optional<PageText> m_text;
    mutable std::optional<PageLinks> m_links;
    mutable std::optional<NodePlaces> m_places;

    TextRange m_selection;
    int m_selectionAnchor = 0;
    TextRange m_selectionUnit; // word or paragraph that a multiple click started with
    int m_selectionClicks = 1;
    DocumentFinder m_finder;
    bool m_finding = false;
    QUrl m_hoveredLink;
    NodeId m_hovered = NodeId::None;
    NodeId m_active = NodeId::None;
    Qt::CursorShape m_cursor = Qt::ArrowCursor;
    int m_pressedLink = PageLinks::None;
    Qt::MouseButton m_pressedButton = Qt::NoButton;
    QPoint m_pressedAt;
    bool m_dragging = false;
    int m_focus = PageLinks::None;
};

} // namespace bulkhead::engine
