// SPDX-License-Identifier: BSD-3-Clause
#include "app/sandbox/landlock.h"

#include "ipc/core/unique_fd.h"

#include <algorithm>
#include <cstdint>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::sandbox {

namespace {

// The structure and the bits as of ABI 7 (Linux 6.15); the headers of Debian 12 end with ABI 2. The kernel's
// Documentation/userspace-api/landlock.rst tells which ABI knows what.
struct RulesetAttributes
{
    std::uint64_t handledFiles = 0;
    std::uint64_t handledNetwork = 0; // ABI 4
    std::uint64_t scoped = 0;         // ABI 6
};
constexpr std::uint64_t FilesAbi1 = (1ull << 13) - 1; // execute ... make_sym
constexpr std::uint64_t Refer = 1ull << 13;           // ABI 2
constexpr std::uint64_t Truncate = 1ull << 14;        // ABI 3
constexpr std::uint64_t IoctlDevice = 1ull << 15;     // ABI 5
constexpr std::uint64_t BindAndConnect = 3;
constexpr std::uint64_t AbstractSocketsAndSignals = 3;
constexpr unsigned AskVersion = 1;

} // namespace

Result<LandlockExtent> denyEverything(int highestAbi)
{
    const long offered = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, AskVersion);
    if (offered < 0)
        return fail("landlock_create_ruleset");
    const int abi = std::min(int(offered), highestAbi);
    RulesetAttributes attributes;
    std::size_t size = sizeof attributes.handledFiles;
    attributes.handledFiles =
        FilesAbi1 | (abi >= 2 ? Refer : 0) | (abi >= 3 ? Truncate : 0) | (abi >= 5 ? IoctlDevice : 0);
    if (abi >= 4) {
        attributes.handledNetwork = BindAndConnect;
        size += sizeof attributes.handledNetwork;
    }
    if (abi >= 6) {
        attributes.scoped = AbstractSocketsAndSignals;
        size += sizeof attributes.scoped;
    }
    const UniqueFd ruleset(int(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
    if (!ruleset)
        return fail("landlock_create_ruleset");
    if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) < 0)
        return fail("landlock_restrict_self");
    return LandlockExtent{abi, abi >= 4, abi >= 6};
}

} // namespace bulkhead::sandbox
