// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/resource_limits.h"

#include "app/runtime/sandbox/policies.h"

#include <sys/resource.h>

namespace bulkhead::sandbox {

namespace {

constexpr rlim_t Descriptors = 256;
constexpr rlim_t QueuedSignals = 64;
/// Address space, beside private memory: bounds the page tables that reading from untouched memory costs the kernel.
constexpr rlim_t AddressSpace = rlim_t(64) << 30;

bool set(int resource, rlim_t value)
{
    const rlimit limit{value, value};
    return ::setrlimit(__rlimit_resource(resource), &limit) == 0;
}

} // namespace

void limitMemory(std::uint64_t bytes)
{
    // A sanitizer's shadow memory alone is terabytes of address space.
    if (bytes > 0 && !HasSanitizers)
        set(RLIMIT_DATA, bytes);
    set(RLIMIT_CORE, 0);
}

Result<void> applyLimits(const wire::SandboxLimits &limits, wire::SandboxMode mode)
{
    limitMemory(limits.memory_bytes());
    bool done = HasSanitizers || set(RLIMIT_AS, AddressSpace);
    for (const int none : {int(RLIMIT_CORE), int(RLIMIT_FSIZE), int(RLIMIT_MEMLOCK), int(RLIMIT_MSGQUEUE),
                           int(RLIMIT_RTPRIO), int(RLIMIT_NICE), int(RLIMIT_LOCKS)})
        done = set(none, 0) && done;
    done = set(RLIMIT_NOFILE, Descriptors) && done;
    done = set(RLIMIT_SIGPENDING, QueuedSignals) && done;
    if (limits.threads() > 0 && mode == wire::USER_NAMESPACE)
        done = set(RLIMIT_NPROC, limits.threads()) && done;
    if (limits.total_seconds() > 0) {
        // SIGXCPU at the soft limit, which names the reason; SIGKILL two seconds later for a process that ignores it.
        const rlimit time{limits.total_seconds(), limits.total_seconds() + 2};
        done = ::setrlimit(RLIMIT_CPU, &time) == 0 && done;
    }
    if (!done)
        return fail("setrlimit");
    return {};
}

} // namespace bulkhead::sandbox
