// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/byte_stream.h"
#include "ipc/lab/mechanisms/catalogue.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>

namespace bulkhead::lab {

namespace {

// essential: begin
class PosixQueueLink : public Link
{
public:
    /// On Linux a queue's handle is a file descriptor, so UniqueFd and poll() serve for it, too.
    PosixQueueLink(UniqueFd in, UniqueFd out, const Place &place)
        : m_in(std::move(in)), m_out(std::move(out)), m_place(place), m_messageSize(messageSize(m_in.get()))
    {
    }

    Result<void> meet() override
    {
        mq_attr attributes = {};
        attributes.mq_flags = m_place.wait == Wait::Blocking ? 0 : O_NONBLOCK;
        if (::mq_setattr(m_in.get(), &attributes, nullptr) < 0 || ::mq_setattr(m_out.get(), &attributes, nullptr) < 0)
            return fail("mq_setattr");
        return {};
    }

    Result<void> send(ConstBytes message) override
    {
        constexpr unsigned Priority = 0;
        while (::mq_send(m_out.get(), reinterpret_cast<const char *>(message.data()), message.size(), Priority) < 0) {
            if (errno == EAGAIN) {
                if (const auto ready = waitUntil(m_out.get(), POLLOUT, m_place.wait); !ready)
                    return ready;
            } else if (errno != EINTR) {
                return fail("mq_send");
            }
        }
        return {};
    }

    Result<ConstBytes> receive(std::size_t bytes) override
    {
        const Bytes buffer = incoming(m_messageSize); // the kernel insists on room for the largest
        ssize_t got = 0;
        while ((got = ::mq_receive(m_in.get(), reinterpret_cast<char *>(buffer.data()), buffer.size(), nullptr)) < 0) {
            if (errno == EAGAIN) {
                if (const auto ready = waitUntil(m_in.get(), POLLIN, m_place.wait); !ready)
                    return tl::unexpected(ready.error());
            } else if (errno != EINTR) {
                return fail("mq_receive");
            }
        }
        if (std::size_t(got) != bytes)
            return fail(Error::fromErrno("mq_receive: a message of another size", EMSGSIZE));
        return buffer.first(bytes);
    }

    void remove() override
    {
        ::mq_unlink(m_place.objectName("there").c_str());
        ::mq_unlink(m_place.objectName("back").c_str());
    }

private:
    static std::size_t messageSize(int queue)
    {
        mq_attr attributes = {};
        ::mq_getattr(queue, &attributes);
        return std::size_t(attributes.mq_msgsize);
    }

    UniqueFd m_in, m_out;
    Place m_place;
    std::size_t m_messageSize;
};
// essential: end

class PosixQueue : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "posix-queue";
        info.title = "POSIX message queue";
        info.family = Family::MessageQueue;
        info.summary =
            "Messages with a priority, kept by the kernel under a name: the highest comes out first. Depth and "
            "message size are fixed when the queue is made.";
        info.dataPath = "sender's memory -> kernel's message -> receiver's memory";
        info.waits = {Wait::Blocking, Wait::NonBlocking, Wait::Polling};
        info.largest = systemLimit("/proc/sys/fs/mqueue/msgsize_max");
        info.limitedBy = "/proc/sys/fs/mqueue/msgsize_max";
        info.needs = {{"mq_open", "mq_timedsend", "mq_timedreceive", "mq_getsetattr", "mq_unlink", "poll"},
                      {"POSIX message queues"}};
        info.source = "ipc/lab/mechanisms/posix_queue.cpp";
        return info;
    }

    Result<void> available() const override
    {
        if (systemLimit("/proc/sys/fs/mqueue/msg_max") == 0)
            return fail(Error{"this kernel was built without POSIX message queues", ENOSYS});
        return {};
    }

    // essential: begin
    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        mq_attr attributes = {};
        attributes.mq_maxmsg = long(std::min<std::size_t>(10, systemLimit("/proc/sys/fs/mqueue/msg_max")));
        attributes.mq_msgsize = long(std::max<std::size_t>(place.largest, 1));
        constexpr int Flags = O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC;
        UniqueFd there(::mq_open(place.objectName("there").c_str(), Flags, 0600, &attributes));
        if (!there)
            return fail("mq_open");
        UniqueFd back(::mq_open(place.objectName("back").c_str(), Flags, 0600, &attributes));
        if (!back)
            return fail("mq_open");
        return std::make_unique<PosixQueueLink>(std::move(back), std::move(there), place);
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        UniqueFd there(::mq_open(place.objectName("there").c_str(), O_RDWR | O_CLOEXEC));
        UniqueFd back(::mq_open(place.objectName("back").c_str(), O_RDWR | O_CLOEXEC));
        if (!there || !back)
            return fail("mq_open");
        return std::make_unique<PosixQueueLink>(std::move(there), std::move(back), place);
    }
    // essential: end
};

} // namespace

std::unique_ptr<Mechanism> posixQueueMechanism()
{
    return std::make_unique<PosixQueue>();
}

} // namespace bulkhead::lab
