// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/shared_region.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

// essential: begin
class PosixRegion : public SharedRegion
{
public:
    explicit PosixRegion(std::string name) : m_name(std::move(name)) {}
    ~PosixRegion() override { unmap(); }

    Result<void> create(std::size_t bytes)
    {
        const UniqueFd fd(::shm_open(m_name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600));
        if (!fd)
            return fail("shm_open");
        // Not ftruncate(): that promises memory which /dev/shm may not have, and writing to it would end us (SIGBUS).
        if (const int error = ::posix_fallocate(fd.get(), 0, off_t(bytes)); error != 0) {
            remove();
            return fail(Error::fromErrno("posix_fallocate in /dev/shm", error));
        }
        return map(fd.get(), bytes);
    }

    Result<void> open(std::size_t bytes)
    {
        const UniqueFd fd(::shm_open(m_name.c_str(), O_RDWR | O_CLOEXEC, 0));
        if (!fd)
            return fail("shm_open");
        return map(fd.get(), bytes);
    }

    void remove() override { ::shm_unlink(m_name.c_str()); }

private:
    std::string m_name;
};
// essential: end

class PosixKind : public RegionKind
{
public:
    std::string name() const override { return "posix-shm"; }
    std::string title() const override { return "POSIX shared memory"; }
    std::string summary() const override
    {
        return "A file in memory (/dev/shm) that both processes map by its name. The name stays until it is removed.";
    }
    Needs needs() const override { return {{"openat", "fallocate", "mmap", "munmap", "unlink"}, {"/dev/shm"}}; }
    std::string source() const override { return "ipc/lab/mechanisms/region_posix.cpp"; }
    Result<std::unique_ptr<SharedRegion>> create(const Place &place, std::size_t bytes, Fds &) const override
    {
        auto region = std::make_unique<PosixRegion>(place.objectName("memory"));
        if (const auto created = region->create(bytes); !created)
            return tl::unexpected(created.error());
        return region;
    }
    Result<std::unique_ptr<SharedRegion>> open(const Place &place, std::size_t bytes, Fds &) const override
    {
        auto region = std::make_unique<PosixRegion>(place.objectName("memory"));
        if (const auto opened = region->open(bytes); !opened)
            return tl::unexpected(opened.error());
        return region;
    }
};

} // namespace

std::unique_ptr<RegionKind> posixRegion()
{
    return std::make_unique<PosixKind>();
}

} // namespace bulkhead::lab
