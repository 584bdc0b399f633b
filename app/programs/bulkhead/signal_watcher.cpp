// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/bulkhead/signal_watcher.h"

#include <QSocketNotifier>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <unistd.h>

namespace bulkhead {

namespace {

constexpr int Watched[] = {SIGINT, SIGTERM, SIGHUP};
constexpr int ExitBase = 128; // as a shell says it

// Of the handlers, which may only touch what is here.
std::atomic<int> wakeUp = -1;
std::atomic<int> received = 0;
static_assert(std::atomic<int>::is_always_lock_free);

void onSignal(int signal)
{
    const int before = errno;
    received = signal;
    ::alarm(SignalWatcher::GraceSeconds);
    const std::uint64_t one = 1;
    if (::write(wakeUp, &one, sizeof one) < 0) {
        // The alarm remains.
    }
    errno = before;
}

/// The orderly end did not come: the loop waits for something that never ends.
void onAlarm(int)
{
    ::_exit(ExitBase + received);
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action = {};
    ::sigaction(signal, nullptr, &action);
    if (action.sa_handler == SIG_IGN && signal == SIGHUP) // nohup
        return;
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    ::sigfillset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent) : QObject(parent), m_fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    ::signal(SIGPIPE, SIG_IGN);
    if (!m_fd)
        return; // the signals keep their own way of ending a process
    wakeUp = m_fd.get();
    m_notifier = std::make_unique<QSocketNotifier>(m_fd.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        std::uint64_t count = 0;
        if (::read(m_fd.get(), &count, sizeof count) == sizeof count)
            Q_EMIT endRequested(received);
    });
    handle(SIGALRM, onAlarm);
    for (const int signal : Watched)
        handle(signal, onSignal);
}

SignalWatcher::~SignalWatcher()
{
    for (const int signal : Watched)
        ::signal(signal, SIG_DFL); // an alarm that is on stays on
    wakeUp = -1;
}

} // namespace bulkhead
