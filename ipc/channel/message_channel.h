// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/channel.h"

namespace bulkhead {

/// A Channel that says in its type what it sends and what it receives, e.g. MessageChannel<wire::BrowserToRenderer,
/// wire::RendererToBrowser>. Owns the Channel; same thread, same rules.
template <class Out, class In>
class MessageChannel
{
public:
    explicit MessageChannel(UniqueFd socket)
        : m_channel(std::make_unique<Channel>(std::move(socket), In::default_instance()))
    {
    }

    /// @p handler: void(const In &message, Channel::Envelope &envelope)
    template <class Handler>
    void setHandler(Handler handler)
    {
        m_channel->setHandler(
            [handler = std::move(handler)](const google::protobuf::Message &message, Channel::Envelope &envelope) {
                handler(static_cast<const In &>(message), envelope);
            });
    }

    bool send(const Out &message, Fds fds = {}, CoalesceKey key = 0)
    {
        return m_channel->send(message, std::move(fds), key);
    }
    /// @p done: void(const In *reply, Channel::Envelope &envelope); the reply is null when none came.
    template <class Done>
    void request(const Out &message, std::chrono::milliseconds timeout, Done done, Fds fds = {})
    {
        m_channel->request(
            message, timeout,
            [done = std::move(done)](const google::protobuf::Message *reply, Channel::Envelope &envelope) {
                done(static_cast<const In *>(reply), envelope);
            },
            std::move(fds));
    }
    bool reply(std::uint32_t requestId, const Out &message, Fds fds = {})
    {
        return m_channel->reply(requestId, message, std::move(fds));
    }

    /// Everything that does not depend on the types: end, congestion, counters, signals.
    Channel &base() { return *m_channel; }
    const Channel &base() const { return *m_channel; }

private:
    std::unique_ptr<Channel> m_channel;
};

} // namespace bulkhead
