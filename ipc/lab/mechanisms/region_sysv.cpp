// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/shared_region.h"

#include <sys/ipc.h>
#include <sys/shm.h>

namespace bulkhead::lab {

namespace {

// essential: begin
class SysvRegion : public SharedRegion
{
public:
    ~SysvRegion() override
    {
        if (!m_bytes.empty())
            ::shmdt(m_bytes.data());
    }

    Result<void> attach(key_t key, std::size_t bytes, int flags)
    {
        m_id = ::shmget(key, bytes, flags);
        if (m_id < 0)
            return fail("shmget");
        void *address = ::shmat(m_id, nullptr, 0);
        if (address == reinterpret_cast<void *>(-1))
            return fail("shmat");
        m_bytes = Bytes(static_cast<std::byte *>(address), bytes);
        return {};
    }

    /// The segment goes when the last process has detached from it.
    void remove() override { ::shmctl(m_id, IPC_RMID, nullptr); }

private:
    int m_id = -1;
};

Result<std::unique_ptr<SharedRegion>> sysvSegment(const Place &place, std::size_t bytes, int flags)
{
    const Result<key_t> key = place.key('m');
    if (!key)
        return tl::unexpected(key.error());
    auto region = std::make_unique<SysvRegion>();
    if (const auto attached = region->attach(*key, bytes, flags); !attached)
        return tl::unexpected(attached.error());
    return region;
}
// essential: end

class SysvKind : public RegionKind
{
public:
    std::string name() const override { return "sysv-shm"; }
    std::string title() const override { return "System V shared memory"; }
    std::string summary() const override
    {
        return "A segment of memory known by a number made from a key (ftok). It stays after its last user until it is "
               "removed "
               "(shmctl) or the machine boots.";
    }
    Needs needs() const override { return {{"shmget", "shmat", "shmdt", "shmctl"}, {"System V objects"}}; }
    std::string source() const override { return "ipc/lab/mechanisms/region_sysv.cpp"; }
    Result<std::unique_ptr<SharedRegion>> create(const Place &place, std::size_t bytes, Fds &) const override
    {
        return sysvSegment(place, bytes, IPC_CREAT | IPC_EXCL | 0600);
    }
    Result<std::unique_ptr<SharedRegion>> open(const Place &place, std::size_t bytes, Fds &) const override
    {
        return sysvSegment(place, bytes, 0);
    }
};

} // namespace

std::unique_ptr<RegionKind> sysvRegion()
{
    return std::make_unique<SysvKind>();
}

} // namespace bulkhead::lab
