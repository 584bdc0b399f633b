// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/sandbox/attack.h"

#include <cstring>
#include <seccomp.h>
#include <unistd.h>

namespace bulkhead::attack {

std::string Outcome::text() const
{
    switch (kind) {
    case Returned:
        return "returned " + std::to_string(number);
    case Failed:
        return std::string(::strerrorname_np(number) ? ::strerrorname_np(number) : "an error");
    case Killed: {
        char *name = ::seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
        const std::string text =
            "killed: " + std::string(name ? name : "unknown") + " (" + std::to_string(number) + ")";
        ::free(name);
        return text;
    }
    case KilledByKernel:
        return "killed by the kernel";
    case OutOfMemory:
        return "out of memory";
    case Limit:
        return "limit";
    case Died:
        return "died (" + std::to_string(number) + ")";
    case Hung:
        return "hung";
    }
    return {};
}

namespace {

std::function<long(const Tools &)> systemCall(long call, std::vector<long> a)
{
    a.resize(6);
    return [call, a](const Tools &) { return ::syscall(call, a[0], a[1], a[2], a[3], a[4], a[5]); };
}

} // namespace

Attack killed(const char *group, const char *what, long call, std::vector<long> arguments)
{
    return {group, what, {Outcome::Killed, int(call)}, systemCall(call, std::move(arguments))};
}

Attack refused(const char *group, const char *what, int error, long call, std::vector<long> arguments)
{
    return {group, what, {Outcome::Failed, error}, systemCall(call, std::move(arguments))};
}

const std::vector<Attack> &attacks()
{
    static const std::vector<Attack> all = [] {
        std::vector<Attack> list;
        for (const auto &group : {filesystemAttacks, procAttacks, networkAttacks, processAttacks, memoryAttacks,
                                  privilegeAttacks, kernelAttacks, ipcAttacks, sharedMemoryAttacks, resourceAttacks}) {
            for (Attack &attack : group())
                list.push_back(std::move(attack));
        }
        return list;
    }();
    return all;
}

} // namespace bulkhead::attack
