// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/renderer.pb.h"
#include "plugin_host/process/damage.h"

#include <functional>

namespace bulkhead {

/// The window onto a plugin's document: size, scale, scrolling, damage, and painting into framebuffers. Coordinates as
/// in bulkhead/plugin.h; scrolling is kept in device pixels. Main thread.
class PluginView
{
public:
    enum class Zoom { ByHost, ByPlugin };

    void setZoomBy(Zoom zoom) { m_zoomBy = zoom; }
    /// True when the plugin has to be told: view() differs.
    bool configure(const wire::ViewState &state);
    void setEmbedded(bool embedded) { m_embedded = embedded; }
    bulkhead_view view() const;
    double zoom() const { return m_zoom; }
    bool isVisible() const { return m_visible; }
    bool isDark() const { return m_dark; }

    Result<void> setBuffers(const wire::Framebuffers &message, Fds fds);
    void release(const wire::FrameReleased &message) { m_surface.release(message); }

    void setContentSize(int width, int height);
    void setBackground(std::uint32_t argb);
    /// @p area in document units.
    void invalidate(const bulkhead_rect &area);
    void invalidateAll() { m_everything = true; }

    int scrollX() const; ///< document units
    int scrollY() const;
    void scrollTo(double x, double y);
    void scrollToCss(double x, double y); ///< as the browser counts: its zoom, whoever does the zooming
    void scrollIntoView(const bulkhead_rect &area);
    /// Device pixels. False when nothing moved.
    bool scrollBy(int dx, int dy);
    /// As keyboards do; false when the key is none of those or nothing moved.
    bool scrollByKey(std::uint32_t key, std::uint32_t modifiers);
    double toDocumentX(int viewX) const { return (viewX + m_scrollX) / scale(); }
    double toDocumentY(int viewY) const { return (viewY + m_scrollY) / scale(); }
    /// Document units as the browser counts, which zooms even where the plugin does it.
    double toCss(double units) const { return units * scale() / cssScale(); }
    double devicePixelRatio() const { return m_ratio; }

    /// There is something to paint and somewhere to paint it.
    bool isPaintDue() const;
    using Paint = std::function<void(const bulkhead_frame &frame, const std::vector<bulkhead_rect> &damage)>;
    /// Paints if that is due; true when @p frame, which lacks page_id and input, is to be sent.
    bool paint(const Paint &paint, wire::FrameReady &frame);

private:
    double scale() const { return m_zoomBy == Zoom::ByHost ? m_ratio * m_zoom : m_ratio; }
    double cssScale() const { return m_ratio * m_zoom; }
    void contentPixels(int &width, int &height) const;
    void setScroll(long long x, long long y);
    using Surface = FrameSurface<Damage>;
    void fill(const Surface::Canvas &canvas, const bulkhead_rect &rect) const;

    Surface m_surface;
    Zoom m_zoomBy = Zoom::ByHost;
    int m_width = 0, m_height = 0;
    double m_ratio = 1, m_zoom = 1;
    bool m_visible = false, m_focused = false, m_dark = false, m_embedded = false;
    int m_contentWidth = 0, m_contentHeight = 0;
    std::uint32_t m_background = 0xffffffff;
    int m_scrollX = 0, m_scrollY = 0;
    int m_paintedX = 0, m_paintedY = 0;
    Damage m_damage; ///< view coordinates, at the current scroll position
    bool m_everything = true;
    bool m_stateChanged = false;
};

} // namespace bulkhead
