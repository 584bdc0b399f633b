// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/core/safe_open.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead {

namespace {

constexpr std::uint64_t AnySize = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t Piece = 64 << 10;

const char *kindOf(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFDIR:
        return "it is a folder";
    case S_IFIFO:
        return "it is a pipe and not a file";
    case S_IFSOCK:
        return "it is a socket and not a file";
    case S_IFLNK:
        return "it is a symbolic link";
    default:
        return "it is a device and not a file";
    }
}

/// A name for the file itself, whatever happens to its path: O_PATH opens nothing, so nothing waits and no driver acts.
Result<UniqueFd> look(const std::string &path, std::uint64_t mostBytes, Links links)
{
    UniqueFd found(::open(path.c_str(), O_PATH | O_CLOEXEC | (links == Links::Refuse ? O_NOFOLLOW : 0)));
    struct stat status = {};
    if (!found || ::fstat(found.get(), &status) < 0)
        return fail("open");
    if (!S_ISREG(status.st_mode))
        return fail(Error{kindOf(status.st_mode), S_ISDIR(status.st_mode) ? EISDIR : EINVAL});
    if (status.st_size < 0 || std::uint64_t(status.st_size) > mostBytes)
        return fail(Error{"it is larger than " + std::to_string(mostBytes) + " bytes", EFBIG});
    return found;
}

/// The file that @p found names, and no other.
Result<UniqueFd> reopen(const UniqueFd &found, int flags)
{
    const std::string self = "/proc/self/fd/" + std::to_string(found.get());
    UniqueFd file(::open(self.c_str(), flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!file)
        return fail("open");
    return file;
}

Result<std::string> readUpTo(const UniqueFd &file, std::size_t most)
{
    std::string bytes;
    while (bytes.size() < most) {
        const std::size_t before = bytes.size();
        bytes.resize(before + std::min(Piece, most - before));
        const ssize_t got = ::read(file.get(), bytes.data() + before, bytes.size() - before);
        bytes.resize(before + std::size_t(std::max<ssize_t>(got, 0)));
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return fail("read");
    }
    return bytes;
}

} // namespace

Result<UniqueFd> openRegular(const std::string &path, std::uint64_t mostBytes, Links links)
{
    const Result<UniqueFd> found = look(path, mostBytes, links);
    return found ? reopen(*found, O_RDONLY) : tl::unexpected(found.error());
}

Result<UniqueFd> openRegularToAppend(const std::string &path)
{
    const Result<UniqueFd> found = look(path, AnySize, Links::Follow);
    if (found)
        return reopen(*found, O_WRONLY | O_APPEND);
    if (found.error().number != ENOENT)
        return tl::unexpected(found.error());
    UniqueFd made(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!made)
        return fail("open");
    return made;
}

Result<std::string> readRegular(const std::string &path, std::uint64_t mostBytes, Links links)
{
    const Result<UniqueFd> file = openRegular(path, mostBytes, links);
    if (!file)
        return tl::unexpected(file.error());
    Result<std::string> bytes = readUpTo(*file, std::size_t(mostBytes) + 1);
    if (bytes && bytes->size() > mostBytes)
        return fail(Error{"it grew beyond " + std::to_string(mostBytes) + " bytes", EFBIG});
    return bytes;
}

Result<std::string> readRegularStart(const std::string &path, std::size_t bytes, Links links)
{
    const Result<UniqueFd> file = openRegular(path, AnySize, links);
    return file ? readUpTo(*file, bytes) : tl::unexpected(file.error());
}

Result<void> checkRegularOrAbsent(const std::string &path, std::uint64_t mostBytes)
{
    const Result<UniqueFd> found = look(path, mostBytes, Links::Follow);
    if (found || found.error().number == ENOENT)
        return {};
    return tl::unexpected(found.error());
}

} // namespace bulkhead
