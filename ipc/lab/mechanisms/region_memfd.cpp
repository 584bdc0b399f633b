// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/core/memfd.h"
#include "ipc/lab/mechanisms/shared_region.h"

namespace bulkhead::lab {

namespace {

// essential: begin
class MemfdShared : public SharedRegion
{
public:
    ~MemfdShared() override { unmap(); }

    Result<void> create(std::size_t bytes, Fds &forPeer)
    {
        // Made, sized, then sealed (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL): nobody can pull the pages away.
        Result<Memfd> memory = Memfd::create("lab", bytes);
        if (!memory)
            return tl::unexpected(memory.error());
        forPeer.push_back(memory->duplicate());
        return map(memory->fd(), bytes);
    }

    Result<void> open(std::size_t bytes, Fds &fromPeer)
    {
        UniqueFd received = std::move(fromPeer.front());
        fromPeer.erase(fromPeer.begin());
        const Result<Memfd> memory = Memfd::adopt(std::move(received), bytes); // checks the seals and the size
        if (!memory)
            return tl::unexpected(memory.error());
        return map(memory->fd(), bytes);
    }
};
// essential: end

class MemfdKind : public RegionKind
{
public:
    std::string name() const override { return "memfd"; }
    std::string title() const override { return "Sealed anonymous memory (memfd)"; }
    std::string summary() const override
    {
        return "Memory without a name, handed over as a descriptor and sealed so that its size cannot change. Nothing "
               "is left "
               "when its holders end.";
    }
    Needs needs() const override { return {{"memfd_create", "ftruncate", "fcntl", "fstat", "mmap", "munmap"}, {}}; }
    std::string source() const override { return "ipc/lab/mechanisms/region_memfd.cpp"; }
    Result<std::unique_ptr<SharedRegion>> create(const Place &, std::size_t bytes, Fds &forPeer) const override
    {
        auto region = std::make_unique<MemfdShared>();
        if (const auto created = region->create(bytes, forPeer); !created)
            return tl::unexpected(created.error());
        return region;
    }
    Result<std::unique_ptr<SharedRegion>> open(const Place &, std::size_t bytes, Fds &fromPeer) const override
    {
        auto region = std::make_unique<MemfdShared>();
        if (const auto opened = region->open(bytes, fromPeer); !opened)
            return tl::unexpected(opened.error());
        return region;
    }
};

} // namespace

std::unique_ptr<RegionKind> memfdRegionKind()
{
    return std::make_unique<MemfdKind>();
}

} // namespace bulkhead::lab
