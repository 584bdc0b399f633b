// SPDX-License-Identifier: BSD-3-Clause
#include "plugin_host/process/plugin_process.h"

#include "ipc/channel/limits.h"
#include "ipc/core/exit_codes.h"
#include "ipc/plugin_faults/plugin_fault.h"
#include "plugin_host/process/host_table.h"
#include "plugin_host/process/page_structure.h"

#include <algorithm>
#include <cstdio>
#include <poll.h>
#include <unistd.h>

namespace bulkhead {

PluginProcess::PluginProcess(BlockingChannel &channel, std::function<void()> taskBegins, std::function<void()> taskEnds)
    : m_channel(channel), m_taskBegins(std::move(taskBegins)), m_taskEnds(std::move(taskEnds))
{
}

void PluginProcess::fail(BlockingChannel &channel, const PluginFault &fault)
{
    wire::RendererToBrowser message;
    *message.mutable_plugin()->mutable_failed() = fault.toWire();
    (void)channel.send(message);
}

void PluginProcess::run(const bulkhead_plugin &plugin, const QtRuntime *runtime)
{
    m_plugin = &plugin;
    hostTable(); // remembers this thread
    wire::RendererToBrowser message;
    wire::PluginLoaded *loaded = message.mutable_plugin()->mutable_loaded();
    loaded->set_abi(std::to_string(plugin.abi_major) + '.' + std::to_string(plugin.abi_minor));
    if (BULKHEAD_HAS(&plugin, extension)) {
        for (const char *id :
             {BULKHEAD_FIND, BULKHEAD_SELECTION, BULKHEAD_ZOOM, BULKHEAD_OUTLINE, BULKHEAD_PAGES, BULKHEAD_MESSAGES}) {
            if (plugin.extension(id))
                loaded->add_extensions(id);
        }
    }
    send(message);
    const LoopCallbacks callbacks{m_channel.socket(),
                                  [](void *self) { static_cast<PluginProcess *>(self)->readable(); },
                                  [](void *self) { return static_cast<PluginProcess *>(self)->timeout(); },
                                  [](void *self) { static_cast<PluginProcess *>(self)->tick(); }, this};
    if (runtime)
        runtime->run(&callbacks);
    runPollLoop(callbacks);
}

void PluginProcess::send(const wire::RendererToBrowser &message)
{
    // No destructors: what the plugin left behind must not delay or break the end of its process.
    if (!m_channel.send(message))
        ::_exit(exit_codes::Clean);
}

void PluginProcess::reply(std::uint32_t requestId, const wire::RendererToBrowser &message)
{
    if (requestId != 0 && !m_channel.reply(requestId, message))
        ::_exit(exit_codes::Clean);
}

void PluginProcess::readable()
{
    m_taskBegins();
    // A bounded while, so that content does not keep frames from being painted.
    const auto end = std::chrono::steady_clock::now() + limits::ReadTurn;
    wire::BrowserToRenderer message;
    do {
        pollfd p{m_channel.socket(), POLLIN, 0};
        if (!m_channel.hasBuffered() && ::poll(&p, 1, 0) <= 0)
            break;
        Result<BlockingChannel::Received> received = m_channel.receive(message);
        if (!received)
            ::_exit(received.error().what == "closed" ? exit_codes::Clean : exit_codes::BadChannel);
        handle(message, *received);
    } while (std::chrono::steady_clock::now() < end);
    m_taskEnds();
}

int PluginProcess::timeout() const
{
    if (m_channel.hasBuffered())
        return 0;
    std::optional<bulkhead_page::Clock::time_point> next;
    for (const auto &[id, page] : m_pages) {
        const auto wanted = page->nextTick();
        if (wanted && (!next || *wanted < *next))
            next = wanted;
    }
    if (!next)
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - bulkhead_page::Clock::now());
    return int(std::clamp<long long>(left.count(), 0, 60'000));
}

void PluginProcess::tick()
{
    if (m_channel.hasBuffered())
        readable();
    m_taskBegins();
    for (const auto &[id, page] : m_pages)
        page->tick();
    m_taskEnds();
}

bulkhead_page *PluginProcess::page(std::uint32_t id) const
{
    const auto it = m_pages.find(id);
    return it == m_pages.end() ? nullptr : it->second.get();
}

bulkhead_page *PluginProcess::pageOfStream(std::uint32_t streamId) const
{
    for (const auto &[id, page] : m_pages) {
        if (page->streamId() == streamId)
            return page.get();
    }
    return nullptr;
}

void PluginProcess::open(const wire::OpenDocument &message)
{
    std::optional<wire::PluginDocument> document;
    if (const auto it = m_announced.find(message.page_id()); it != m_announced.end()) {
        document = std::move(it->second);
        m_announced.erase(it);
    }
    auto page = std::make_unique<bulkhead_page>(message, std::move(document), *m_plugin, hostTable(),
                                                [this](const wire::RendererToBrowser &out) { send(out); });
    if (page->isAlive())
        m_pages[message.page_id()] = std::move(page);
}

void PluginProcess::handle(const wire::BrowserToRenderer &message, BlockingChannel::Received &received)
{
    using Body = wire::BrowserToRenderer;
    wire::RendererToBrowser answer;
    switch (message.body_case()) {
    case Body::kPlugin:
        return handlePlugin(message.plugin(), received);
    case Body::kOpenDocument:
        return open(message.open_document());
    case Body::kClosePage:
        m_pages.erase(message.close_page().page_id());
        return;
    case Body::kStopLoading:
        if (bulkhead_page *p = page(message.stop_loading().page_id()))
            p->endBody(false);
        return;
    case Body::kConfigureView:
        if (bulkhead_page *p = page(message.configure_view().page_id()))
            p->configure(message.configure_view().view());
        return;
    case Body::kFramebuffers:
        if (bulkhead_page *p = page(message.framebuffers().page_id())) {
            if (const auto set = p->view().setBuffers(message.framebuffers(), std::move(received.fds)); !set)
                std::fprintf(stderr, "<4>framebuffers: %s\n", set.error().what.c_str());
        }
        return;
    case Body::kFrameReleased:
        if (bulkhead_page *p = page(message.frame_released().page_id()))
            p->view().release(message.frame_released());
        return;
    case Body::kBodyData: {
        answer.mutable_body_credit()->set_stream_id(message.body_data().stream_id());
        answer.mutable_body_credit()->set_bytes(std::uint32_t(message.body_data().data().size()));
        if (bulkhead_page *p = pageOfStream(message.body_data().stream_id()))
            p->appendBody(message.body_data().data());
        return send(answer);
    }
    case Body::kBodyEnd:
        if (bulkhead_page *p = pageOfStream(message.body_end().stream_id()))
            p->endBody(message.body_end().complete());
        return;
    case Body::kInputEvent:
        if (bulkhead_page *p = page(message.input_event().page_id()))
            p->handleInput(message.input_event());
        return;
    case Body::kScrollTo:
        if (bulkhead_page *p = page(message.scroll_to().page_id()))
            p->view().scrollToCss(message.scroll_to().position().x(), message.scroll_to().position().y());
        return;
    case Body::kFind:
        answer.mutable_find_reply();
        if (bulkhead_page *p = page(message.find().page_id()))
            *answer.mutable_find_reply() = p->find(message.find());
        return reply(received.requestId, answer);
    case Body::kEditCommand:
        if (bulkhead_page *p = page(message.edit_command().page_id()))
            p->edit(message.edit_command().type());
        return;
    case Body::kGetText:
        answer.mutable_text_reply();
        if (bulkhead_page *p = page(message.get_text().page_id()))
            *answer.mutable_text_reply() = p->text(message.get_text());
        return reply(received.requestId, answer);
    case Body::kHitTest:
        answer.mutable_hit_test_reply();
        return reply(received.requestId, answer);
    case Body::kPing:
        answer.mutable_pong();
        return reply(received.requestId, answer);
    default:
        return; // nothing that concerns plugins
    }
}

void PluginProcess::handlePlugin(const wire::ToPlugin &message, BlockingChannel::Received &received)
{
    wire::RendererToBrowser answer;
    switch (message.body_case()) {
    case wire::ToPlugin::kDocument:
        m_announced[message.document().page_id()] = message.document();
        break;
    case wire::ToPlugin::kContent:
        if (bulkhead_page *p = page(message.content().page_id()))
            p->takeContent(message.content(), std::move(received.fds));
        break;
    case wire::ToPlugin::kPiece:
        if (bulkhead_page *p = page(message.piece().page_id()))
            p->takePiece(message.piece());
        break;
    case wire::ToPlugin::kServiceAnswer:
        if (bulkhead_page *p = page(message.service_answer().page_id()))
            p->takeAnswer(message.service_answer());
        break;
    case wire::ToPlugin::kMessage:
        if (bulkhead_page *p = page(message.message().page_id()))
            p->takeMessage(message.message().json());
        break;
    case wire::ToPlugin::kGetStructure:
        answer.mutable_plugin()->mutable_structure();
        if (bulkhead_page *p = page(message.get_structure().page_id()))
            *answer.mutable_plugin()->mutable_structure() = structureOf(*p);
        return reply(received.requestId, answer);
    case wire::ToPlugin::kPaintPage: {
        bulkhead_page *p = page(message.paint_page().page_id());
        answer.mutable_plugin()->mutable_page_painted()->set_painted(
            p && paintPage(*p, message.paint_page(), std::move(received.fds)));
        return reply(received.requestId, answer);
    }
    default:
        break;
    }
}

} // namespace bulkhead
