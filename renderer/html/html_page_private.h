// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/html_document.h"
#include "renderer/html/html_guard.h"
#include "renderer/html/style_loader.h"
#include "renderer/page/document_finder.h"
#include "renderer/page/page.h"
#include "renderer/resources/icon_loader.h"
#include "renderer/resources/image_store.h"

#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace bulkhead {

/// The insides of HtmlPage: loading (html_page_private.cpp) and what the person does with the document
/// (html_interaction.cpp). Members depend on each other in the order they stand in.
class HtmlPagePrivate
{
public:
    using ToHtml = std::function<QByteArray(QByteArrayView)>;

    HtmlPagePrivate(DocumentHead head, PageClient &client, ToHtml toHtml);

    // Loading
    void append(QByteArrayView bytes);
    void finish();
    void setViewport(QSize size, qreal scale);
    QSize contentSize() const;
    QColor backgroundColor() const;
    void paint(QPainter &painter, const QRect &damage);

    // Interaction
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

private:
    struct Animation
    {
        std::shared_ptr<PageImage> image;
        std::unique_ptr<QTimer> timer;
    };

    QByteArray decodedBody();
    void stylesChanged();
    void build();
    std::unique_ptr<HtmlDocument> createDocument();
    QByteArray plainTextFallback() const;
    void startIcon();
    void layout();
    void documentChanged();
    void imageChanged(PageImage &image);
    void placeImages();
    void animate();
    void reportProgress();
    void finishIfLoaded();

    void hover(QPoint point);
    void unhover();
    void extendSelection(QPoint point);
    void followLink(const DocumentLink &link, Qt::MouseButton button, Qt::KeyboardModifiers modifiers);
    void setFocus(int link);
    void invalidate(const std::vector<QRect> &rects);
    void paintFocus(QPainter &painter) const;
    DisplayList::HighlightsOf highlights() const;

    const DocumentHead m_head;
    PageClient &m_client;
    const ToHtml m_toHtml;
    QByteArray m_body;
    QSize m_viewport{800, 600};
    qreal m_scale = 1;

    GuardedHtml m_guarded;
    QUrl m_base;
    ImageStore m_images;
    StyleLoader m_styles;
    IconLoader m_icon;
    QTimer m_patience; // with style sheets that do not come
    QTimer m_placing;  // images that arrive close to each other are placed together
    std::unique_ptr<HtmlDocument> m_document;
    bool m_hoverStyles = false;
    bool m_brokenStyles = false; // the document was too much for the engine with its style sheets
    bool m_layoutNeeded = false;
    std::vector<QUrl> m_arrived; // images not placed yet
    std::vector<Animation> m_animations;
    std::vector<EmbedBox> m_embedBoxes; // as the client was told last
    double m_progress = 0;
    bool m_finished = false; // loadFinished() was called
    bool m_complete = false; // finish() was called

    TextRange m_selection;
    int m_selectionAnchor = 0;
    TextRange m_selectionUnit; // word or paragraph that a multiple click started with
    int m_selectionClicks = 1;
    DocumentFinder m_finder;
    bool m_finding = false;
    QUrl m_hoveredLink;
    Qt::CursorShape m_cursor = Qt::ArrowCursor;
    int m_pressedLink = -1;
    Qt::MouseButton m_pressedButton = Qt::NoButton;
    QPoint m_pressedAt;
    bool m_dragging = false;
    int m_focus = -1; // index of a link
};

} // namespace bulkhead
