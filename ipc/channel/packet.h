// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

#include <cstdint>
#include <string_view>

namespace bulkhead {

enum class PacketKind : std::uint8_t { Message = 0, Request = 1, Reply = 2 };

/// What precedes every payload on the wire. Both ends are the same build on the same machine: host byte order.
struct PacketHeader
{
    std::uint32_t payloadBytes = 0;
    std::uint32_t requestId = 0; ///< of a Request, and of the Reply to it; 0 for a Message
    std::uint8_t fdCount = 0;
    PacketKind kind = PacketKind::Message;
    std::uint16_t reserved = 0;
};
static_assert(sizeof(PacketHeader) == 12);

/// One packet as received. The payload points into the reader's buffer: valid until the next read.
struct Packet
{
    PacketKind kind = PacketKind::Message;
    std::uint32_t requestId = 0;
    std::string_view payload;
    Fds fds;
};

} // namespace bulkhead
