// SPDX-License-Identifier: BSD-3-Clause
#include "app/sandbox/policy_sets.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/socket.h>

namespace bulkhead::sandbox::may {

namespace {

#ifndef PR_SET_VMA
constexpr unsigned PR_SET_VMA = 0x53564d41; // Linux 5.17; names anonymous memory in /proc/PID/maps
#endif
#ifndef F_GET_SEALS
constexpr int F_GET_SEALS = 1034;
#endif

scmp_datum_t value(std::uint64_t number)
{
    return number;
}

void useMemory(Policy &policy)
{
    policy.allow({SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap)});
    for (const int advice :
         {MADV_NORMAL, MADV_WILLNEED, MADV_DONTNEED, MADV_FREE, MADV_HUGEPAGE, MADV_NOHUGEPAGE, MADV_DONTDUMP})
        policy.allow(SCMP_SYS(madvise), {SCMP_A2(SCMP_CMP_EQ, value(unsigned(advice)))});
}

} // namespace

void useDescriptorsItHas(Policy &policy)
{
    policy.allow({SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close), SCMP_SYS(lseek),
                  SCMP_SYS(sendmsg), SCMP_SYS(recvmsg), SCMP_SYS(recvfrom), SCMP_SYS(shutdown)});
    policy.allow(SCMP_SYS(sendto), {SCMP_A4(SCMP_CMP_EQ, 0)}); // send(): to the peer, to nobody else
    // By descriptor only. newfstatat, which the C library's fstat() uses, takes a path besides, which a filter cannot
    // see: it would tell which files exist.
    policy.allow(SCMP_SYS(fstat));
    for (const int command : {F_GETFL, F_GETFD, F_DUPFD_CLOEXEC, F_GET_SEALS})
        policy.allow(SCMP_SYS(fcntl), {SCMP_A1(SCMP_CMP_EQ, value(unsigned(command)))});
    // Blocking or not, and what F_GETFL has reported besides: no O_ASYNC, no O_APPEND, no O_DIRECT.
    policy.allow(SCMP_SYS(fcntl),
                 {SCMP_A1(SCMP_CMP_EQ, F_SETFL),
                  SCMP_A2(SCMP_CMP_MASKED_EQ, ~value(O_NONBLOCK | O_ACCMODE | 0100000 /*O_LARGEFILE*/), 0)});
    policy.allow(SCMP_SYS(ioctl), {SCMP_A1(SCMP_CMP_EQ, FIONREAD)});
    policy.refuse(SCMP_SYS(ioctl), ENOTTY, {SCMP_A1(SCMP_CMP_EQ, TCGETS)}); // isatty()
}

void waitForEvents(Policy &policy)
{
    policy.allow({SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep),
                  SCMP_SYS(restart_syscall), SCMP_SYS(sched_yield), SCMP_SYS(eventfd2)});
    for (const int operation : {FUTEX_WAIT, FUTEX_WAKE, FUTEX_REQUEUE, FUTEX_CMP_REQUEUE, FUTEX_WAKE_OP,
                                FUTEX_WAIT_BITSET, FUTEX_WAKE_BITSET}) {
        policy.allow(SCMP_SYS(futex),
                     {SCMP_A1(SCMP_CMP_MASKED_EQ, ~value(FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME) & 0xffffffff,
                              value(unsigned(operation)))});
    }
}

void useMemoryWithoutExecutingIt(Policy &policy)
{
    useMemory(policy);
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
        policy.allow(call, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
        // Refused and not forbidden: script engines ask at their start, and interpret when they may not.
        policy.refuse(call, EACCES, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC)});
    }
}

void useMemoryAndLoadLibraries(Policy &policy)
{
    useMemory(policy);
    constexpr std::uint64_t WriteExec = PROT_WRITE | PROT_EXEC;
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        policy.allow(call, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
    policy.refuse(SCMP_SYS(mprotect), EACCES, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC)});
    // Code comes from a file, and is not writable.
    policy.allow(SCMP_SYS(mmap), {SCMP_A2(SCMP_CMP_MASKED_EQ, WriteExec, PROT_EXEC), SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, 0)});
    policy.refuse(SCMP_SYS(mmap), EACCES, {SCMP_A2(SCMP_CMP_MASKED_EQ, WriteExec, PROT_EXEC), SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)});
    policy.refuse(SCMP_SYS(mmap), EACCES, {SCMP_A2(SCMP_CMP_MASKED_EQ, WriteExec, WriteExec)});
    // What the C library's loader does with a library; all that it can open are descriptors that this process has.
    policy.allow(SCMP_SYS(openat), {SCMP_A2(SCMP_CMP_EQ, O_RDONLY | O_CLOEXEC)});
    policy.refuse(SCMP_SYS(openat), EACCES, {SCMP_A2(SCMP_CMP_NE, O_RDONLY | O_CLOEXEC)});
    policy.allow(SCMP_SYS(newfstatat), {SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH)});
    policy.refuse(SCMP_SYS(newfstatat), EACCES, {SCMP_A3(SCMP_CMP_NE, AT_EMPTY_PATH)});
    policy.allow(SCMP_SYS(pread64));
    // For the end of this.
    policy.allow(SCMP_SYS(seccomp), {SCMP_A0(SCMP_CMP_EQ, 1 /*SECCOMP_SET_MODE_FILTER*/)});
}

