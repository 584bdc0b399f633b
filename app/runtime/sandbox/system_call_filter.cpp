// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/system_call_filter.h"

#include <cerrno>
#include <linux/seccomp.h>
#include <memory>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::sandbox {

namespace {

struct Release
{
    void operator()(void *context) const { ::seccomp_release(context); }
};

Result<std::vector<sock_filter>> exported(scmp_filter_ctx context)
{
    // libseccomp writes to a descriptor only.
    UniqueFd file(::memfd_create("filter", MFD_CLOEXEC));
    if (!file)
        return fail("memfd_create");
    if (const int error = ::seccomp_export_bpf(context, file.get()); error < 0)
        return fail(Error::fromErrno("seccomp_export_bpf", -error));
    const off_t bytes = ::lseek(file.get(), 0, SEEK_END);
    std::vector<sock_filter> program(std::size_t(bytes) / sizeof(sock_filter));
    if (::pread(file.get(), program.data(), std::size_t(bytes), 0) != bytes)
        return fail("pread");
    return program;
}

} // namespace

Result<SystemCallFilter> SystemCallFilter::compile(const Policy &policy, Executioner executioner)
{
    const std::uint32_t otherwise = executioner == Executioner::Nobody    ? SCMP_ACT_ALLOW
                                    : policy.endsNobody()                 ? SCMP_ACT_ERRNO(EPERM)
                                    : executioner == Executioner::Browser ? SCMP_ACT_NOTIFY
                                                                          : SCMP_ACT_KILL_PROCESS;
    const std::unique_ptr<void, Release> context(::seccomp_init(otherwise));
    if (!context)
        return fail(Error{"seccomp_init", ENOMEM});
    const std::uint32_t foreign = executioner == Executioner::Nobody ? SCMP_ACT_ALLOW : SCMP_ACT_KILL_PROCESS;
    int error = ::seccomp_attr_set(context.get(), SCMP_FLTATR_ACT_BADARCH, foreign);
    // A binary tree over the numbers instead of a list.
    if (error == 0)
        error = ::seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
    for (const auto &[call, rules] : policy.rules()) {
        for (const Policy::Rule &rule : rules) {
            const std::uint32_t action = rule.error == 0 ? SCMP_ACT_ALLOW
                                         : rule.error == Policy::Rule::Asked
                                             ? SCMP_ACT_NOTIFY
                                             : SCMP_ACT_ERRNO(std::uint16_t(rule.error));
            if (error != 0 || action == otherwise)
                continue;
            error =
                ::seccomp_rule_add_array(context.get(), action, call, unsigned(rule.checks.size()), rule.checks.data());
            if (call < 0)
                error = 0; // libseccomp's number for a call this architecture does not have
        }
    }
    if (error != 0)
        return fail(Error::fromErrno("seccomp_rule_add", -error));
    Result<std::vector<sock_filter>> program = exported(context.get());
    if (!program)
        return tl::unexpected(program.error());
    SystemCallFilter filter;
    filter.m_program = std::move(*program);
    filter.m_executioner = policy.endsNobody() ? Executioner::Kernel : executioner;
    filter.m_hasListener = filter.m_executioner == Executioner::Browser || policy.asks();
    return filter;
}

Result<UniqueFd> SystemCallFilter::install() const
{
    const sock_fprog program{static_cast<unsigned short>(m_program.size()),
                             const_cast<sock_filter *>(m_program.data())};
    unsigned long flags = SECCOMP_FILTER_FLAG_TSYNC;
    if (m_hasListener)
        flags |= SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_TSYNC_ESRCH;
    const long result = ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
    if (result < 0)
        return fail("seccomp");
    if (m_hasListener)
        return UniqueFd(int(result));
    if (result > 0)
        return fail(Error{"seccomp: a thread could not be brought under the filter", ESRCH});
    return UniqueFd();
}

} // namespace bulkhead::sandbox
