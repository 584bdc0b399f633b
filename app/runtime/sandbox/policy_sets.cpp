// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/policy_sets.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string_view>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/random.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead::sandbox::may {

namespace {

#ifndef PR_SET_VMA
constexpr unsigned PR_SET_VMA = 0x53564d41; // Linux 5.17; names anonymous memory in /proc/PID/maps
#endif
#ifndef F_GET_SEALS
constexpr int F_GET_SEALS = 1034;
#endif

// O_LARGEFILE as the kernel knows it, which says it of every file of a 64-bit program; the C library's is 0 there.
#if defined(__aarch64__)
constexpr std::uint64_t LargeFile = 0400000;
#else
constexpr std::uint64_t LargeFile = 0100000;
#endif

scmp_datum_t value(std::uint64_t number)
{
    return number;
}

/// No other bits than @p allowed in an argument of type int, of which the kernel sees the lower half only. Whatever a
/// call can be asked to do by a flag that nobody here uses, it cannot be asked to do.
scmp_arg_cmp onlyFlags(unsigned argument, std::uint64_t allowed)
{
    return SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, 0xffffffff & ~allowed, 0);
}

constexpr std::uint64_t SendFlags = MSG_NOSIGNAL | MSG_DONTWAIT; // no MSG_OOB, MSG_FASTOPEN, MSG_ZEROCOPY, MSG_MORE...
constexpr std::uint64_t ReceiveFlags = MSG_CMSG_CLOEXEC | MSG_DONTWAIT; // no MSG_OOB, MSG_ERRQUEUE, MSG_PEEK...
// MAP_DROPPABLE of Linux 6.11, which the kernel may empty: where glibc 2.41 keeps the state of its random numbers.
constexpr std::uint64_t Droppable = 8;
// No huge, locked, populated, downwards growing or 32-bit mappings.
constexpr std::uint64_t MappingFlags = MAP_SHARED | MAP_PRIVATE | MAP_FIXED | MAP_FIXED_NOREPLACE | MAP_ANONYMOUS |
                                       MAP_NORESERVE | MAP_STACK | MAP_DENYWRITE | Droppable;
// Of the C library's loader.
constexpr std::uint64_t CodeMappingFlags = MAP_PRIVATE | MAP_FIXED | MAP_DENYWRITE;
constexpr std::uint64_t ReadWrite = PROT_READ | PROT_WRITE; // no PROT_GROWSDOWN, no PROT_SEM

constexpr std::uint64_t Create = 0777 | IPC_CREAT | IPC_EXCL;

/// Calls of the lab's mechanisms that have no other flags in one argument than these.
struct FlagRule
{
    int call;
    unsigned argument;
    std::uint64_t flags;
};
constexpr FlagRule FlagRules[] = {
    {SCMP_SYS(recvfrom), 3, ReceiveFlags | MSG_TRUNC}, // from whom: UDP's server asks
    {SCMP_SYS(accept4), 3, SOCK_CLOEXEC | SOCK_NONBLOCK},
    {SCMP_SYS(wait4), 2, WNOHANG},
    // No O_PATH, O_TMPFILE, O_DIRECT, O_ASYNC.
    {SCMP_SYS(openat), 2, O_ACCMODE | O_CREAT | O_EXCL | O_TRUNC | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | LargeFile},
    {SCMP_SYS(mq_open), 1, O_ACCMODE | O_CREAT | O_EXCL | O_NONBLOCK | O_CLOEXEC},
    {SCMP_SYS(chmod), 1, 0777},
    {SCMP_SYS(fchmod), 1, 0777},
    {SCMP_SYS(fchmodat), 2, 0777}, // chmod() of newer architectures
    {SCMP_SYS(unlinkat), 2, 0},    // and unlink(): no folders
    {SCMP_SYS(pipe2), 1, O_CLOEXEC | O_NONBLOCK},
    // Not executable, not of huge pages.
    {SCMP_SYS(memfd_create), 1, MFD_CLOEXEC | MFD_ALLOW_SEALING | 8 /*MFD_NOEXEC_SEAL*/},
    {SCMP_SYS(shmget), 2, Create},
    {SCMP_SYS(semget), 2, Create},
    {SCMP_SYS(msgget), 1, Create},
    {SCMP_SYS(shmat), 2, SHM_RDONLY | SHM_RND},
    {SCMP_SYS(msgsnd), 3, IPC_NOWAIT},
    {SCMP_SYS(msgrcv), 4, IPC_NOWAIT | MSG_NOERROR},
};