void noMoreLibraries(Policy &policy)
{
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        policy.refuse(call, EACCES, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC)});
    policy.refuse({SCMP_SYS(openat), SCMP_SYS(newfstatat)}, EACCES);
    policy.refuse({SCMP_SYS(pread64), SCMP_SYS(seccomp)}, EPERM);
}

void startThreads(Policy &policy)
{
    // clone3 takes its flags in memory, where a filter cannot see them: ENOSYS makes the C library use clone.
    policy.refuse(SCMP_SYS(clone3), ENOSYS);
    constexpr std::uint64_t Thread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
                                     CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
    policy.allow(SCMP_SYS(clone), {SCMP_A0(SCMP_CMP_EQ, Thread)});
    policy.allow({SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_getaffinity)});
    for (const unsigned option : {unsigned(PR_SET_NAME), unsigned(PR_GET_NAME), unsigned(PR_SET_VMA)})
        policy.allow(SCMP_SYS(prctl), {SCMP_A0(SCMP_CMP_EQ, option)});
    // Its own limits, to read: the size of a thread's stack.
    policy.allow(SCMP_SYS(prlimit64), {SCMP_A0(SCMP_CMP_EQ, 0), SCMP_A2(SCMP_CMP_EQ, 0)});
}

void tellTimeAndIdentity(Policy &policy)
{
    policy.allow({SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time),
                  SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
                  SCMP_SYS(getegid), SCMP_SYS(getrandom), SCMP_SYS(sysinfo)});
}

void handleItsOwnSignals(Policy &policy)
{
    policy.allow({SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack)});
}

void signalItself(Policy &policy, int self)
{
    policy.allow(SCMP_SYS(tgkill), {SCMP_A0(SCMP_CMP_EQ, value(unsigned(self)))});
}

void end(Policy &policy)
{
    policy.allow({SCMP_SYS(exit), SCMP_SYS(exit_group)});
}

void probeInVain(Policy &policy)
{
    // Names of files
    policy.refuse({SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
                   SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(readlink),
                   SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(getdents64),
                   SCMP_SYS(mkdir), SCMP_SYS(unlink), SCMP_SYS(inotify_init1)},
                  EACCES);
    policy.refuse({SCMP_SYS(socket), SCMP_SYS(connect)}, EACCES);
    policy.refuse({SCMP_SYS(uname), SCMP_SYS(mincore), SCMP_SYS(memfd_create)}, EACCES);
    policy.refuse({SCMP_SYS(getrusage), SCMP_SYS(set_mempolicy), SCMP_SYS(sched_setscheduler),
                   SCMP_SYS(sched_setaffinity), SCMP_SYS(setpriority)},
                  EPERM);
}

void askForPriorities(Policy &policy)
{
    policy.allow({SCMP_SYS(sched_get_priority_min), SCMP_SYS(sched_get_priority_max)});
}

void beMeasured(Policy &policy)
{
    policy.allow({SCMP_SYS(sched_setaffinity), SCMP_SYS(getrusage)});
}

Result<void> useByName(Policy &policy, const char *call)
{
    const int number = seccomp_syscall_resolve_name(call);
    if (number == __NR_SCMP_ERROR)
        return fail(Error{std::string("there is no system call \"") + call + "\"", ENOSYS});
    switch (number) {
    case SCMP_SYS(mmap): // in what every child may
    case SCMP_SYS(mprotect):
        break;
    case SCMP_SYS(clone): {
        constexpr std::uint64_t NewNamespaces =
            CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
        policy.allow(number, {SCMP_A0(SCMP_CMP_MASKED_EQ, NewNamespaces, 0)});
        break;
    }
    case SCMP_SYS(socket):
        for (const int family : {AF_UNIX, AF_INET, AF_INET6})
            policy.allow(number, {SCMP_A0(SCMP_CMP_EQ, value(unsigned(family)))});
        break;
    case SCMP_SYS(socketpair):
        policy.allow(number, {SCMP_A0(SCMP_CMP_EQ, AF_UNIX)});
        break;
    case SCMP_SYS(shmat):
        policy.allow(number, {SCMP_A2(SCMP_CMP_MASKED_EQ, SHM_EXEC, 0)});
        break;
    default:
        policy.allow(number);
    }
    return {};
}

void runSanitizers(Policy &policy)
{
    policy.allow({SCMP_SYS(madvise), SCMP_SYS(prlimit64), SCMP_SYS(getrusage), SCMP_SYS(msync), SCMP_SYS(futex),
                  SCMP_SYS(clone), SCMP_SYS(pipe2), SCMP_SYS(getppid), SCMP_SYS(sched_getscheduler),
                  SCMP_SYS(sched_getparam)});
    policy.endNobody();
    policy.relax(
        "this build has sanitizers: no memory limit; a forbidden system call fails and does not end the process");
}

} // namespace bulkhead::sandbox::may
