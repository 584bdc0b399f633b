// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"
#include "ipc/messages/renderer.pb.h"

#include <utility>

namespace bulkhead::test {

/// What every child says first.
inline wire::RendererToBrowser readyMessage(std::uint32_t protocol = 1)
{
    wire::RendererToBrowser message;
    message.mutable_ready()->set_protocol(protocol);
    return message;
}

/// The same from inside the cage, with what is sent along; @p cage is a sandbox::LockedDown.
template <class Cage>
std::pair<wire::RendererToBrowser, Fds> readyFromCage(Cage cage)
{
    std::pair<wire::RendererToBrowser, Fds> ready{readyMessage(), Fds()};
    *ready.first.mutable_ready()->mutable_sandbox() = cage.report;
    if (cage.listener)
        ready.second.push_back(std::move(cage.listener));
    return ready;
}

/// That a plugin's library is loaded.
inline wire::RendererToBrowser loadedMessage()
{
    wire::RendererToBrowser message;
    message.mutable_plugin()->mutable_loaded()->set_abi("1.0");
    return message;
}

} // namespace bulkhead::test
