// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/cancel.h"
#include "ipc/lab/protocol/lab_channel.h"

#include <chrono>
#include <deque>
#include <sys/types.h>

namespace bulkhead::lab {

/// Somebody who does what lab.proto says: a worker process here, or one on another machine. One command at a time.
/// Trust: none. What answers no command, or more than one may, ends it (reply_rules.h).
class Peer
{
public:
    virtual ~Peer() = default;

    Result<void> send(wire::LabCommand command, Fds fds = {});
    /// To be called when socket() is readable. A reply that says an error is an Error; so is one that has begun and
    /// does not go on.
    Result<wire::LabReply> receive(Fds *fds = nullptr);
    int socket() const { return m_channel.socket(); }

    /// Nothing will come of it any more.
    virtual void kill() = 0;
    virtual pid_t pid() const { return 0; }

protected:
    explicit Peer(UniqueFd socket) : m_channel(std::move(socket)) { m_channel.setPatience(Patience); }

private:
    /// For the rest of what has begun to come, and for what it does not take; nothing in there waits for anybody's
    /// work.
    static constexpr std::chrono::seconds Patience{3};

    LabChannel m_channel;
    std::deque<wire::LabCommand::BodyCase> m_asked; ///< not answered yet
};

/// Waits for the reply of @p peer: an error with number ETIMEDOUT at the deadline, ECANCELED when cancelled.
Result<wire::LabReply> await(Peer &peer, std::chrono::milliseconds limit, const Cancel &cancel, Fds *fds = nullptr);

/// Sends a command to each of two, so that both work at the same time, and waits for both replies. When one of them
/// fails, the other gets a moment to fail, too; it may be waiting for the first in vain.
struct TwoReplies
{
    Result<wire::LabReply> first;
    Result<wire::LabReply> second;
    bool isComplete = false; ///< both came; otherwise at least one of the two is still at work
};
enum class SecondEnds { ByItself, WhenToldSo };
TwoReplies askBoth(Peer &first, wire::LabCommand toFirst, Peer &second, wire::LabCommand toSecond,
                   std::chrono::milliseconds limit, const Cancel &cancel, SecondEnds secondEnds = SecondEnds::ByItself);

} // namespace bulkhead::lab
