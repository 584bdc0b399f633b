// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/mechanism.h"

#include <chrono>

namespace bulkhead::lab {

/// A descriptor is made non-blocking unless its user means to block in the call.
Result<void> applyWait(int fd, Wait wait);

/// After EAGAIN: sleeps in poll(), asks again at once, or gives EAGAIN back. ETIMEDOUT after @p limit, if positive.
Result<void> waitUntil(int fd, short events, Wait wait, std::chrono::milliseconds limit = {});

/// The loops that every user of a byte stream needs: one call may move less than asked for.
/// Hot: see payload.cpp.
[[gnu::hot]] Result<void> writeAll(int fd, ConstBytes bytes, Wait wait);
[[gnu::hot]] Result<void> readAll(int fd, Bytes bytes, Wait wait);

/// A link over one descriptor for both directions (a socket), or one for each (two pipes).
class StreamLink : public Link
{
public:
    StreamLink(UniqueFd socket, Wait wait) : m_in(std::move(socket)), m_wait(wait) {}
    StreamLink(UniqueFd in, UniqueFd out, Wait wait) : m_in(std::move(in)), m_out(std::move(out)), m_wait(wait) {}

    Result<void> meet() override;
    [[gnu::hot]] Result<void> send(ConstBytes message) override;
    [[gnu::hot]] Result<ConstBytes> receive(std::size_t bytes) override;

protected:
    UniqueFd m_in;
    UniqueFd m_out; ///< empty: m_in serves for both
    Wait m_wait;
};

} // namespace bulkhead::lab
