// SPDX-License-Identifier: BSD-3-Clause
#include "plugin_host/process/page_view.h"

#include "ipc/channel/limits.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace bulkhead {

namespace {

constexpr int LineStep = 40; // logical pixels an arrow key scrolls, as in documents
constexpr long long Far = 1 << 28;

// Qt::Key and Qt::KeyboardModifier, which are part of the ABI.
enum Key : std::uint32_t {
    Space = 0x20,
    Home = 0x01000010,
    End = 0x01000011,
    Left = 0x01000012,
    Up = 0x01000013,
    Right = 0x01000014,
    Down = 0x01000015,
    PageUp = 0x01000016,
    PageDown = 0x01000017
};
constexpr std::uint32_t Shift = 0x02000000;
constexpr std::uint32_t CommandModifiers = 0x04000000 | 0x08000000 | 0x10000000;

double sane(double value, double least, double most)
{
    return std::isfinite(value) ? std::clamp(value, least, most) : 1;
}

} // namespace

bool PluginView::configure(const wire::ViewState &state)
{
    const bulkhead_view before = view();
    const double scaleBefore = scale();
    const double zoomBefore = m_zoom;
    m_width = int(std::min(state.size().width(), limits::FrameEdge));
    m_height = int(std::min(state.size().height(), limits::FrameEdge));
    m_ratio = sane(state.device_pixel_ratio(), 0.1, 16);
    m_zoom = sane(state.zoom(), 0.1, 10);
    m_visible = state.visible();
    m_focused = state.focused();
    m_dark = state.dark();
    const bulkhead_view now = view();
    if (now.width != before.width || now.height != before.height || scale() != scaleBefore) {
        const double factor = scale() / scaleBefore;
        setScroll(std::llround(m_scrollX * factor), std::llround(m_scrollY * factor));
        m_everything = true;
    }
    return now.width != before.width || now.height != before.height || now.scale != before.scale ||
           now.device_pixel_ratio != before.device_pixel_ratio || now.flags != before.flags || m_zoom != zoomBefore;
}

bulkhead_view PluginView::view() const
{
    std::uint32_t flags = 0;
    for (const auto &[on, flag] :
         {std::pair(m_visible, BULKHEAD_VIEW_VISIBLE), std::pair(m_focused, BULKHEAD_VIEW_FOCUSED),
          std::pair(m_dark, BULKHEAD_VIEW_DARK), std::pair(m_embedded, BULKHEAD_VIEW_EMBEDDED)})
        flags |= on ? std::uint32_t(flag) : 0;
    return {sizeof(bulkhead_view), flags, m_width, m_height, scale(), m_ratio};
}

Result<void> PluginView::setBuffers(const wire::Framebuffers &message, Fds fds)
{
    m_everything = true;
    return m_surface.setBuffers(message, std::move(fds));
}

void PluginView::setContentSize(int width, int height)
{
    m_contentWidth = std::clamp(width, 0, int(Far));
    m_contentHeight = std::clamp(height, 0, int(Far));
    setScroll(m_scrollX, m_scrollY);
    m_stateChanged = true;
}

void PluginView::setBackground(std::uint32_t argb)
{
    if (argb == m_background)
        return;
    m_background = argb;
    m_everything = true;
}

void PluginView::contentPixels(int &width, int &height) const
{
    width = m_contentWidth == 0 ? m_width : int(std::min<double>(std::ceil(m_contentWidth * scale()), 1 << 30));
    height = m_contentHeight == 0 ? m_height : int(std::min<double>(std::ceil(m_contentHeight * scale()), 1 << 30));
}

void PluginView::setScroll(long long x, long long y)
{
    int width = 0, height = 0;
    contentPixels(width, height);
    const int newX = int(std::clamp<long long>(x, 0, std::max(0, width - m_width)));
    const int newY = int(std::clamp<long long>(y, 0, std::max(0, height - m_height)));
    if (newX == m_scrollX && newY == m_scrollY)
        return;
    m_damage.moveWithin(m_scrollX - newX, m_scrollY - newY, m_width, m_height);
    m_scrollX = newX;
    m_scrollY = newY;
    m_stateChanged = true;
}

void PluginView::invalidate(const bulkhead_rect &area)
{
    // One pixel more on each side, for antialiased edges at fractional scales.
    const double s = scale();
    const double left = std::floor(area.x * s) - m_scrollX - 1;
    const double top = std::floor(area.y * s) - m_scrollY - 1;
    const double right = std::ceil((double(area.x) + area.width) * s) - m_scrollX + 1;
    const double bottom = std::ceil((double(area.y) + area.height) * s) - m_scrollY + 1;
    const auto clip = [](double v) { return int(std::clamp(v, double(-(1 << 24)), double(1 << 24))); };
    const bulkhead_rect inView{clip(left), clip(top), clip(right) - clip(left), clip(bottom) - clip(top)};
    // Also where the newest frame still shows it.
    const int dx = m_paintedX - m_scrollX;
    const int dy = m_paintedY - m_scrollY;
    m_damage.add(intersected(inView, {0, 0, m_width, m_height}));
    if (dx != 0 || dy != 0)
        m_damage.add(intersected(inView, {dx, dy, m_width, m_height}));
}

