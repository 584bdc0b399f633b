// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Proof of being on one of the disk's threads, where a file system that does not answer (a lost network folder) holds
/// up nobody else. What asks the disk about a name that a page, a plugin or an address gave takes one, so the window's
/// thread cannot. A DiskQueue hands it to its jobs, and nobody else can make one.
class DiskThread
{
    DiskThread() {}
    friend class DiskQueue;
    friend class DiskThreadInTests; // tests/support/real_files.h
};

} // namespace bulkhead
