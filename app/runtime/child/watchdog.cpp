// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/child/watchdog.h"

#include "ipc/core/exit_codes.h"

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <poll.h>
#include <time.h>
#include <unistd.h>

namespace bulkhead {

namespace {

constexpr int PollMilliseconds = 250;

std::int64_t processorTime(clockid_t clock)
{
    timespec t = {};
    ::clock_gettime(clock, &t);
    return std::int64_t(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

} // namespace

Watchdog::Watchdog(int channelFd, std::chrono::milliseconds taskLimit) : m_channelFd(channelFd), m_taskLimit(taskLimit)
{
    ::pthread_getcpuclockid(::pthread_self(), &m_mainClock);
    sigset_t all, before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before); // signals are the main thread's
    pthread_attr_t attributes;
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    ::pthread_attr_setstacksize(&attributes, 64 << 10);
    pthread_t thread;
    ::pthread_create(&thread, &attributes, &Watchdog::run, this);
    ::pthread_attr_destroy(&attributes);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Watchdog::taskBegins()
{
    m_taskStart.store(processorTime(CLOCK_THREAD_CPUTIME_ID), std::memory_order_relaxed);
}

void Watchdog::taskEnds()
{
    m_taskStart.store(-1, std::memory_order_relaxed);
}

void *Watchdog::run(void *self)
{
    static_cast<Watchdog *>(self)->watch();
    return nullptr;
}

void Watchdog::watch()
{
    for (;;) {
        pollfd p{m_channelFd, POLLRDHUP, 0};
        ::poll(&p, 1, PollMilliseconds);
        if (p.revents & (POLLRDHUP | POLLHUP | POLLERR)) {
            // The main thread gets a moment to leave by itself; a busy one is not waited for.
            ::poll(nullptr, 0, 200);
            ::_exit(exit_codes::Clean);
        }
        const std::int64_t start = m_taskStart.load(std::memory_order_relaxed);
        if (m_taskLimit.count() > 0 && start >= 0 && processorTime(m_mainClock) - start > m_taskLimit.count()) {
            std::fprintf(stderr, "<3>one task used more than %lld s of processor time\n",
                         static_cast<long long>(std::chrono::duration_cast<std::chrono::seconds>(m_taskLimit).count()));
            ::_exit(exit_codes::TimeLimit);
        }
    }
}

} // namespace bulkhead
