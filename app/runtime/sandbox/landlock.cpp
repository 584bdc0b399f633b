// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/landlock.h"

#include "ipc/core/unique_fd.h"

#include <algorithm>
#include <cstdint>
#include <fcntl.h>
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
constexpr std::uint64_t Execute = 1;
constexpr std::uint64_t MakeDevices = 1ull << 6 | 1ull << 11; // make_char, make_block
constexpr std::uint64_t Refer = 1ull << 13;                   // ABI 2
constexpr std::uint64_t Truncate = 1ull << 14;                // ABI 3
constexpr std::uint64_t IoctlDevice = 1ull << 15;             // ABI 5
constexpr std::uint64_t BindAndConnect = 3;
constexpr std::uint64_t AbstractSockets = 1;
constexpr std::uint64_t Signals = 2;
constexpr unsigned AskVersion = 1;
constexpr unsigned PathBeneath = 1; // the kind of rule

struct __attribute__((packed)) PathRule
{
    std::uint64_t allowed = 0;
    std::int32_t parent = -1;
};

} // namespace

Result<LandlockExtent> denyEverything(int highestAbi)
{
    return denyEverythingBut({}, highestAbi);
}

Result<LandlockExtent> denyEverythingBut(const LandlockGrants &grants, int highestAbi)
{
    const long offered = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, AskVersion);
    if (offered < 0)
        return fail("landlock_create_ruleset");
    const int abi = std::min(int(offered), highestAbi);
    RulesetAttributes attributes;
    std::size_t size = sizeof attributes.handledFiles;
    attributes.handledFiles =
        FilesAbi1 | (abi >= 2 ? Refer : 0) | (abi >= 3 ? Truncate : 0) | (abi >= 5 ? IoctlDevice : 0);
    if (grants.anyFile)
        attributes.handledFiles = Execute;
    if (abi >= 4) {
        attributes.handledNetwork = BindAndConnect;
        size += sizeof attributes.handledNetwork;
    }
    if (abi >= 6) {
        attributes.scoped = AbstractSockets | (grants.signals ? 0 : Signals);
        size += sizeof attributes.scoped;
    }
    const UniqueFd ruleset(int(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
    if (!ruleset)
        return fail("landlock_create_ruleset");
    for (const std::string &folder : grants.folders) {
        const UniqueFd parent(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        const PathRule rule{attributes.handledFiles & ~(Execute | MakeDevices), parent.get()};
        if (parent && rule.allowed != 0 && ::syscall(SYS_landlock_add_rule, ruleset.get(), PathBeneath, &rule, 0) < 0)
            return fail("landlock_add_rule");
    }
    if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) < 0)
        return fail("landlock_restrict_self");
    return LandlockExtent{abi, abi >= 4, abi >= 6};
}

} // namespace bulkhead::sandbox
