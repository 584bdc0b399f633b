// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/blocking_channel.h"
#include "ipc/messages/renderer.pb.h"

#include <set>
#include <string>

namespace bulkhead::flood {

/// A child's end of its channel: keeps to the letter of the protocol and says one thing again and again, as large and
/// as fast as it can. It reads what it is told, except where not reading is the attack. One thread.
class Session
{
public:
    explicit Session(UniqueFd channel) : m_channel(std::move(channel)) {}

    /// Once ready was said: waits for a page and its framebuffers, paints, and floods until the channel closes, which
    /// ends the process. False when there is no such flood.
    bool run(const std::string &what);

    /// Ends the process when it cannot be sent, for the browser has closed the channel then.
    void send(const wire::RendererToBrowser &message, Fds fds = {});
    /// Reads everything that there is, and answers what is asked: in full, with the largest answers there are.
    void takeAll();
    void paint();
    wire::RendererToBrowser request(std::uint32_t stream, const std::string &address) const;
    /// A plugin's.
    void read(std::uint64_t offset, std::uint32_t count);
    /// Different each time.
    std::string longText(std::size_t bytes) const;
    /// The address of a large file beside the page.
    std::string large() const;

    std::uint32_t page() const { return m_page; }
    const std::string &url() const { return m_url; }
    bool isTraced() const { return m_traced; }
    /// How often read() was called, and answered.
    std::uint32_t reads() const { return m_reads; }
    std::uint32_t pieces() const { return m_pieces; }
    /// How often the flood was repeated.
    unsigned n() const { return m_n; }

private:
    void take();
    void answer(const wire::BrowserToRenderer &question, std::uint32_t requestId);

    BlockingChannel m_channel;
    std::uint32_t m_page = 0;
    std::string m_url;
    wire::Framebuffers m_buffers;
    std::set<std::uint32_t> m_ownBuffers;
    std::uint64_t m_frame = 0;
    unsigned m_n = 0;
    std::uint32_t m_reads = 0;
    std::uint32_t m_pieces = 0;
    bool m_traced = false;
};

} // namespace bulkhead::flood
