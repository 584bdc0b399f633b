// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/blocking_channel.h"
#include "ipc/messages/renderer.pb.h"

#include <cstdint>
#include <unistd.h>
#include <utility>

namespace bulkhead::test {

/// What a lying child does between its lies: the honest part of its end of the channel, which is descriptor 3. One
/// thread; the end of the channel ends the process.
struct LyingChild
{
    BlockingChannel channel{UniqueFd(3)};
    std::uint32_t page = 0;
    std::uint32_t documentStream = 0;
    wire::Framebuffers buffers;

    void send(const wire::RendererToBrowser &message, Fds fds = {}) { (void)channel.send(message, std::move(fds)); }

    /// Until there is a page, with its framebuffers where it wants them.
    enum class Wants { Page, Framebuffers };
    void waitForDocument(Wants wants)
    {
        wire::BrowserToRenderer message;
        while (page == 0 || (wants == Wants::Framebuffers && buffers.buffer_count() == 0)) {
            if (!channel.receive(message))
                ::_exit(0);
            if (message.has_open_document()) {
                page = message.open_document().page_id();
                documentStream = message.open_document().stream_id();
            } else if (message.has_framebuffers()) {
                buffers = message.framebuffers();
            }
        }
    }

    /// Reads and drops whatever comes until the browser has had enough.
    [[noreturn]] void drain()
    {
        wire::BrowserToRenderer message;
        while (channel.receive(message)) {
        }
        for (;;)
            ::pause();
    }
};

} // namespace bulkhead::test