int PluginView::scrollX() const
{
    return int(std::lround(m_scrollX / scale()));
}

int PluginView::scrollY() const
{
    return int(std::lround(m_scrollY / scale()));
}

void PluginView::scrollTo(double x, double y)
{
    const auto pixels = [this](double v) { return std::llround(std::clamp(v, 0.0, double(Far)) * scale()); };
    setScroll(pixels(x), pixels(y));
}

void PluginView::scrollToCss(double x, double y)
{
    scrollTo(x * cssScale() / scale(), y * cssScale() / scale());
}

void PluginView::scrollIntoView(const bulkhead_rect &area)
{
    const double s = scale();
    const double left = area.x * s - m_scrollX, top = area.y * s - m_scrollY;
    const double right = left + area.width * s, bottom = top + area.height * s;
    long long x = m_scrollX, y = m_scrollY;
    if (top < 0 || bottom > m_height)
        y += std::llround((top + bottom) / 2 - m_height / 3.0);
    if (left < 0 || right > m_width)
        x += std::llround(left - m_width / 8.0);
    setScroll(x, y);
}

bool PluginView::scrollBy(int dx, int dy)
{
    const int x = m_scrollX, y = m_scrollY;
    setScroll(static_cast<long long>(x) + dx, static_cast<long long>(y) + dy);
    return m_scrollX != x || m_scrollY != y;
}

bool PluginView::scrollByKey(std::uint32_t key, std::uint32_t modifiers)
{
    if (modifiers & CommandModifiers)
        return false;
    const int line = int(std::lround(LineStep * m_ratio));
    const int page = std::max(line, m_height - line);
    switch (key) {
    case Up:
        return scrollBy(0, -line);
    case Down:
        return scrollBy(0, line);
    case Left:
        return scrollBy(-line, 0);
    case Right:
        return scrollBy(line, 0);
    case PageUp:
        return scrollBy(0, -page);
    case PageDown:
        return scrollBy(0, page);
    case Space:
        return scrollBy(0, modifiers & Shift ? -page : page);
    case Home:
        return scrollBy(0, -int(Far));
    case End:
        return scrollBy(0, int(Far));
    default:
        return false;
    }
}

bool PluginView::isPaintDue() const
{
    return m_visible && m_width > 0 && m_height > 0 && m_surface.hasFreeBuffer() &&
           (m_everything || m_stateChanged || !m_damage.isEmpty() || m_scrollX != m_paintedX ||
            m_scrollY != m_paintedY);
}

void PluginView::fill(const Surface::Canvas &canvas, const bulkhead_rect &rect) const
{
    for (int y = rect.y; y < rect.y + rect.height; ++y) {
        auto *line = reinterpret_cast<std::uint32_t *>(canvas.pixels + std::ptrdiff_t(y) * canvas.stride);
        std::fill(line + rect.x, line + rect.x + rect.width, m_background);
    }
}

bool PluginView::paint(const Paint &paint, wire::FrameReady &frame)
{
    if (!isPaintDue())
        return false;
    const auto start = std::chrono::steady_clock::now();
    Damage damage = m_damage;
    if (m_everything)
        damage.add({0, 0, m_width, m_height});
    const bool moved = !m_everything;
    auto canvas = m_surface.begin(m_width, m_height, damage, moved ? m_paintedX - m_scrollX : 0,
                                  moved ? m_paintedY - m_scrollY : 0);
    if (!canvas)
        return false; // the buffers of this size are still on their way
    // From here on everything is what the plugin says while it paints: it is of the next frame.
    m_paintedX = m_scrollX;
    m_paintedY = m_scrollY;
    m_damage.clear();
    m_everything = m_stateChanged = false;
    int width = 0, height = 0;
    contentPixels(width, height);
    frame.set_background(m_background);
    if (!canvas->paint.isEmpty()) {
        for (const bulkhead_rect &rect : canvas->paint.rects())
            fill(*canvas, rect);
        const bulkhead_frame target{sizeof(bulkhead_frame),
                                    reinterpret_cast<std::uint32_t *>(canvas->pixels),
                                    canvas->width,
                                    canvas->height,
                                    canvas->stride,
                                    m_scrollX,
                                    m_scrollY,
                                    scale()};
        paint(target, canvas->paint.rects());
    }
    m_surface.end(frame);
    frame.set_device_pixel_ratio(m_ratio);
    frame.mutable_scroll()->set_x(int(std::lround(m_paintedX / cssScale())));
    frame.mutable_scroll()->set_y(int(std::lround(m_paintedY / cssScale())));
    frame.mutable_content()->set_width(std::uint32_t(width / cssScale()));
    frame.mutable_content()->set_height(std::uint32_t(height / cssScale()));
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    frame.set_paint_microseconds(std::uint32_t(std::min<long long>(took.count(), UINT32_MAX)));
    return true;
}

} // namespace bulkhead
