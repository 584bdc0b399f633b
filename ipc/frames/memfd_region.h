// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/memfd.h"

#include <memory>

namespace boost::interprocess {
class mapped_region;
}

namespace bulkhead {

enum class MapAccess { ReadOnly, ReadWrite };

/// A memfd mapped into this process through Boost.Interprocess; unmapped with the object. The mapping outlives the
/// descriptor. Since the memory is sealed against shrinking, reading it never faults, whatever the peer does; its
/// *content* may change at any time and is never trusted for anything but pixels.
class MemfdRegion
{
public:
    static Result<MemfdRegion> map(const Memfd &memory, MapAccess access);
    MemfdRegion(MemfdRegion &&) noexcept;
    MemfdRegion &operator=(MemfdRegion &&) noexcept;
    ~MemfdRegion();

    /// Writing through it is undefined for ReadOnly mappings (it faults).
    unsigned char *data() const;
    std::size_t size() const;

private:
    explicit MemfdRegion(std::unique_ptr<boost::interprocess::mapped_region> region);

    std::unique_ptr<boost::interprocess::mapped_region> m_region;
};

} // namespace bulkhead
