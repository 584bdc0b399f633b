// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/plugin_requests.h"

#include "browser/pages/page_processes/answered_once.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/remote_page.h"
#include "ipc/channel/limits.h"
#include "ipc/frames/memfd_region.h"

#include <QPointer>

#include <algorithm>

namespace bulkhead::plugin_requests {

namespace {

constexpr std::chrono::seconds StructureTimeout{10};
constexpr std::chrono::seconds SheetTimeout{30};
constexpr int MostEntries = 2000; // of what an untrusted process says
constexpr int MostLevel = 20;
constexpr std::uint32_t MostTitle = 300;
constexpr std::size_t MostMessage = 64 << 10;

bool canBeAsked(const RemotePage &page)
{
    return page.host() && page.host()->plugin() && page.host()->isUsable();
}

QRect checked(const wire::Rect &rect)
{
    constexpr int Far = 1 << 28;
    return {std::clamp(rect.x(), -Far, Far), std::clamp(rect.y(), -Far, Far),
            int(std::min<std::uint32_t>(rect.width(), Far)), int(std::min<std::uint32_t>(rect.height(), Far))};
}

DocumentStructure checked(const wire::PluginStructure &message, Charge held)
{
    DocumentStructure structure;
    qint64 bytes = 0;
    for (int i = 0; i < std::min(message.outline_size(), MostEntries); ++i) {
        const wire::PluginOutlineEntry &entry = message.outline(i);
        const QString title = QString::fromStdString(entry.title()).left(MostTitle).simplified();
        bytes += 2 * title.size() + qint64(sizeof(DocumentStructure::Chapter));
        structure.chapters.append({title, std::clamp(int(entry.level()), 1, MostLevel), checked(entry.area())});
    }
    for (int i = 0; i < std::min(message.pages_size(), MostEntries); ++i) {
        const QRect area = checked(message.pages(i));
        if (area.isEmpty())
            break;
        structure.pages.append(area);
    }
    held.set(bytes + structure.pages.size() * qint64(sizeof(QRect)));
    structure.held = std::make_shared<Charge>(std::move(held));
    return structure;
}

} // namespace

void structure(RemotePage &page, std::function<void(const DocumentStructure &)> given)
{
    auto done = answeredOnce(std::move(given));
    if (!canBeAsked(page))
        return;
    wire::BrowserToRenderer message;
    message.mutable_plugin()->mutable_get_structure()->set_page_id(page.id());
    page.host()->channel().request(
        message, StructureTimeout,
        [done = std::move(done), page = QPointer(&page)](const wire::RendererToBrowser *reply, Channel::Envelope &) {
            const bool isThere = page && reply && reply->plugin().has_structure();
            done(isThere ? checked(reply->plugin().structure(), page->charge(Holding::Text, 0)) : DocumentStructure());
        });
}

void sheet(RemotePage &page, int index, QSize size, double scale, std::function<void(const QImage &)> given)
{
    auto done = answeredOnce(std::move(given));
    const bool fits =
        !size.isEmpty() && size.width() <= int(limits::FrameEdge) && size.height() <= int(limits::FrameEdge);
    Result<Memfd> memory = fail(Error{"there is nobody to ask", 0});
    if (fits && canBeAsked(page))
        memory = Memfd::create("sheet", std::size_t(size.width()) * std::size_t(size.height()) * 4);
    auto region =
        memory ? MemfdRegion::map(*memory, MapAccess::ReadOnly) : Result<MemfdRegion>(tl::unexpected(memory.error()));
    if (!region)
        return;
    wire::BrowserToRenderer message;
    wire::PluginPaintPage *request = message.mutable_plugin()->mutable_paint_page();
    request->set_page_id(page.id());
    request->set_index(std::uint32_t(index));
    request->set_width(std::uint32_t(size.width()));
    request->set_height(std::uint32_t(size.height()));
    request->set_scale(scale);
    Fds fds;
    fds.push_back(memory->duplicate());
    const auto pixels = std::make_shared<MemfdRegion>(std::move(*region));
    page.host()->channel().request(
        message, SheetTimeout,
        [pixels, size, done = std::move(done)](const wire::RendererToBrowser *reply, Channel::Envelope &) {
            if (!reply || !reply->plugin().page_painted().painted())
                return done({});
            // A copy: what is printed must not change while it is.
            done(QImage(pixels->data(), size.width(), size.height(), size.width() * 4, QImage::Format_RGB32).copy());
        },
        std::move(fds));
}

void post(RemotePage &page, const QByteArray &json)
{
    if (!canBeAsked(page) || std::size_t(json.size()) > MostMessage)
        return;
    wire::BrowserToRenderer message;
    message.mutable_plugin()->mutable_message()->set_page_id(page.id());
    message.mutable_plugin()->mutable_message()->set_json(json.toStdString());
    page.host()->channel().send(message);
}

} // namespace bulkhead::plugin_requests
