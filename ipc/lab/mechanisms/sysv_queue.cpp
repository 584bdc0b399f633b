// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"

#include <algorithm>
#include <cerrno>
#include <sys/ipc.h>
#include <sys/msg.h>

namespace bulkhead::lab {

namespace {

// essential: begin
/// One queue for both directions: each message has a type, and a receiver takes only those of the type it asks for.
class SysvQueueLink : public Link
{
public:
    SysvQueueLink(int queue, long outType, long inType, const Place &place)
        : m_queue(queue), m_outType(outType), m_inType(inType), m_wait(place.wait), m_out(place.largest + sizeof(long)),
          m_in(place.largest + sizeof(long))
    {
    }

    Result<Bytes> compose(std::size_t bytes) override { return Bytes(m_out).subspan(sizeof(long), bytes); }

    Result<void> send(ConstBytes message) override
    {
        *reinterpret_cast<long *>(m_out.data()) = m_outType; // struct msgbuf: the type, then the text
        while (::msgsnd(m_queue, m_out.data(), message.size(), m_wait == Wait::Blocking ? 0 : IPC_NOWAIT) < 0) {
            if (errno != EINTR && !(errno == EAGAIN && m_wait == Wait::Polling))
                return fail("msgsnd");
        }
        return {};
    }

    Result<ConstBytes> receive(std::size_t bytes) override
    {
        ssize_t got = 0;
        while ((got = ::msgrcv(m_queue, m_in.data(), m_in.size() - sizeof(long), m_inType,
                               m_wait == Wait::Blocking ? 0 : IPC_NOWAIT)) < 0) {
            if (errno == ENOMSG && m_wait == Wait::Never)
                return fail(Error::fromErrno("msgrcv", EAGAIN));
            if (errno != EINTR && !(errno == ENOMSG && m_wait == Wait::Polling))
                return fail("msgrcv");
        }
        if (std::size_t(got) != bytes)
            return fail(Error::fromErrno("msgrcv: a message of another size", EMSGSIZE));
        return Bytes(m_in).subspan(sizeof(long), bytes);
    }

    void remove() override { ::msgctl(m_queue, IPC_RMID, nullptr); }

private:
    int m_queue;
    long m_outType, m_inType;
    Wait m_wait;
    std::vector<std::byte> m_out, m_in;
};
// essential: end

class SysvQueue : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "sysv-queue";
        info.title = "System V message queue";
        info.family = Family::MessageQueue;
        info.summary =
            "Messages with a type, kept by the kernel until somebody takes them: also out of turn, by type, and also "
            "when the sender has long ended. Removed by name or at the next boot, not before.";
        info.dataPath = "sender's memory -> kernel's message -> receiver's memory";
        info.waits = {Wait::Blocking, Wait::Polling};
        info.largest = std::min(systemLimit("/proc/sys/kernel/msgmax"), systemLimit("/proc/sys/kernel/msgmnb"));
        info.limitedBy = "/proc/sys/kernel/msgmax";
        info.needs = {{"msgget", "msgsnd", "msgrcv", "msgctl"}, {"System V objects"}};
        info.source = "ipc/lab/mechanisms/sysv_queue.cpp";
        return info;
    }

    // essential: begin
    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        const Result<key_t> key = place.key('q');
        if (!key)
            return tl::unexpected(key.error());
        const int queue = ::msgget(*key, IPC_CREAT | IPC_EXCL | 0600);
        if (queue < 0)
            return fail("msgget");
        return std::make_unique<SysvQueueLink>(queue, 1, 2, place);
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        const Result<key_t> key = place.key('q');
        if (!key)
            return tl::unexpected(key.error());
        const int queue = ::msgget(*key, 0);
        if (queue < 0)
            return fail("msgget");
        return std::make_unique<SysvQueueLink>(queue, 2, 1, place);
    }
    // essential: end
};

} // namespace

std::unique_ptr<Mechanism> sysvQueueMechanism()
{
    return std::make_unique<SysvQueue>();
}

} // namespace bulkhead::lab
