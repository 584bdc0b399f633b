// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/shared_region.h"

#include <fcntl.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

// essential: begin
class MappedFile : public SharedRegion
{
public:
    explicit MappedFile(std::string path) : m_path(std::move(path)) {}
    ~MappedFile() override { unmap(); }

    Result<void> create(std::size_t bytes)
    {
        const UniqueFd fd(::open(m_path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600));
        if (!fd)
            return fail("open");
        // Reserved, not only sized: writing into a hole of a full disk would end us with SIGBUS.
        if (const int error = ::posix_fallocate(fd.get(), 0, off_t(bytes)); error != 0)
            return fail(Error::fromErrno("posix_fallocate", error));
        return map(fd.get(), bytes);
    }

    Result<void> open(std::size_t bytes)
    {
        const UniqueFd fd(::open(m_path.c_str(), O_RDWR | O_CLOEXEC));
        if (!fd)
            return fail("open");
        return map(fd.get(), bytes);
    }

    void remove() override { ::unlink(m_path.c_str()); }

private:
    std::string m_path;
};
// essential: end

class FileKind : public RegionKind
{
public:
    std::string name() const override { return "mmap-file"; }
    std::string title() const override { return "Memory-mapped file"; }
    std::string summary() const override
    {
        return "An ordinary file that both processes map: what they share is the kernel's page cache, which also "
               "reaches the "
               "disk in time. The content stays like any file's.";
    }
    Needs needs() const override { return {{"openat", "fallocate", "mmap", "munmap", "unlink"}, {"folder"}}; }
    std::string source() const override { return "ipc/lab/mechanisms/region_file.cpp"; }
    Result<std::unique_ptr<SharedRegion>> create(const Place &place, std::size_t bytes, Fds &) const override
    {
        auto region = std::make_unique<MappedFile>(place.path("mapped"));
        if (const auto created = region->create(bytes); !created)
            return tl::unexpected(created.error());
        return region;
    }
    Result<std::unique_ptr<SharedRegion>> open(const Place &place, std::size_t bytes, Fds &) const override
    {
        auto region = std::make_unique<MappedFile>(place.path("mapped"));
        if (const auto opened = region->open(bytes); !opened)
            return tl::unexpected(opened.error());
        return region;
    }
};

} // namespace

std::unique_ptr<RegionKind> mappedFileRegion()
{
    return std::make_unique<FileKind>();
}

} // namespace bulkhead::lab
