// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/mechanism.h"

#include <chrono>

namespace bulkhead::lab {

/// How long a receiver waits for a datagram before it takes it for lost.
inline constexpr std::chrono::milliseconds DatagramTimeout{250};

/// A link over a connected socket that keeps the boundaries of messages: one send, one receive, never a part.
class PacketLink : public Link
{
public:
    PacketLink(UniqueFd socket, Wait wait, Delivery delivery = Delivery::Reliable)
        : m_socket(std::move(socket)), m_wait(wait), m_delivery(delivery)
    {
    }

    Result<void> meet() override;
    Result<void> send(ConstBytes message) override;
    Result<ConstBytes> receive(std::size_t bytes) override;

protected:
    /// A lossy link's calls return after DatagramTimeout.
    void limitWaiting();

    UniqueFd m_socket;
    Wait m_wait;
    Delivery m_delivery;
};

} // namespace bulkhead::lab
