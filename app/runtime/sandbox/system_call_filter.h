// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/runtime/sandbox/policy.h"
#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"

#include <linux/filter.h>
#include <vector>

namespace bulkhead::sandbox {

/// Who ends a process that makes a forbidden call.
enum class Executioner {
    /// The kernel holds the calling thread, tells the browser number and arguments, and the browser ends the process:
    /// so
    /// the call can be named, on the kernel's word. Without a browser the call fails.
    Browser,
    /// SECCOMP_RET_KILL_PROCESS: at once and without a word.
    Kernel,
    /// What is not listed is carried out: for taking something away from a filter that is on already.
    Nobody,
};

/// A Policy compiled by libseccomp, ready to be put on. Foreign architectures end the process always. Compiled before
/// lock-down (in the zygote, once per role); the child only installs it.
class SystemCallFilter
{
public:
    static Result<SystemCallFilter> compile(const Policy &policy, Executioner executioner);

    /// Puts it on every thread of this process, for good; needs no_new_privs. With Executioner::Browser, or a policy
    /// that asks, the result is the listener for it, else empty.
    Result<UniqueFd> install() const;

    Executioner executioner() const { return m_executioner; }
    std::size_t instructions() const { return m_program.size(); }

private:
    std::vector<sock_filter> m_program;
    Executioner m_executioner = Executioner::Kernel;
    bool m_hasListener = false;
};

} // namespace bulkhead::sandbox