/// And those of which one argument has one of a few values: a row for each. What else than its own forks a worker
/// could kill is out of Landlock's scope.
struct ValueRule
{
    int call;
    unsigned argument;
    int value;
};
constexpr ValueRule ValueRules[] = {
    {SCMP_SYS(getsockopt), 1, SOL_SOCKET}, {SCMP_SYS(kill), 1, SIGKILL},    {SCMP_SYS(prctl), 0, PR_SET_PDEATHSIG},
    {SCMP_SYS(prctl), 0, PR_SET_PTRACER},  {SCMP_SYS(fcntl), 1, F_SETFD},   {SCMP_SYS(fcntl), 1, F_ADD_SEALS},
    {SCMP_SYS(fallocate), 1, 0},           {SCMP_SYS(shmctl), 1, IPC_RMID}, {SCMP_SYS(shmctl), 1, IPC_STAT},
    {SCMP_SYS(msgctl), 1, IPC_RMID},       {SCMP_SYS(msgctl), 1, IPC_STAT}, {SCMP_SYS(semctl), 2, IPC_RMID},
    {SCMP_SYS(semctl), 2, IPC_STAT},       {SCMP_SYS(semctl), 2, SETVAL},   {SCMP_SYS(semctl), 2, GETVAL},
};

/// With one check or the other of the two tables; without any where they say nothing.
void allowNarrowed(Policy &policy, int call)
{
    bool isNarrowed = false;
    const auto allow = [&](const scmp_arg_cmp &check) {
        policy.allow(call, {check});
        isNarrowed = true;
    };
    for (const FlagRule &rule : FlagRules) {
        if (rule.call == call)
            allow(onlyFlags(rule.argument, rule.flags));
    }
    for (const ValueRule &rule : ValueRules) {
        if (rule.call == call)
            allow(SCMP_CMP(rule.argument, SCMP_CMP_EQ, value(unsigned(rule.value))));
    }
    if (!isNarrowed)
        policy.allow(call);
}

void useMemory(Policy &policy)
{
    policy.allow({SCMP_SYS(brk), SCMP_SYS(munmap)});
    policy.allow(SCMP_SYS(mremap), {onlyFlags(3, MREMAP_MAYMOVE)});
    for (const int advice :
         {MADV_NORMAL, MADV_WILLNEED, MADV_DONTNEED, MADV_FREE, MADV_HUGEPAGE, MADV_NOHUGEPAGE, MADV_DONTDUMP})
        policy.allow(SCMP_SYS(madvise), {SCMP_A2(SCMP_CMP_EQ, value(unsigned(advice)))});
    policy.allow(SCMP_SYS(mmap),
                 {SCMP_A2(SCMP_CMP_MASKED_EQ, ~ReadWrite, 0), SCMP_A3(SCMP_CMP_MASKED_EQ, ~MappingFlags, 0)});
    policy.allow(SCMP_SYS(mprotect), {SCMP_A2(SCMP_CMP_MASKED_EQ, ~ReadWrite, 0)});
}

} // namespace

void useDescriptorsItHas(Policy &policy)
{
    policy.allow({SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(close)});
    policy.allow(SCMP_SYS(lseek), {SCMP_A2(SCMP_CMP_LE, SEEK_END)});
    policy.allow(SCMP_SYS(shutdown), {SCMP_A1(SCMP_CMP_LE, SHUT_RDWR)});
    policy.allow(SCMP_SYS(sendmsg), {onlyFlags(2, SendFlags)});
    policy.allow(SCMP_SYS(recvmsg), {onlyFlags(2, ReceiveFlags)});
    // send() and recv(): to the peer and from it, nobody else.
    policy.allow(SCMP_SYS(sendto), {onlyFlags(3, SendFlags), SCMP_A4(SCMP_CMP_EQ, 0)});
    policy.allow(SCMP_SYS(recvfrom), {onlyFlags(3, ReceiveFlags), SCMP_A4(SCMP_CMP_EQ, 0)});
    // By descriptor only. newfstatat, which the C library's fstat() uses, takes a path besides, which a filter cannot
    // see: it would tell which files exist.
    policy.allow(SCMP_SYS(fstat));
    for (const int command : {F_GETFL, F_GETFD, F_DUPFD_CLOEXEC, F_GET_SEALS})
        policy.allow(SCMP_SYS(fcntl), {SCMP_A1(SCMP_CMP_EQ, value(unsigned(command)))});
    // Blocking or not, and what F_GETFL has reported besides: no O_ASYNC, no O_APPEND, no O_DIRECT.
    policy.allow(SCMP_SYS(fcntl), {SCMP_A1(SCMP_CMP_EQ, F_SETFL),
                                   SCMP_A2(SCMP_CMP_MASKED_EQ, ~value(O_NONBLOCK | O_ACCMODE | LargeFile), 0)});
    policy.allow(SCMP_SYS(ioctl), {SCMP_A1(SCMP_CMP_EQ, FIONREAD)});
    policy.refuse(SCMP_SYS(ioctl), ENOTTY, {SCMP_A1(SCMP_CMP_EQ, TCGETS)}); // isatty()
}

