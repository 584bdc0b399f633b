// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/page_client.h"

#include <QByteArrayView>
#include <QColor>
#include <QPainter>
#include <QRect>
#include <QString>
#include <QUrl>

namespace bulkhead {

/// What the browser said of a document before its first byte.
struct DocumentHead
{
    QUrl url;                ///< final URL, after redirects
    QString mimeType;        ///< lower case, without parameters, e.g. "text/html"
    QString charset;         ///< from the transport's header, empty when it named none
    bool darkColors = false; ///< the person prefers dark; documents that can be dark follow it
};

enum class FindDirection { Forward, Backward };
enum class FindCase { Insensitive, Sensitive };

struct FindResult
{
    int count = 0;    ///< matches in the document
    int active = 0;   ///< 1-based position of the active match, 0 when there is none
    QRect activeRect; ///< document rectangle of the active match, to scroll to
};

/// What lies under a point, for the status text, the cursor and the context menu.
struct HitResult
{
    QUrl link;  ///< resolved; empty when there is none
    QUrl image; ///< resolved; empty when there is none
    bool overText = false;
};

struct PageMouseEvent
{
    QPoint position; ///< document coordinates
    Qt::MouseButton button = Qt::NoButton;
    Qt::MouseButtons buttons = Qt::NoButton;
    Qt::KeyboardModifiers modifiers = Qt::NoModifier;
    int clickCount = 1; ///< 2 selects a word, 3 a line or paragraph
};

/// A document of one kind (HTML, text, image, ...), loaded, laid out and painted inside a renderer.
///
/// Coordinates are *document coordinates*: CSS pixels with the origin at the document's top left corner, independent of
/// scrolling, zoom and the device-pixel ratio; whoever owns the page scrolls it and scales the painter.
/// Everything runs on the renderer's main thread. Bytes are untrusted: an implementation bounds its work and memory
/// where it can, and may let the process end where it cannot; that is what the process is for.
class Page
{
public:
    virtual ~Page() = default;

    /// Bytes of the document in order, as they arrive; then finish() once. A page may show what it has before finish().
    virtual void append(QByteArrayView bytes) = 0;
    virtual void finish() = 0;

    /// Size of the visible area in CSS pixels and device pixels per CSS pixel (zoom times device-pixel ratio).
    virtual void setViewport(QSize size, qreal scale) = 0;

    /// Size of the whole document; at least one of width and height may exceed the viewport.
    virtual QSize contentSize() const = 0;

    /// What is seen where the document paints nothing.
    virtual QColor backgroundColor() const = 0;

    /// Paints the part of the document inside @p damage. The painter is in document coordinates, clipped to @p damage;
    /// the area was filled with backgroundColor() before.
    virtual void paint(QPainter &painter, const QRect &damage) = 0;

    virtual HitResult hitTest(QPoint) { return {}; }
    virtual void mousePress(const PageMouseEvent &) {}
    virtual void mouseMove(const PageMouseEvent &) {}
    virtual void mouseRelease(const PageMouseEvent &) {}
    virtual void mouseLeave() {}

    /// Moves keyboard focus among links, as Tab and Shift+Tab do. False at the end: focus then leaves the page.
    virtual bool focusNext(FindDirection) { return false; }
    /// Enter or Space on the focused link.
    virtual void activateFocused(Qt::KeyboardModifiers) {}

    /// Document position of "#fragment", or nothing when the document has none of that name.
    virtual std::optional<QPoint> anchorPosition(const QString &fragment)
    {
        Q_UNUSED(fragment)
        return {};
    }

    /// Highlights all matches and makes the next one active. The same text again steps; an empty text ends finding.
    virtual FindResult find(const QString &text, FindDirection, FindCase)
    {
        Q_UNUSED(text)
        return {};
    }

    virtual QString selectedText() const { return {}; }
    virtual void selectAll() {}
    virtual void clearSelection() {}

    /// The whole document as plain text.
    virtual QString text() const { return {}; }
};

} // namespace bulkhead
