// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/byte_stream.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace bulkhead::lab {

Result<void> applyWait(int fd, Wait wait)
{
    const int flags = ::fcntl(fd, F_GETFL);
    if (flags < 0 || ::fcntl(fd, F_SETFL, wait == Wait::Blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK) < 0)
        return fail("fcntl");
    return {};
}

Result<void> waitUntil(int fd, short events, Wait wait, std::chrono::milliseconds limit)
{
    if (wait == Wait::Polling)
        return {};
    if (wait == Wait::Never)
        return fail(Error::fromErrno("the call would block", EAGAIN));
    pollfd p{fd, events, 0};
    const int ready = ::poll(&p, 1, limit.count() > 0 ? int(limit.count()) : -1);
    if (ready == 0)
        return fail(Error::fromErrno("poll", ETIMEDOUT));
    if (ready < 0 && errno != EINTR)
        return fail("poll");
    return {};
}

namespace {

/// After a call that moved nothing: whether it is to be made again.
[[gnu::noinline]] Result<void> beforeNextTry(const char *call, ssize_t result, int fd, short events, Wait wait)
{
    if (result == 0)
        return fail(Error{std::string(call) + ": end of file, the other side is gone", 0});
    if (errno == EAGAIN)
        return waitUntil(fd, events, wait);
    return errno == EINTR ? Result<void>() : fail(call);
}

} // namespace

// essential: begin
Result<void> writeAll(int fd, ConstBytes bytes, Wait wait)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written > 0)
            bytes = bytes.subspan(std::size_t(written));
        else if (const auto again = beforeNextTry("write", written, fd, POLLOUT, wait); !again)
            return again;
    }
    return {};
}

Result<void> readAll(int fd, Bytes bytes, Wait wait)
{
    while (!bytes.empty()) {
        const ssize_t got = ::read(fd, bytes.data(), bytes.size());
        if (got > 0)
            bytes = bytes.subspan(std::size_t(got));
        else if (const auto again = beforeNextTry("read", got, fd, POLLIN, wait); !again)
            return again;
    }
    return {};
}
// essential: end

Result<void> StreamLink::meet()
{
    if (m_out) {
        if (const auto set = applyWait(m_out.get(), m_wait); !set)
            return set;
    }
    return applyWait(m_in.get(), m_wait);
}

Result<void> StreamLink::send(ConstBytes message)
{
    return writeAll(m_out ? m_out.get() : m_in.get(), message, m_wait);
}

Result<ConstBytes> StreamLink::receive(std::size_t bytes)
{
    const Bytes buffer = incoming(bytes);
    if (const auto read = readAll(m_in.get(), buffer, m_wait); !read)
        return tl::unexpected(read.error());
    return buffer;
}

} // namespace bulkhead::lab