void waitForEvents(Policy &policy)
{
    policy.allow(
        {SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(nanosleep), SCMP_SYS(restart_syscall), SCMP_SYS(sched_yield)});
    // No clock that wakes the machine.
    for (const int clock : {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME})
        policy.allow(SCMP_SYS(clock_nanosleep),
                     {SCMP_A0(SCMP_CMP_EQ, value(unsigned(clock))), onlyFlags(1, TIMER_ABSTIME)});
    policy.allow(SCMP_SYS(eventfd2), {onlyFlags(1, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE)});
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
    // Refused and not forbidden: script engines ask at their start, and interpret when they may not.
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        policy.refuse(call, EACCES, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC)});
}

void useMemoryAndLoadLibraries(Policy &policy)
{
    useMemory(policy);
    constexpr std::uint64_t WriteExec = PROT_WRITE | PROT_EXEC;
    policy.refuse(SCMP_SYS(mprotect), EACCES, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC)});
    // Code comes from a file, and is not writable.
    policy.allow(SCMP_SYS(mmap), {SCMP_A2(SCMP_CMP_MASKED_EQ, WriteExec, PROT_EXEC),
                                  SCMP_A3(SCMP_CMP_MASKED_EQ, ~CodeMappingFlags, 0)});
    policy.refuse(
        SCMP_SYS(mmap), EACCES,
        {SCMP_A2(SCMP_CMP_MASKED_EQ, WriteExec, PROT_EXEC), SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)});
    policy.refuse(SCMP_SYS(mmap), EACCES, {SCMP_A2(SCMP_CMP_MASKED_EQ, WriteExec, WriteExec)});
    // What the C library's loader does with a library; all that it can open are descriptors that this process has.
    policy.allow(SCMP_SYS(openat), {SCMP_A2(SCMP_CMP_EQ, O_RDONLY | O_CLOEXEC)});
    policy.refuse(SCMP_SYS(openat), EACCES, {SCMP_A2(SCMP_CMP_NE, O_RDONLY | O_CLOEXEC)});
    policy.allow(SCMP_SYS(newfstatat), {SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH)});
    policy.refuse(SCMP_SYS(newfstatat), EACCES, {SCMP_A3(SCMP_CMP_NE, AT_EMPTY_PATH)});
    policy.allow(SCMP_SYS(pread64));
    // For the end of this. A filter, and no listener that could answer for the calls of others' code.
    policy.allow(SCMP_SYS(seccomp),
                 {SCMP_A0(SCMP_CMP_EQ, 1 /*SECCOMP_SET_MODE_FILTER*/), SCMP_A1(SCMP_CMP_LE, 1 /*..._FLAG_TSYNC*/)});
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
    policy.allow({SCMP_SYS(set_robust_list), SCMP_SYS(sched_getaffinity)});
    policy.allow(SCMP_SYS(rseq), {onlyFlags(2, 1 /*RSEQ_FLAG_UNREGISTER*/)});
    for (const unsigned option : {unsigned(PR_SET_NAME), unsigned(PR_GET_NAME)})
        policy.allow(SCMP_SYS(prctl), {SCMP_A0(SCMP_CMP_EQ, option)});
    policy.allow(SCMP_SYS(prctl), {SCMP_A0(SCMP_CMP_EQ, PR_SET_VMA), SCMP_A1(SCMP_CMP_EQ, 0 /*PR_SET_VMA_ANON_NAME*/)});
    // Its own limits, to read: the size of a thread's stack.
    policy.allow(SCMP_SYS(prlimit64), {SCMP_A0(SCMP_CMP_EQ, 0), SCMP_A2(SCMP_CMP_EQ, 0)});
}

void tellTimeAndIdentity(Policy &policy)
{
    // The machine's clocks and its own processor time: no other process's, no device's.
    for (const int call : {SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres)})
        policy.allow(call, {SCMP_A0(SCMP_CMP_LE, CLOCK_TAI)});
    policy.allow({SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid),
                  SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(sysinfo)});
    policy.allow(SCMP_SYS(getrandom), {onlyFlags(2, GRND_NONBLOCK)});
}

