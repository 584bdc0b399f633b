// SPDX-License-Identifier: BSD-3-Clause
#include "app/signal_watcher.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace bulkhead {

SignalWatcher::SignalWatcher(QObject *parent) : QObject(parent)
{
    sigset_t watched;
    ::sigemptyset(&watched);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        ::sigaddset(&watched, signal);
    ::pthread_sigmask(SIG_BLOCK, &watched, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    m_fd.reset(::signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!m_fd)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_fd.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo info{};
        if (::read(m_fd.get(), &info, sizeof info) == sizeof info)
            Q_EMIT endRequested(int(info.ssi_signo));
    });
}

SignalWatcher::~SignalWatcher() = default;

}  // namespace bulkhead
