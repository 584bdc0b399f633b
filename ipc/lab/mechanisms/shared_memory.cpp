// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/shared_memory.h"

#include <algorithm>
#include <array>
#include <set>

namespace bulkhead::lab {

namespace {

/// Where things are: the semaphores, then the slots of one direction, then those of the other.
struct Layout
{
    explicit Layout(std::size_t largest)
        // Starting on a cache line each; few large ones, more small ones: a ring never takes more than twice 64 MB.
        : slotBytes((std::max<std::size_t>(largest, 1) + 63) / 64 * 64),
          slots(slotBytes <= (std::size_t(64) << 10)  ? 16
                : slotBytes <= (std::size_t(1) << 20) ? 4
                                                      : 2)
    {
    }
    std::size_t totalBytes() const { return SemaphoreKind::Count * SemaphoreBytes + 2 * slots * slotBytes; }

    std::size_t slotBytes;
    std::size_t slots;
};

// essential: begin
/// The bounded buffer of the textbooks, once per direction: a ring of slots, a semaphore that counts the filled ones
/// and one that counts the free ones.
class Ring
{
public:
    Ring(std::byte *slots, Layout layout, std::unique_ptr<SharedSemaphore> filled,
         std::unique_ptr<SharedSemaphore> free)
        : m_slots(slots), m_layout(layout), m_filled(std::move(filled)), m_free(std::move(free))
    {
    }

    /// For the writer: waits for a free slot; put() passes it on.
    Result<std::byte *> next(Wait wait)
    {
        if (const auto free = m_free->wait(wait); !free)
            return tl::unexpected(free.error());
        return slot(m_position);
    }
    Result<void> put()
    {
        ++m_position;
        return m_filled->post();
    }

    /// For the reader: waits for a filled slot; giveBack() when it has been read.
    Result<std::byte *> take(Wait wait)
    {
        if (const auto filled = m_filled->wait(wait); !filled)
            return tl::unexpected(filled.error());
        return slot(m_position++);
    }
    void giveBack() { m_free->post(); }

    void remove()
    {
        m_filled->remove();
        m_free->remove();
    }

private:
    std::byte *slot(std::size_t position) const { return m_slots + position % m_layout.slots * m_layout.slotBytes; }

    std::byte *m_slots;
    Layout m_layout;
    std::unique_ptr<SharedSemaphore> m_filled, m_free;
    std::size_t m_position = 0; ///< ours alone: each ring has one writer and one reader
};
// essential: end

class SharedMemoryLink : public Link
{
public:
    SharedMemoryLink(std::unique_ptr<SharedRegion> region, Ring in, Ring out, Wait wait)
        : m_region(std::move(region)), m_in(std::move(in)), m_out(std::move(out)), m_wait(wait)
    {
    }

    Result<Bytes> compose(std::size_t bytes) override
    {
        const Result<std::byte *> slot = m_out.next(m_wait);
        if (!slot)
            return tl::unexpected(slot.error());
        return Bytes(*slot, bytes);
    }
    Result<void> send(ConstBytes) override { return m_out.put(); }
    Result<ConstBytes> receive(std::size_t bytes) override
    {
        const Result<std::byte *> slot = m_in.take(m_wait);
        if (!slot)
            return tl::unexpected(slot.error());
        return ConstBytes(*slot, bytes);
    }
    void release() override { m_in.giveBack(); }

    void remove() override
    {
        m_in.remove();
        m_out.remove();
        m_region->remove();
    }

private:
    std::unique_ptr<SharedRegion> m_region;
    Ring m_in, m_out;
    Wait m_wait;
};

class SharedMemory : public Mechanism
{
public:
    SharedMemory(std::shared_ptr<const RegionKind> memory, std::shared_ptr<const SemaphoreKind> semaphores)
        : m_memory(std::move(memory)), m_semaphores(std::move(semaphores))
    {
    }

    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = m_memory->name() + "+" + m_semaphores->name();
        info.title = m_memory->title() + " with " + m_semaphores->title();
        info.family = Family::SharedMemory;
        info.summary = m_memory->summary() + " " + m_semaphores->summary();
        info.dataPath = "written and read in place: both processes map the same pages";
        info.waits = m_semaphores->waits();
        info.needs = united(m_memory->needs(), m_semaphores->needs());
        info.source = m_semaphores->source();
        return info;
    }

    Result<std::unique_ptr<Link>> create(Place &place, Fds &forPeer) const override
    {
        const Layout layout(place.largest);
        Result<std::unique_ptr<SharedRegion>> region = m_memory->create(place, layout.totalBytes(), forPeer);
        if (!region)
            return tl::unexpected(region.error());
        const auto make = [&](SemaphoreKind::Slot slot) {
            const bool countsFree = slot.index % 2 == 1;
            return m_semaphores->create(place, slot, countsFree ? unsigned(layout.slots) : 0, forPeer);
        };
        return link(std::move(*region), layout, place, Side::First, make);
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds fromPeer) const override
    {
        const Layout layout(place.largest);
        Result<std::unique_ptr<SharedRegion>> region = m_memory->open(place, layout.totalBytes(), fromPeer);
        if (!region)
            return tl::unexpected(region.error());
        const auto make = [&](SemaphoreKind::Slot slot) { return m_semaphores->open(place, slot, fromPeer); };
        return link(std::move(*region), layout, place, Side::Second, make);
    }

private:
    enum class Side { First, Second };

    static Needs united(Needs a, const Needs &b)
    {
        a.calls.insert(a.calls.end(), b.calls.begin(), b.calls.end());
        a.resources.insert(a.resources.end(), b.resources.begin(), b.resources.end());
        return a;
    }

    /// @p make creates or opens the semaphore of a slot.
    template <class Make>
    static Result<std::unique_ptr<Link>> link(std::unique_ptr<SharedRegion> region, Layout layout, const Place &place,
                                              Side side, Make make)
    {
        std::byte *memory = region->bytes().data();
        std::array<std::unique_ptr<SharedSemaphore>, SemaphoreKind::Count> semaphores;
        for (int i = 0; i < SemaphoreKind::Count; ++i) {
            auto made = make(SemaphoreKind::Slot{memory + std::size_t(i) * SemaphoreBytes, i});
            if (!made)
                return tl::unexpected(made.error());
            semaphores[std::size_t(i)] = std::move(*made);
        }
        std::byte *slots = memory + SemaphoreKind::Count * SemaphoreBytes;
        Ring there(slots, layout, std::move(semaphores[0]), std::move(semaphores[1]));
        Ring back(slots + layout.slots * layout.slotBytes, layout, std::move(semaphores[2]), std::move(semaphores[3]));
        if (side == Side::First)
            return std::make_unique<SharedMemoryLink>(std::move(region), std::move(back), std::move(there), place.wait);
        return std::make_unique<SharedMemoryLink>(std::move(region), std::move(there), std::move(back), place.wait);
    }

    std::shared_ptr<const RegionKind> m_memory;
    std::shared_ptr<const SemaphoreKind> m_semaphores;
};

} // namespace

std::unique_ptr<Mechanism> sharedMemoryMechanism(std::shared_ptr<const RegionKind> memory,
                                                 std::shared_ptr<const SemaphoreKind> semaphores)
{
    return std::make_unique<SharedMemory>(std::move(memory), std::move(semaphores));
}

} // namespace bulkhead::lab
