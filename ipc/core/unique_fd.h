// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <utility>
#include <vector>

namespace bulkhead {

/// Sole owner of a file descriptor; closes it. Move-only, usable on any thread. -1 is empty.
class UniqueFd
{
public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : m_fd(fd) {}
    UniqueFd(UniqueFd &&other) noexcept : m_fd(other.release()) {}
    UniqueFd &operator=(UniqueFd &&other) noexcept
    {
        reset(other.release());
        return *this;
    }
    ~UniqueFd() { reset(); }

    int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }

    /// Gives the descriptor up to the caller.
    [[nodiscard]] int release() { return std::exchange(m_fd, -1); }
    void reset(int fd = -1);
    /// A second descriptor for the same open file, close-on-exec; empty on failure (errno is set).
    UniqueFd duplicate() const;

private:
    int m_fd = -1;
};

/// Descriptors travelling with a message, in order.
using Fds = std::vector<UniqueFd>;

} // namespace bulkhead
