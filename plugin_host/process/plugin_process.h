// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/plugin_faults/plugin_fault.h"
#include "plugin_host/process/event_loop.h"
#include "plugin_host/process/plugin_page.h"

namespace bulkhead {

/// A plugin process's main loop: carries out the browser's messages for its pages until the channel ends, which ends
/// the process. Speaks what a renderer speaks (ipc/messages/renderer.proto). No Qt. Main thread.
class PluginProcess
{
public:
    static constexpr std::uint32_t Protocol = 1; ///< the renderer's

    /// @p taskBegins and @p taskEnds frame each turn's work, for a watchdog.
    PluginProcess(BlockingChannel &channel, std::function<void()> taskBegins, std::function<void()> taskEnds);

    /// Tells the browser that there is no plugin, and why; the process is to be ended then.
    static void fail(BlockingChannel &channel, const PluginFault &fault);

    /// Runs @p plugin; the loop is Qt's if there is a @p runtime. Never returns.
    [[noreturn]] void run(const bulkhead_plugin &plugin, const QtRuntime *runtime);

private:
    void readable();
    int timeout() const;
    void tick();
    void handle(const wire::BrowserToRenderer &message, BlockingChannel::Received &received);
    void handlePlugin(const wire::ToPlugin &message, BlockingChannel::Received &received);
    void open(const wire::OpenDocument &message);
    bulkhead_page *page(std::uint32_t id) const;
    bulkhead_page *pageOfStream(std::uint32_t streamId) const;
    void send(const wire::RendererToBrowser &message);
    void reply(std::uint32_t requestId, const wire::RendererToBrowser &message);

    BlockingChannel &m_channel;
    const std::function<void()> m_taskBegins, m_taskEnds;
    const bulkhead_plugin *m_plugin = nullptr;
    std::map<std::uint32_t, wire::PluginDocument> m_announced; ///< of pages that are not open yet
    std::map<std::uint32_t, std::unique_ptr<bulkhead_page>> m_pages;
};

} // namespace bulkhead
