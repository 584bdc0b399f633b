// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/frames/frame_writer.h"
#include "renderer/page/page.h"

#include <QObject>
#include <QRegion>
#include <QTimer>

namespace bulkhead {

/// The window through which a page is seen: keeps scroll position and scale, gathers damage, and paints it at the end
/// of an event-loop turn into the next free framebuffer. Scrolling moves the pixels of the frame before and paints only
/// the strip that came into view.
///
/// Three coordinate systems: document (CSS pixels), view (device pixels from the view's top left), and the scroll
/// position, kept in device pixels so that moving pixels is exact. Main thread of the renderer.
class PageView : public QObject
{
    Q_OBJECT
public:
    explicit PageView(QObject *parent = nullptr);

    /// @p page outlives the view or is replaced by null first.
    void setPage(Page *page);
    /// Nothing is painted before the page has a layout: until then the browser goes on showing what was there.
    void setReadyToPaint();
    bool isReadyToPaint() const { return m_ready; }

    void configure(const wire::ViewState &state);
    bool isVisible() const { return m_visible; }
    Result<void> setBuffers(const wire::Framebuffers &message, Fds fds);
    void releaseBuffer(const wire::FrameReleased &message);

    /// @p rect in document coordinates.
    void invalidate(const QRect &rect);
    void invalidateAll();
    /// The page's content size changed: clamps the scroll position.
    void contentSizeChanged();

    QPoint scrollPosition() const;          ///< CSS pixels
    void scrollTo(QPoint position);         ///< CSS pixels
    void scrollIntoView(const QRect &rect); ///< document coordinates; moves as little as needed
    /// False when it could not move in that direction any more. Device pixels.
    bool scrollBy(QPoint delta);

    QSize viewSize() const { return m_size; } ///< device pixels
    /// Device pixels per CSS pixel, and per logical pixel of the screen.
    qreal scale() const { return m_scale * m_zoom; }
    qreal devicePixelRatio() const { return m_scale; }
    QPoint toDocument(QPoint viewPosition) const;

    /// Recorded in the next frame as the newest input whose effect it shows.
    void setNewestInput(quint64 eventId) { m_newestInput = eventId; }

Q_SIGNALS:
    /// A frame is in shared memory; @p frame lacks only page_id.
    void framePainted(bulkhead::wire::FrameReady &frame);
    /// The person or a script moved the view (not a layout change).
    void scrolled();

private:
    void updateViewport();
    void setScroll(QPoint devicePosition);
    QPoint clamped(QPoint devicePosition) const;
    QRect toView(const QRect &documentRect) const;
    void schedulePaint();
    void paint();

    Page *m_page = nullptr;
    FrameWriter m_writer;
    QTimer m_paintTimer;
    QSize m_size;      // device pixels
    qreal m_scale = 1; // device-pixel ratio
    qreal m_zoom = 1;
    bool m_visible = false;
    bool m_ready = false;
    QPoint m_scroll;             // device pixels
    QPoint m_paintedScroll;      // of the newest frame
    QRegion m_damage;            // view coordinates, at the current scroll position
    bool m_everything = true;    // all of the view is damaged
    bool m_stateChanged = false; // content size or scroll to be told although no pixel changed
    quint64 m_newestInput = 0;
};

} // namespace bulkhead
