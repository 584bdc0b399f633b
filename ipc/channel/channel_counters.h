// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

namespace bulkhead {

/// What went over a channel since it was opened. Plain numbers, written by the channel's thread only.
struct ChannelCounters
{
    std::uint64_t messagesSent = 0;
    std::uint64_t messagesReceived = 0;
    std::uint64_t bytesSent = 0; ///< with headers
    std::uint64_t bytesReceived = 0;
    std::uint64_t fdsSent = 0;
    std::uint64_t fdsReceived = 0;
    std::uint64_t writes = 0; ///< sendmsg calls; messagesSent / writes is the batching
    std::uint64_t reads = 0;
    std::uint64_t coalesced = 0;   ///< messages replaced by a newer one before they were sent
    std::uint64_t queuedBytes = 0; ///< unsent now
    std::uint64_t queuedBytesPeak = 0;
    std::uint64_t repliesReceived = 0;
    std::uint64_t replyMicroseconds = 0; ///< sum over repliesReceived, request sent to reply handled
    std::uint64_t requestsTimedOut = 0;
    std::uint64_t fdsClosed = 0; ///< received and closed because no packet claimed them or no handler took them
};

} // namespace bulkhead
