// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/peer.h"

#include <memory>
#include <string>

namespace bulkhead::lab {

/// The second side of a link on another machine, behind `bulkhead lab serve`.
class RemotePeer : public Peer
{
public:
    /// @p address is HOST:PORT in numbers; @p token what the server shows. Waits at most some seconds.
    static Result<std::unique_ptr<RemotePeer>> connect(const std::string &address, const std::string &token,
                                                       const Cancel &cancel);
    /// Only ends the connection; the server then ends its worker.
    void kill() override;

private:
    explicit RemotePeer(UniqueFd socket) : Peer(std::move(socket)) {}
};

} // namespace bulkhead::lab
