// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"

#include <boost/interprocess/containers/vector.hpp>
#include <boost/interprocess/managed_shared_memory.hpp>
#include <boost/interprocess/sync/interprocess_condition.hpp>
#include <boost/interprocess/sync/interprocess_mutex.hpp>
#include <boost/interprocess/sync/scoped_lock.hpp>

#include <cerrno>

namespace bulkhead::lab {

namespace {

namespace bip = boost::interprocess;

// essential: begin
using Segment = bip::managed_shared_memory;
using SharedVector = bip::vector<std::byte, bip::allocator<std::byte, Segment::segment_manager>>;

/// A C++ object in shared memory, with a container that allocates there, too.
struct Mailbox
{
    explicit Mailbox(Segment::segment_manager *manager) : content(manager) {}

    bip::interprocess_mutex mutex;
    bip::interprocess_condition changed;
    bool isFull = false;
    SharedVector content;
};

class MailboxLink : public Link
{
public:
    MailboxLink(std::unique_ptr<Segment> segment, Mailbox *in, Mailbox *out, const Place &place)
        : m_segment(std::move(segment)), m_in(in), m_out(out), m_place(place)
    {
    }

    Result<Bytes> compose(std::size_t bytes) override
    {
        if (const auto empty = waitFor(*m_out, false); !empty)
            return tl::unexpected(empty.error());
        try {
            m_out->content.resize(bytes);
        } catch (const bip::bad_alloc &) {
            return fail(Error::fromErrno("managed_shared_memory", ENOMEM));
        }
        return Bytes(m_out->content.data(), bytes);
    }
    Result<void> send(ConstBytes) override
    {
        set(*m_out, true);
        return {};
    }
    Result<ConstBytes> receive(std::size_t bytes) override
    {
        if (const auto full = waitFor(*m_in, true); !full)
            return tl::unexpected(full.error());
        if (m_in->content.size() != bytes)
            return fail(Error::fromErrno("a message of another size", EMSGSIZE));
        return ConstBytes(m_in->content.data(), bytes);
    }
    void release() override { set(*m_in, false); }

    void remove() override { bip::shared_memory_object::remove(m_place.objectName("segment").c_str()); }

private:
    Result<void> waitFor(Mailbox &box, bool full) const
    {
        bip::scoped_lock lock(box.mutex);
        while (box.isFull != full) {
            if (m_place.wait == Wait::Never)
                return fail(Error::fromErrno("the mailbox", EAGAIN));
            box.changed.wait(lock);
        }
        return {};
    }
    static void set(Mailbox &box, bool full)
    {
        {
            const bip::scoped_lock lock(box.mutex);
            box.isFull = full;
        }
        box.changed.notify_one();
    }

    std::unique_ptr<Segment> m_segment;
    Mailbox *m_in, *m_out;
    Place m_place;
};
// essential: end

class BoostSegment : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "boost-segment";
        info.title = "Boost.Interprocess managed_shared_memory";
        info.family = Family::Library;
        info.summary =
            "Shared memory with an allocator: C++ objects and containers live in it and are found by name. One mailbox "
            "per direction holds one message, written and read in place.";
        info.dataPath = "written and read in place: both processes map the same pages";
        // fallocate: newer Boost takes the memory at once instead of at the first touch.
        info.needs = {{"openat", "newfstatat", "ftruncate", "fallocate", "fchmod", "mmap", "munmap", "futex", "unlink"},
                      {"/dev/shm"}};
        info.source = "ipc/lab/mechanisms/boost_segment.cpp";
        return info;
    }

    // essential: begin
    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        try {
            // A vector that grows needs room for old and new at once.
            const std::size_t bytes = 4 * place.largest + (std::size_t(256) << 10);
            auto segment = std::make_unique<Segment>(bip::create_only, place.objectName("segment").c_str(), bytes,
                                                     nullptr, bip::permissions(0600));
            Mailbox *there = segment->construct<Mailbox>("there")(segment->get_segment_manager());
            Mailbox *back = segment->construct<Mailbox>("back")(segment->get_segment_manager());
            for (Mailbox *box : {there, back})
                box->content.reserve(place.largest);
            return std::make_unique<MailboxLink>(std::move(segment), back, there, place);
        } catch (const bip::interprocess_exception &exception) {
            return fail(Error{std::string("managed_shared_memory: ") + exception.what(), 0});
        }
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        try {
            auto segment = std::make_unique<Segment>(bip::open_only, place.objectName("segment").c_str());
            Mailbox *there = segment->find<Mailbox>("there").first;
            Mailbox *back = segment->find<Mailbox>("back").first;
            if (!there || !back)
                return fail(Error{"managed_shared_memory: the mailboxes are not there", ENOENT});
            return std::make_unique<MailboxLink>(std::move(segment), there, back, place);
        } catch (const bip::interprocess_exception &exception) {
            return fail(Error{std::string("managed_shared_memory: ") + exception.what(), 0});
        }
    }
    // essential: end
};

} // namespace

std::unique_ptr<Mechanism> boostSegmentMechanism()
{
    return std::make_unique<BoostSegment>();
}

} // namespace bulkhead::lab
