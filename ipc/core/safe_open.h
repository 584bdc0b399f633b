// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"

#include <cstdint>
#include <string>

namespace bulkhead {

/// Whether the last part of a path may be a symbolic link. What counts is where it leads, either way.
enum class Links {
    Follow, ///< for what the person named, and for what is the person's
    Refuse, ///< inside folders that others filled: a package must not reach out of itself
};

// The one way to open what somebody else named or may have put there: looked at before it is opened, so that a FIFO, a
// device, a terminal or a socket in a file's place is an error and not a wait, and nothing is read without end. Any
// thread; no Qt. Errors complete the sentence "NAME cannot be read: ...".

/// A regular file of at most @p mostBytes, to read.
Result<UniqueFd> openRegular(const std::string &path, std::uint64_t mostBytes, Links links = Links::Follow);
/// The same, to write at its end; made (0600) when there is none.
Result<UniqueFd> openRegularToAppend(const std::string &path);
/// All that is in such a file. One that grows beyond @p mostBytes meanwhile is an error, too.
Result<std::string> readRegular(const std::string &path, std::uint64_t mostBytes, Links links = Links::Follow);
/// The first @p bytes of a regular file of any size.
Result<std::string> readRegularStart(const std::string &path, std::size_t bytes, Links links = Links::Follow);

/// No error when there is nothing at @p path, or a regular file of at most @p mostBytes: something may be written
/// there.
Result<void> checkRegularOrAbsent(const std::string &path, std::uint64_t mostBytes);

} // namespace bulkhead
