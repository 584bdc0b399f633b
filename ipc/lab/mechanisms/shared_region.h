// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/mechanism.h"

#include <memory>
#include <string>
#include <vector>

namespace bulkhead::lab {

/// Memory that two processes see, mapped here; unmapped with the object, its name removed only by remove().
class SharedRegion
{
public:
    virtual ~SharedRegion() = default;
    Bytes bytes() const { return m_bytes; }
    virtual void remove() {}

protected:
    /// Maps @p fd, whose size is at least @p bytes.
    Result<void> map(int fd, std::size_t bytes);
    /// For regions made by map().
    void unmap();

    Bytes m_bytes;
};

/// A way to get such memory.
class RegionKind
{
public:
    virtual ~RegionKind() = default;
    virtual std::string name() const = 0; ///< "posix-shm"
    virtual std::string title() const = 0;
    virtual std::string summary() const = 0;
    virtual Needs needs() const = 0;
    virtual std::string source() const = 0;
    /// Zeroed memory.
    virtual Result<std::unique_ptr<SharedRegion>> create(const Place &place, std::size_t bytes, Fds &forPeer) const = 0;
    /// Takes what it needs off the front of @p fromPeer.
    virtual Result<std::unique_ptr<SharedRegion>> open(const Place &place, std::size_t bytes, Fds &fromPeer) const = 0;
};

std::unique_ptr<RegionKind> sysvRegion();
std::unique_ptr<RegionKind> posixRegion();
std::unique_ptr<RegionKind> memfdRegionKind();
std::unique_ptr<RegionKind> mappedFileRegion();

} // namespace bulkhead::lab
