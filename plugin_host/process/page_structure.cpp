// SPDX-License-Identifier: BSD-3-Clause
#include "plugin_host/process/page_structure.h"

#include "ipc/channel/limits.h"
#include "ipc/frames/memfd_region.h"
#include "plugin_host/process/plugin_page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace bulkhead {

namespace {

constexpr std::uint32_t MostEntries = 2000; // browser/pages/page_processes/plugin_requests.cpp has its twins
constexpr std::uint32_t MostPages = 2000;
constexpr std::size_t MostTitle = 300;
constexpr std::uint32_t MostLevel = 20;

template <class T>
const T *extension(const bulkhead_page &page, const char *id)
{
    const bulkhead_plugin &plugin = page.plugin();
    return page.isAlive() && BULKHEAD_HAS(&plugin, extension) ? static_cast<const T *>(plugin.extension(id)) : nullptr;
}

void set(wire::Rect &to, double x, double y, double width, double height)
{
    constexpr double Far = 1 << 28;
    to.set_x(int(std::lround(std::clamp(x, -Far, Far))));
    to.set_y(int(std::lround(std::clamp(y, -Far, Far))));
    to.set_width(std::uint32_t(std::lround(std::clamp(width, 0.0, Far))));
    to.set_height(std::uint32_t(std::lround(std::clamp(height, 0.0, Far))));
}

/// As UTF-8 that ends where a character does: what is sent as text has to be valid.
std::string cleanTitle(const char *title)
{
    std::string text(title, ::strnlen(title, MostTitle));
    std::size_t end = text.size();
    while (end > 0 && (static_cast<unsigned char>(text[end - 1]) & 0xc0) == 0x80)
        --end;
    if (end > 0 && static_cast<unsigned char>(text[end - 1]) >= 0xc0) {
        const auto lead = static_cast<unsigned char>(text[end - 1]);
        const std::size_t needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        if (text.size() - (end - 1) < needed)
            text.resize(end - 1);
    }
    return text;
}

} // namespace

wire::PluginStructure structureOf(const bulkhead_page &page)
{
    wire::PluginStructure structure;
    const auto *outline = extension<bulkhead_outline>(page, BULKHEAD_OUTLINE);
    std::array<char, MostTitle + 1> title{};
    for (std::uint32_t i = 0; outline && BULKHEAD_HAS(outline, entry) && i < MostEntries; ++i) {
        std::uint32_t level = 1;
        bulkhead_rect area{};
        title.fill(0);
        if (!outline->entry(page.self(), i, title.data(), MostTitle, &level, &area))
            break;
        wire::PluginOutlineEntry *entry = structure.add_outline();
        entry->set_title(cleanTitle(title.data()));
        entry->set_level(std::clamp(level, 1u, MostLevel));
        const PluginView &view = page.view();
        set(*entry->mutable_area(), view.toCss(area.x), view.toCss(area.y), view.toCss(area.width),
            view.toCss(area.height));
    }
    const auto *pages = extension<bulkhead_pages>(page, BULKHEAD_PAGES);
    if (!pages || !BULKHEAD_HAS(pages, count) || !BULKHEAD_HAS(pages, area))
        return structure;
    const std::uint32_t count = std::min(pages->count(page.self()), MostPages);
    for (std::uint32_t i = 0; i < count; ++i) {
        bulkhead_rect area{};
        if (!pages->area(page.self(), i, &area))
            break;
        set(*structure.add_pages(), area.x, area.y, area.width, area.height);
    }
    return structure;
}

bool paintPage(const bulkhead_page &page, const wire::PluginPaintPage &request, Fds fds)
{
    const auto *pages = extension<bulkhead_pages>(page, BULKHEAD_PAGES);
    if (!pages || !BULKHEAD_HAS(pages, paint) || fds.size() != 1 || request.width() == 0 || request.height() == 0 ||
        request.width() > limits::FrameEdge || request.height() > limits::FrameEdge ||
        !std::isfinite(request.scale()) || request.scale() <= 0)
        return false;
    const std::size_t stride = std::size_t(request.width()) * 4;
    const Result<Memfd> memory = Memfd::adopt(std::move(fds[0]), stride * request.height());
    const Result<MemfdRegion> pixels =
        memory ? MemfdRegion::map(*memory, MapAccess::ReadWrite) : Result<MemfdRegion>(tl::unexpected(memory.error()));
    if (!pixels)
        return false;
    std::memset(pixels->data(), 0xff, stride * request.height()); // paper
    const bulkhead_frame frame{sizeof(bulkhead_frame),
                               reinterpret_cast<std::uint32_t *>(pixels->data()),
                               int(request.width()),
                               int(request.height()),
                               int(stride),
                               0,
                               0,
                               request.scale()};
    return pages->paint(page.self(), request.index(), &frame) != 0;
}

} // namespace bulkhead
