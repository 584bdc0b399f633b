// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/packet.h"
#include "tests/system/fuzz/random_source.h"

#include <string>
#include <vector>

namespace bulkhead::fuzz {

/// What goes through a socket at once. The descriptors are somebody else's; the same one may be there twice.
struct RawPacket
{
    PacketHeader header;
    std::string payload;
    std::vector<int> fds;
    std::size_t cutTo = std::string::npos; ///< bytes of it that are really sent
    bool inPieces = false;                 ///< one system call for every few bytes
    std::size_t fdsAfter = 0;              ///< bytes that go before the descriptors, which then come in the middle
    bool isLast = false;                   ///< the sender is to end now
};

/// Packets as they should be, and with something wrong in bytes or descriptors. One thread.
class PacketMaker
{
public:
    explicit PacketMaker(RandomSource &random) : m_random(random) {}

    static RawPacket packet(PacketKind kind, std::uint32_t requestId, std::string payload, std::vector<int> fds = {});
    /// One thing wrong; @p fds are descriptors of all kinds that there are.
    void spoil(RawPacket &packet, const std::vector<int> &fds);

private:
    void spoilHeader(PacketHeader &header);
    void spoilPayload(std::string &payload);
    std::string varint(std::uint64_t value);

    RandomSource &m_random;
};

/// Sends all of @p packet on @p socket, which may be one that does not block. False when the other side is gone.
/// @p whileFull is called while there is no room, so that two who both write do not wait for each other.
bool sendRaw(int socket, const RawPacket &packet, void (*whileFull)(void *), void *context);

} // namespace bulkhead::fuzz
