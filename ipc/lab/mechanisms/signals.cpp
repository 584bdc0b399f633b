// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sched.h>

namespace bulkhead::lab {

namespace {

// essential: begin
/// A real-time signal carries one pointer's worth of data. Blocked, it waits in a queue until sigwaitinfo() takes it.
class SignalLink : public Link
{
public:
    explicit SignalLink(const Place &place) : m_peer(place.peer), m_wait(place.wait)
    {
        ::sigemptyset(&m_signals);
        ::sigaddset(&m_signals, SIGRTMIN);
        ::sigprocmask(SIG_BLOCK, &m_signals, nullptr);
    }

    Result<void> send(ConstBytes message) override
    {
        sigval value = {};
        std::memcpy(&value.sival_ptr, message.data(), std::min(message.size(), sizeof value));
        while (::sigqueue(m_peer, SIGRTMIN, value) < 0) {
            // The peer's queue is full, and nothing tells when it no longer is.
            if (errno != EAGAIN || m_wait == Wait::Never)
                return fail("sigqueue");
            ::sched_yield();
        }
        return {};
    }

    Result<ConstBytes> receive(std::size_t bytes) override
    {
        siginfo_t info = {};
        const timespec now = {};
        while ((m_wait == Wait::Blocking ? ::sigwaitinfo(&m_signals, &info) : ::sigtimedwait(&m_signals, &info, &now)) <
               0) {
            if (errno != EINTR && !(errno == EAGAIN && m_wait == Wait::Polling))
                return fail("sigwaitinfo");
        }
        const Bytes buffer = incoming(sizeof info.si_value);
        std::memcpy(buffer.data(), &info.si_value.sival_ptr, buffer.size());
        return buffer.first(bytes);
    }

private:
    pid_t m_peer;
    Wait m_wait;
    sigset_t m_signals;
};
// essential: end

class Signals : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "signal";
        info.title = "Real-time signal (sigqueue)";
        info.family = Family::Signal;
        info.summary =
            "A number and one machine word for a process whose id one knows, queued in order. Meant to tell that "
            "something happened, not to carry data.";
        info.dataPath = "one machine word in the kernel's siginfo";
        info.waits = {Wait::Blocking, Wait::Polling};
        info.largest = sizeof(sigval);
        info.limitedBy = "the size of union sigval";
        info.needs = {{"rt_sigqueueinfo", "rt_sigtimedwait", "rt_sigprocmask", "sched_yield"}, {"signals"}};
        info.source = "ipc/lab/mechanisms/signals.cpp";
        return info;
    }

    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        return std::make_unique<SignalLink>(place);
    }
    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        return std::make_unique<SignalLink>(place);
    }
};

} // namespace

std::unique_ptr<Mechanism> signalMechanism()
{
    return std::make_unique<Signals>();
}

} // namespace bulkhead::lab
