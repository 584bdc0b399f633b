// SPDX-License-Identifier: BSD-3-Clause
// Other processes: none may be made, seen, signalled, traced or read.
#include "tests/system/sandbox/attack.h"

#include <cerrno>
#include <csignal>
#include <linux/prctl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead::attack {

namespace {

constexpr char G[] = "processes and signals";

Attack cloned(const char *what, unsigned long flags)
{
    return {G, what, {Outcome::Killed, SYS_clone}, [flags](const Tools &) {
                const long pid = ::syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
                if (pid == 0)
                    ::_exit(0);
                if (pid > 0)
                    ::waitpid(pid_t(pid), nullptr, 0);
                return pid;
            }};
}

/// On the browser, whose number is known from somewhere.
Attack onBrowser(const char *what, long call, std::vector<long> rest = {})
{
    rest.resize(5);
    return {G, what, {Outcome::Killed, int(call)}, [call, rest](const Tools &tools) {
                return ::syscall(call, tools.browserPid, rest[0], rest[1], rest[2], rest[3], rest[4]);
            }};
}

} // namespace

std::vector<Attack> processAttacks()
{
    static cpu_set_t everywhere;
    std::vector<Attack> list{
        cloned("fork", 0),
        cloned("a process in a user namespace", CLONE_NEWUSER),
        cloned("a process in a pid namespace", CLONE_NEWPID),
        cloned("a process with the parent's parent", CLONE_PARENT),
        cloned("a process that shares descriptors", CLONE_FILES),
        cloned("a process that shares signal handlers and memory", CLONE_VFORK),
        refused(G, "clone3", ENOSYS, SYS_clone3, {Nowhere, 64}),
        killed(G, "execve", SYS_execve, {at("/bulkhead/no/such/program"), 0, 0}),
        killed(G, "execve with bad pointers", SYS_execve, {Nowhere, Nowhere, Nowhere}),
        killed(G, "execveat", SYS_execveat, {-1, at(""), 0, 0, 0x1000}),
        onBrowser("may it signal the browser", SYS_kill, {0}),
        killed(G, "may it signal process 1 of the machine", SYS_kill, {1, 0}),
        killed(G, "may it signal everybody", SYS_kill, {-1, 0}),
        killed(G, "may it signal its group", SYS_kill, {0, 0}),
        onBrowser("tgkill to the browser", SYS_tgkill, {0, 0}),
        onBrowser("tkill to the browser", SYS_tkill, {0}),
        onBrowser("queue a signal for the browser", SYS_rt_sigqueueinfo, {0, Nowhere}),
        onBrowser("queue a signal for a thread of the browser", SYS_rt_tgsigqueueinfo, {0, 0, Nowhere}),
        onBrowser("open the browser as a pidfd", SYS_pidfd_open, {0}),
        killed(G, "pidfd_send_signal", SYS_pidfd_send_signal, {-1, 0, 0, 0}),
        killed(G, "pidfd_getfd", SYS_pidfd_getfd, {-1, 0, 0}),
        killed(G, "ptrace", SYS_ptrace, {PTRACE_SEIZE, 0, 0, 0}),
        onBrowser("read the browser's memory", SYS_process_vm_readv, {Nowhere, 1, Nowhere, 1, 0}),
        onBrowser("write the browser's memory", SYS_process_vm_writev, {Nowhere, 1, Nowhere, 1, 0}),
        killed(G, "process_madvise", SYS_process_madvise, {-1, Nowhere, 0, 0, 0}),
        onBrowser("compare itself with the browser", SYS_kcmp, {0, 0, 0, 0}),
        killed(G, "wait4", SYS_wait4, {-1, 0, WNOHANG, 0}),
        killed(G, "waitid", SYS_waitid, {P_ALL, 0, 0, WEXITED | WNOHANG, 0}),
        killed(G, "setpgid", SYS_setpgid, {0, 0}),
        killed(G, "setsid", SYS_setsid),
        killed(G, "ask for its parent", SYS_getppid),
        onBrowser("ask for the browser's group", SYS_getpgid),
        onBrowser("ask for the browser's session", SYS_getsid),
        onBrowser("change the browser's limits", SYS_prlimit64, {RLIMIT_NOFILE, Nowhere, 0}),
        onBrowser("read the browser's limits", SYS_prlimit64, {RLIMIT_NOFILE, 0, Nowhere}),
        refused(G, "its own priority", EPERM, SYS_setpriority, {PRIO_PROCESS, 0, 0}),
        refused(G, "its own scheduling", EPERM, SYS_sched_setscheduler, {0, -5, Nowhere}),
        refused(G, "its own processors", EPERM, SYS_sched_setaffinity, {0, sizeof everywhere, Nowhere}),
        killed(G, "sched_setattr", SYS_sched_setattr, {0, Nowhere, 0}),
        killed(G, "ioprio_set", SYS_ioprio_set, {1, 0, 0}),
        killed(G, "be dumpable again", SYS_prctl, {PR_SET_DUMPABLE, 1}),
        killed(G, "outlive the browser", SYS_prctl, {PR_SET_PDEATHSIG, 0}),
        killed(G, "adopt processes", SYS_prctl, {PR_SET_CHILD_SUBREAPER, 1}),
        killed(G, "be traced by anybody", SYS_prctl, {PR_SET_PTRACER, -1}),
        killed(G, "rewrite its own memory map", SYS_prctl, {PR_SET_MM, 1, 0, 0, 0}),
        killed(G, "acct", SYS_acct, {at("/bulkhead-no-such-file")}),
    };
    return list;
}

} // namespace bulkhead::attack
