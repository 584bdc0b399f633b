// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/blocking_channel.h"
#include "ipc/messages/lab.pb.h"

namespace bulkhead::lab {

/// One end of the conversation in ipc/messages/lab.proto: adds any number of descriptors to a message. No Qt; one
/// thread.
class LabChannel
{
public:
    explicit LabChannel(UniqueFd socket) : m_channel(std::move(socket)) {}
    int socket() const { return m_channel.socket(); }
    /// As BlockingChannel's: to be asked beside poll().
    bool hasBuffered() const { return m_channel.hasBuffered(); }
    /// As BlockingChannel's, for a message with all of its descriptors.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

    Result<void> send(wire::LabCommand command, Fds fds = {}) { return sendAll(command, std::move(fds)); }
    Result<void> send(wire::LabReply reply, Fds fds = {}) { return sendAll(reply, std::move(fds)); }
    /// Waits for the next message; the descriptors that came with it.
    Result<Fds> receive(wire::LabCommand &command) { return receiveAll(command); }
    Result<Fds> receive(wire::LabReply &reply) { return receiveAll(reply); }

private:
    template <class Message>
    Result<void> sendAll(Message &message, Fds fds);
    template <class Message>
    Result<Fds> receiveAll(Message &message);

    using Deadline = std::optional<std::chrono::steady_clock::time_point>;
    Deadline begin() const;
    void goOn(Deadline until);

    BlockingChannel m_channel;
    std::optional<std::chrono::milliseconds> m_patience;
};

} // namespace bulkhead::lab
