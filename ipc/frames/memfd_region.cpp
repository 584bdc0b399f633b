// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/frames/memfd_region.h"

#include <boost/interprocess/detail/os_file_functions.hpp>
#include <boost/interprocess/mapped_region.hpp>

namespace bulkhead {

namespace bip = boost::interprocess;

namespace {
/// The MemoryMappable that Boost's mapped_region asks for, over a descriptor somebody else owns.
class MemoryMappable
{
public:
    explicit MemoryMappable(int fd) : m_fd(fd) {}
    bip::mapping_handle_t get_mapping_handle() const { return bip::ipcdetail::mapping_handle_from_file_handle(m_fd); }

private:
    int m_fd;
};
} // namespace

Result<MemfdRegion> MemfdRegion::map(const Memfd &memory, MapAccess access)
{
    try {
        return MemfdRegion(std::make_unique<bip::mapped_region>(
            MemoryMappable(memory.fd()), access == MapAccess::ReadOnly ? bip::read_only : bip::read_write, 0,
            memory.size()));
    } catch (const bip::interprocess_exception &e) {
        return fail(Error{std::string("mmap: ") + e.what(), e.get_native_error()});
    }
}

MemfdRegion::MemfdRegion(std::unique_ptr<bip::mapped_region> region) : m_region(std::move(region)) {}
MemfdRegion::MemfdRegion(MemfdRegion &&) noexcept = default;
MemfdRegion &MemfdRegion::operator=(MemfdRegion &&) noexcept = default;
MemfdRegion::~MemfdRegion() = default;

unsigned char *MemfdRegion::data() const
{
    return static_cast<unsigned char *>(m_region->get_address());
}

std::size_t MemfdRegion::size() const
{
    return m_region->get_size();
}

} // namespace bulkhead
