// SPDX-License-Identifier: BSD-3-Clause
// Policies are about system calls that this architecture has: a name that it lacks must not make a hole or a death.
#include "app/runtime/sandbox/policies.h"
#include "app/runtime/sandbox/policy_sets.h"
#include "app/runtime/sandbox/system_call_filter.h"
#include "ipc/lab/mechanisms/catalogue.h"
#include "ipc/lab/mechanisms/mechanism.h"

#include <QtTest>

#include <algorithm>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

/// Whether the policy carries out a call with these arguments, as the kernel would read its rules.
bool allows(const sandbox::Policy &policy, int call, std::initializer_list<std::uint64_t> arguments)
{
    const std::vector<std::uint64_t> given(arguments);
    const auto found = policy.rules().find(call);
    if (found == policy.rules().end())
        return false;
    for (const sandbox::Policy::Rule &rule : found->second) {
        const bool holds = std::all_of(rule.checks.begin(), rule.checks.end(), [&given](const scmp_arg_cmp &check) {
            const std::uint64_t argument = check.arg < given.size() ? given[check.arg] : 0;
            switch (check.op) {
            case SCMP_CMP_EQ:
                return argument == check.datum_a;
            case SCMP_CMP_NE:
                return argument != check.datum_a;
            case SCMP_CMP_LE:
                return argument <= check.datum_a;
            case SCMP_CMP_GE:
                return argument >= check.datum_a;
            case SCMP_CMP_MASKED_EQ:
                return (argument & check.datum_a) == check.datum_b;
            default:
                return false;
            }
        });
        if (holds)
            return rule.error == 0;
    }
    return false;
}

} // namespace

class PolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRoleCompiles()
    {
        for (const sandbox::Role &role :
             {sandbox::roles::renderer(), sandbox::roles::plugin(), sandbox::roles::labWorker()}) {
            const auto filter =
                sandbox::SystemCallFilter::compile(sandbox::policyFor(role, 1), sandbox::Executioner::Kernel);
            QVERIFY2(filter, filter ? "" : filter.error().what.c_str());
        }
    }

    // What F_GETFL says of a file that a 64-bit program opened is what it may set again.
    void flagsThatTheKernelReportsMayBeSetAgain()
    {
        const sandbox::Policy policy = sandbox::policyFor(sandbox::roles::renderer(), 1);
        for (const char *file : {"/dev/null", "/proc/self/status"}) {
            const int fd = ::open(file, O_RDONLY | O_CLOEXEC);
            QVERIFY(fd >= 0);
            const int flags = ::fcntl(fd, F_GETFL);
            ::close(fd);
            QVERIFY2(allows(policy, SCMP_SYS(fcntl), {0, F_SETFL, std::uint64_t(unsigned(flags))}),
                     qPrintable(QString::number(flags, 8)));
        }
        QVERIFY(!allows(policy, SCMP_SYS(fcntl), {0, F_SETFL, O_APPEND}));
        QVERIFY(!allows(policy, SCMP_SYS(fcntl), {0, F_SETFL, O_DIRECT}));
    }

    void memoryForRandomNumbersMayBeDroppable()
    {
        constexpr std::uint64_t Droppable = 8, Hugetlb = 0x40000, Locked = 0x2000;
        const sandbox::Policy policy = sandbox::policyFor(sandbox::roles::renderer(), 1);
        const auto maps = [&policy](std::uint64_t flags) {
            return allows(policy, SCMP_SYS(mmap), {0, 4096, PROT_READ | PROT_WRITE, flags, ~0u, 0});
        };
        QVERIFY(maps(MAP_ANONYMOUS | Droppable));
        QVERIFY(!maps(MAP_ANONYMOUS | MAP_PRIVATE | Hugetlb));
        QVERIFY(!maps(MAP_ANONYMOUS | Droppable | Locked));
    }

    void eachCallOfAMechanismIsOneOfThisArchitecture()
    {
        for (const auto &mechanism : lab::allMechanisms()) {
            const lab::MechanismInfo info = mechanism->info();
            for (const char *call : info.needs.calls) {
                sandbox::Policy policy;
                const Result<void> used = sandbox::may::useByName(policy, call);
                QVERIFY2(used, (info.name + ": " + call).c_str());
                for (const auto &[number, rules] : policy.rules())
                    QVERIFY2(number >= 0, (info.name + ": " + call).c_str());
            }
        }
    }

    void whatReplacesAnOlderCallHasItsLimits()
    {
        sandbox::Policy policy;
        QVERIFY(sandbox::may::useByName(policy, "chmod"));
        QVERIFY(sandbox::may::useByName(policy, "unlink"));
        const auto at = std::uint64_t(std::uint32_t(AT_FDCWD));
#if defined(__x86_64__)
        QVERIFY(allows(policy, SCMP_SYS(chmod), {0, 0700}));
        QVERIFY(!allows(policy, SCMP_SYS(chmod), {0, 04700}));
        QVERIFY(allows(policy, SCMP_SYS(unlink), {0}));
        QVERIFY(!allows(policy, SCMP_SYS(unlinkat), {at, 0, 0}));
#else
        QVERIFY(allows(policy, SCMP_SYS(fchmodat), {at, 0, 0700}));
        QVERIFY(!allows(policy, SCMP_SYS(fchmodat), {at, 0, 04700}));
        QVERIFY(allows(policy, SCMP_SYS(unlinkat), {at, 0, 0}));
        QVERIFY(!allows(policy, SCMP_SYS(unlinkat), {at, 0, AT_REMOVEDIR}));
#endif
    }
};

QTEST_APPLESS_MAIN(PolicyTest)
#include "policy_test.moc"