void readItsMainThreadsTime(Policy &policy, int self)
{
    // pthread_getcpuclockid() of the first thread, whose id is the process's: how the watchdog sees how long a task
    // takes.
    const std::uint32_t clock = (~std::uint32_t(self) << 3) | 6;
    policy.allow(SCMP_SYS(clock_gettime), {SCMP_A0(SCMP_CMP_MASKED_EQ, 0xffff'ffff, clock)});
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

namespace {

/// Mechanisms name calls as x86-64 has them. Newer architectures lack the older one of two that do the same, and the C
/// library makes the other there.
int numberOf(const char *call)
{
    constexpr struct
    {
        const char *older, *newer;
    } Successors[] = {{"chmod", "fchmodat"}, {"poll", "ppoll"}, {"unlink", "unlinkat"}};
    const int number = seccomp_syscall_resolve_name(call); // negative: this architecture has it not
    if (number >= 0)
        return number;
    const auto found = std::find_if(std::begin(Successors), std::end(Successors),
                                    [call](const auto &pair) { return std::string_view(pair.older) == call; });
    return found == std::end(Successors) ? number : seccomp_syscall_resolve_name(found->newer);
}

} // namespace

Result<void> useByName(Policy &policy, const char *call)
{
    const int number = numberOf(call);
    if (number == __NR_SCMP_ERROR)
        return fail(Error{std::string("there is no system call \"") + call + "\"", ENOSYS});
    switch (number) {
    case SCMP_SYS(socket): // by useSockets()
    case SCMP_SYS(mmap):   // what follows is in what every child may, with checks
    case SCMP_SYS(mprotect):
    case SCMP_SYS(sendmsg):
    case SCMP_SYS(recvmsg):
    case SCMP_SYS(sendto):
    case SCMP_SYS(futex):
    case SCMP_SYS(eventfd2):
    case SCMP_SYS(getrandom):
        break;
    case SCMP_SYS(bind): // addresses are in memory
    case SCMP_SYS(connect):
    case SCMP_SYS(listen):
        policy.ask({number});
        break;
    case SCMP_SYS(socketpair): // no pair of datagram sockets: one of those can be pointed at others
        for (const int type : {SOCK_STREAM, SOCK_SEQPACKET}) {
            policy.allow(number, {SCMP_A0(SCMP_CMP_EQ, AF_UNIX),
                                  SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffff & ~value(SOCK_CLOEXEC | SOCK_NONBLOCK),
                                          value(unsigned(type))),
                                  SCMP_A2(SCMP_CMP_EQ, 0)});
        }
        break;
    case SCMP_SYS(setsockopt):
        for (const int option : {SO_SNDBUF, SO_RCVTIMEO, SO_REUSEADDR})
            policy.allow(number, {SCMP_A1(SCMP_CMP_EQ, SOL_SOCKET), SCMP_A2(SCMP_CMP_EQ, value(unsigned(option)))});
        for (const int option : {IP_ADD_MEMBERSHIP, IP_MULTICAST_IF})
            policy.allow(number, {SCMP_A1(SCMP_CMP_EQ, IPPROTO_IP), SCMP_A2(SCMP_CMP_EQ, value(unsigned(option)))});
        policy.allow(number, {SCMP_A1(SCMP_CMP_EQ, IPPROTO_TCP), SCMP_A2(SCMP_CMP_EQ, TCP_NODELAY)});
        break;
    case SCMP_SYS(clone): {
        constexpr std::uint64_t NewNamespaces =
            CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
        policy.allow(number, {SCMP_A0(SCMP_CMP_MASKED_EQ, NewNamespaces, 0)});
        break;
    }
    case SCMP_SYS(rt_sigqueueinfo):
        policy.allow(number, {SCMP_A1(SCMP_CMP_GE, value(unsigned(SIGRTMIN)))});
        break;
    case SCMP_SYS(mknodat): // a FIFO
        policy.allow(number, {SCMP_A2(SCMP_CMP_MASKED_EQ, S_IFMT | 07000, S_IFIFO)});
        break;
    default:
        allowNarrowed(policy, number);
    }
    return {};
}

void useSockets(Policy &policy, const std::vector<SocketKind> &kinds)
{
    bool namesReceivers = false;
    for (const SocketKind &kind : kinds) {
        policy.allow(SCMP_SYS(socket), {SCMP_A0(SCMP_CMP_EQ, value(unsigned(kind.family))),
                                        SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffff & ~value(SOCK_CLOEXEC | SOCK_NONBLOCK),
                                                value(unsigned(kind.type))),
                                        SCMP_A2(SCMP_CMP_EQ, 0)});
        namesReceivers = namesReceivers || kind.type == SOCK_DGRAM;
    }
    // sendmsg() gives a datagram socket another receiver each time, in memory where no filter looks; send() does not.
    if (namesReceivers)
        policy.forget(SCMP_SYS(sendmsg)).refuse(SCMP_SYS(sendmsg), EPERM);
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
