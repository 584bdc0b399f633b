// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/shared_region.h"

#include <sys/mman.h>

namespace bulkhead::lab {

Result<void> SharedRegion::map(int fd, std::size_t bytes)
{
    void *address = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (address == MAP_FAILED)
        return fail("mmap");
    m_bytes = Bytes(static_cast<std::byte *>(address), bytes);
    return {};
}

void SharedRegion::unmap()
{
    if (!m_bytes.empty())
        ::munmap(m_bytes.data(), m_bytes.size());
    m_bytes = {};
}

} // namespace bulkhead::lab
