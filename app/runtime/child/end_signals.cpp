// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/child/end_signals.h"

#include "ipc/core/exit_codes.h"

#include <csignal>
#include <initializer_list>
#include <unistd.h>

namespace bulkhead {

namespace {

void endBySignal(int number, siginfo_t *info, void *)
{
    if (info->si_code <= 0 || number == SIGXCPU || number == SIGXFSZ)
        ::_exit(exit_codes::SignalBase + number); // sent: by somebody, by abort(), by the kernel's limits
    // A fault: done again, without a handler, it ends the process.
    ::signal(number, SIG_DFL);
}

} // namespace

void letSignalsEndThisProcess()
{
    if (::getpid() != 1)
        return;
    struct sigaction action = {};
    action.sa_sigaction = &endBySignal;
    action.sa_flags = SA_SIGINFO;
    ::sigfillset(&action.sa_mask);
    for (const int number :
         {SIGHUP,  SIGINT,  SIGQUIT,   SIGILL,  SIGTRAP, SIGABRT,   SIGBUS,  SIGFPE, SIGUSR1, SIGSEGV, SIGUSR2,
          SIGALRM, SIGTERM, SIGSTKFLT, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGIO,  SIGPWR,  SIGSYS})
        ::sigaction(number, &action, nullptr);
}

} // namespace bulkhead
