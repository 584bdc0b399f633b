// SPDX-License-Identifier: BSD-3-Clause
// The kernel's surface: what is not needed is not there. Arguments are wrong on purpose, so that nothing happens where
// it is there.
#include "tests/system/sandbox/attack.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace bulkhead::attack {

namespace {

constexpr char G[] = "kernel surface";

Attack control(const char *what, int command, long argument)
{
    return {G, what, {Outcome::Killed, SYS_fcntl}, [=](const Tools &tools) {
                return ::syscall(SYS_fcntl, tools.channel, command, argument);
            }};
}

Attack device(const char *what, unsigned long request)
{
    return {G, what, {Outcome::Killed, SYS_ioctl}, [=](const Tools &tools) {
                return ::syscall(SYS_ioctl, tools.channel, request, Nowhere);
            }};
}

/// Of the machine's administrator.
std::vector<Attack> administration()
{
    return {
        killed(G, "bpf", SYS_bpf, {0, Nowhere, 0}),
        killed(G, "perf_event_open", SYS_perf_event_open, {Nowhere, 0, -1, -1, 0}),
        killed(G, "io_uring_setup", SYS_io_uring_setup, {0, Nowhere}),
        killed(G, "io_uring_enter", SYS_io_uring_enter, {-1, 0, 0, 0, 0, 0}),
        killed(G, "io_uring_register", SYS_io_uring_register, {-1, 0, 0, 0}),
        killed(G, "io_setup", SYS_io_setup, {0, Nowhere}),
        killed(G, "kexec_load", SYS_kexec_load, {0, 1000000, Nowhere, 0}),
        killed(G, "init_module", SYS_init_module, {Nowhere, 0, Nowhere}),
        killed(G, "finit_module", SYS_finit_module, {-1, Nowhere, 0}),
        killed(G, "delete_module", SYS_delete_module, {at("bulkhead_no_such_module"), O_NONBLOCK}),
        killed(G, "reboot", SYS_reboot, {0, 0, 0, 0}),
        killed(G, "syslog", SYS_syslog, {99, 0, 0}),
        killed(G, "settimeofday", SYS_settimeofday, {Nowhere, 0}),
        killed(G, "clock_settime", SYS_clock_settime, {99, Nowhere}),
        killed(G, "adjtimex", SYS_adjtimex, {Nowhere}),
        killed(G, "clock_adjtime", SYS_clock_adjtime, {99, Nowhere}),
        killed(G, "swapon", SYS_swapon, {at("/bulkhead-no-such-file"), 0}),
        killed(G, "swapoff", SYS_swapoff, {at("/bulkhead-no-such-file")}),
        killed(G, "sethostname", SYS_sethostname, {Nowhere, -1}),
        killed(G, "setdomainname", SYS_setdomainname, {Nowhere, -1}),
    };
}

/// Descriptors of other kinds, and what moves data between them.
std::vector<Attack> descriptors()
{
    return {
        killed(G, "epoll", SYS_epoll_create1, {0}),
        killed(G, "epoll_ctl", SYS_epoll_ctl, {-1, 0, 0, 0}),
        killed(G, "timerfd", SYS_timerfd_create, {CLOCK_MONOTONIC, 0}),
        killed(G, "a timer that raises signals", SYS_timer_create, {99, 0, Nowhere}),
        killed(G, "setitimer", SYS_setitimer, {0, 0, 0}),
        killed(G, "signalfd", SYS_signalfd4, {-1, Nowhere, 8, 0}),
        killed(G, "pipe2", SYS_pipe2, {Nowhere, 0}),
        killed(G, "dup", SYS_dup, {-1}),
        killed(G, "dup3", SYS_dup3, {-1, -1, 0}),
        killed(G, "splice", SYS_splice, {-1, 0, -1, 0, 0, 0}),
        killed(G, "vmsplice", SYS_vmsplice, {-1, Nowhere, 0, 0}),
        killed(G, "copy_file_range", SYS_copy_file_range, {-1, 0, -1, 0, 0, 0}),
        killed(G, "readahead", SYS_readahead, {-1, 0, 0}),
        killed(G, "fadvise64", SYS_fadvise64, {-1, 0, 0, 0}),
        killed(G, "flock", SYS_flock, {-1, 0}),
    };
}

/// Waiting for others.
std::vector<Attack> waiting()
{
    static int word = 0;
    return {
        killed(G, "membarrier", SYS_membarrier, {0, 0, 0}),
        killed(G, "get_robust_list", SYS_get_robust_list, {0, Nowhere, Nowhere}),
        killed(G, "a futex with priority inheritance", SYS_futex, {at(&word), FUTEX_UNLOCK_PI, 0, 0, 0, 0}),
        killed(G, "requeue to a futex with priority inheritance", SYS_futex,
               {at(&word), FUTEX_CMP_REQUEUE_PI, 2, 0, at(&word), 0}),
        killed(G, "wait for many futexes", SYS_futex_waitv, {Nowhere, 0, 0, 0, 0}),
    };
}

/// Commands for a descriptor that it has.
std::vector<Attack> commands()
{
    return {
        control("own the channel's signals", F_SETOWN, 0),
        control("choose the channel's signal", F_SETSIG, 0),
        control("a lease", F_SETLEASE, F_UNLCK),
        control("a lock", F_SETLK, Nowhere),
        control("signals when the channel has data", F_SETFL, O_ASYNC),
        control("duplicate without close-on-exec", F_DUPFD, 0),
        device("type into the terminal", TIOCSTI),
        device("size of the terminal", TIOCGWINSZ),
        device("signals when there is data", FIOASYNC),
        device("answer for its own filter", 0xc0182101 /*SECCOMP_IOCTL_NOTIF_SEND*/),
        device("an interface's address", 0x8915 /*SIOCGIFADDR*/),
    };
}

/// What it may call, with what it may not ask of it; and what is told of the machine.
std::vector<Attack> arguments()
{
    static char buffer[512];
    return {
        refused(G, "which kernel", EACCES, SYS_uname, {at(buffer)}),
        refused(G, "how much it has used", EPERM, SYS_getrusage, {0, at(buffer)}),
        killed(G, "an eventfd with unknown flags", SYS_eventfd2, {0, 0x40000000}),
        killed(G, "the processor time of another process", SYS_clock_gettime, {long(~1ul << 3 | 2), at(buffer)}),
        killed(G, "a clock that is a device", SYS_clock_gettime, {long(~0ul << 3 | 3), at(buffer)}),
        killed(G, "how exact another process's clock is", SYS_clock_getres, {long(~1ul << 3 | 2), at(buffer)}),
        killed(G, "sleep until the machine is woken", SYS_clock_nanosleep, {8 /*CLOCK_REALTIME_ALARM*/, 0, Nowhere, 0}),
        killed(G, "sleep with unknown flags", SYS_clock_nanosleep, {CLOCK_MONOTONIC, 6, Nowhere, 0}),
        killed(G, "random numbers from the blocking pool", SYS_getrandom, {at(buffer), 1, 2 /*GRND_RANDOM*/}),
        killed(G, "random numbers before there are any", SYS_getrandom, {at(buffer), 1, 4 /*GRND_INSECURE*/}),
        killed(G, "restartable sequences with unknown flags", SYS_rseq, {0, 0, 8, 0}),
        killed(G, "another attribute of memory", SYS_prctl, {0x53564d41 /*PR_SET_VMA*/, 1, 0, 0, 0}),
        killed(G, "holes in a file", SYS_lseek, {-1, 0, 4 /*SEEK_HOLE*/}),
    };
}

/// Numbers that are no call, or one of another kind of program.
std::vector<Attack> numbers()
{
    std::vector<Attack> list{
        killed(G, "a system call that does not exist", 9999),
        killed(G, "the highest number", 0x3fffffff),
    };
#ifdef __x86_64__
    list.push_back({G, "a call in the x32 numbering", {Outcome::KilledByKernel, 0}, [](const Tools &) {
                        return ::syscall(0x40000000 | SYS_getpid);
                    }});
    list.push_back(
        {G, "a call of 32-bit programs", {Outcome::KilledByKernel, 0}, [](const Tools &) -> long {
             long result;
             asm volatile("int $0x80" : "=a"(result) : "a"(20L /*getpid*/) : "memory", "r8", "r9", "r10", "r11");
             return result > 0 ? 0 : result;
         }});
    list.push_back(killed(G, "ustat", SYS_ustat, {0, Nowhere}));
    list.push_back(killed(G, "sysfs", SYS_sysfs, {99, 0, 0}));
#endif
    return list;
}

} // namespace

std::vector<Attack> kernelAttacks()
{
    std::vector<Attack> list;
    for (const auto part : {&administration, &descriptors, &waiting, &commands, &arguments, &numbers}) {
        for (Attack &attack : part())
            list.push_back(std::move(attack));
    }
    return list;
}

} // namespace bulkhead::attack
