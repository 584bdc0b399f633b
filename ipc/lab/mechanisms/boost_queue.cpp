// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"

#include <boost/interprocess/ipc/message_queue.hpp>

#include <cerrno>

namespace bulkhead::lab {

namespace {

namespace bip = boost::interprocess;

// essential: begin
/// Boost's message queue is no object of the kernel: it is shared memory with a mutex and two conditions in it.
class BoostQueueLink : public Link
{
public:
    BoostQueueLink(std::unique_ptr<bip::message_queue> in, std::unique_ptr<bip::message_queue> out, const Place &place)
        : m_in(std::move(in)), m_out(std::move(out)), m_place(place)
    {
    }

    Result<void> send(ConstBytes message) override
    {
        constexpr unsigned Priority = 0;
        try {
            if (m_place.wait == Wait::Blocking)
                m_out->send(message.data(), message.size(), Priority);
            else if (!m_out->try_send(message.data(), message.size(), Priority))
                return fail(Error::fromErrno("message_queue::try_send", EAGAIN));
        } catch (const bip::interprocess_exception &exception) {
            return fail(Error{std::string("message_queue::send: ") + exception.what(), 0});
        }
        return {};
    }

    Result<ConstBytes> receive(std::size_t bytes) override
    {
        const Bytes buffer = incoming(m_in->get_max_msg_size());
        bip::message_queue::size_type got = 0;
        unsigned priority = 0;
        try {
            if (m_place.wait == Wait::Blocking)
                m_in->receive(buffer.data(), buffer.size(), got, priority);
            else if (!m_in->try_receive(buffer.data(), buffer.size(), got, priority))
                return fail(Error::fromErrno("message_queue::try_receive", EAGAIN));
        } catch (const bip::interprocess_exception &exception) {
            return fail(Error{std::string("message_queue::receive: ") + exception.what(), 0});
        }
        if (got != bytes)
            return fail(Error::fromErrno("message_queue::receive: a message of another size", EMSGSIZE));
        return buffer.first(bytes);
    }

    void remove() override
    {
        bip::message_queue::remove(m_place.objectName("boost-there").c_str());
        bip::message_queue::remove(m_place.objectName("boost-back").c_str());
    }

private:
    std::unique_ptr<bip::message_queue> m_in, m_out;
    Place m_place;
};
// essential: end

class BoostQueue : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "boost-queue";
        info.title = "Boost.Interprocess message_queue";
        info.family = Family::Library;
        info.summary =
            "A queue with priorities in POSIX shared memory, guarded by a process-shared mutex. Portable; but if a "
            "process dies inside it, the lock stays taken.";
        info.dataPath = "sender's memory -> shared memory -> receiver's memory";
        info.userCopies = 2;
        // fallocate: newer Boost takes the memory at once instead of at the first touch.
        info.needs = {{"openat", "newfstatat", "ftruncate", "fallocate", "fchmod", "mmap", "munmap", "futex", "unlink"},
                      {"/dev/shm"}};
        info.source = "ipc/lab/mechanisms/boost_queue.cpp";
        return info;
    }

    // essential: begin
    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        const std::size_t depth = place.largest <= (std::size_t(64) << 10) ? 16 : 2;
        const auto make = [&](const char *name) {
            return std::make_unique<bip::message_queue>(bip::create_only, place.objectName(name).c_str(), depth,
                                                        place.largest, bip::permissions(0600));
        };
        try {
            auto there = make("boost-there");
            return std::make_unique<BoostQueueLink>(make("boost-back"), std::move(there), place);
        } catch (const bip::interprocess_exception &exception) {
            return fail(Error{std::string("message_queue: ") + exception.what(), 0});
        }
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        const auto find = [&](const char *name) {
            return std::make_unique<bip::message_queue>(bip::open_only, place.objectName(name).c_str());
        };
        try {
            auto there = find("boost-there");
            return std::make_unique<BoostQueueLink>(std::move(there), find("boost-back"), place);
        } catch (const bip::interprocess_exception &exception) {
            return fail(Error{std::string("message_queue: ") + exception.what(), 0});
        }
    }
    // essential: end
};

} // namespace

std::unique_ptr<Mechanism> boostQueueMechanism()
{
    return std::make_unique<BoostQueue>();
}

} // namespace bulkhead::lab
