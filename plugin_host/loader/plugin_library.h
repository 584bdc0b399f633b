// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"
#include "ipc/plugin_faults/plugin_fault.h"
#include "plugin_host/sdk/bulkhead/plugin.h"

#include <tl/expected.hpp>

#include <string>
#include <vector>

namespace bulkhead {

/// A plugin's library on its way into this process, in two steps with the lock-down between them. The first only reads
/// the file and loads the system's libraries that it names; the second runs its code. The library itself stays loaded
/// to the end of the process. Main thread.
class PluginLibrary
{
public:
    /// Checks the library in @p memory, a sealed memfd, against @p load, and loads what it needs: nothing of the
    /// plugin's is run. @p qtVersion is that of the Qt in this process ("6.4.2"), empty when there is none.
    static tl::expected<PluginLibrary, PluginFault> prepare(UniqueFd memory, const wire::PluginLoad &load,
                                                            const std::string &qtVersion);

    int descriptor() const { return m_memory.get(); }

    /// Loads the library from the folder of this process's descriptors ("/proc/self/fd"), which runs its constructors,
    /// and checks what it exports. The descriptor is closed.
    tl::expected<const bulkhead_plugin *, PluginFault> open(const std::string &descriptorFolder);

private:
    UniqueFd m_memory;
    wire::PluginLoad m_load;
    std::vector<void *> m_dependencies;
};

/// Whether a plugin's entry is one that this host can use. The structure may be shorter than this host's.
tl::expected<void, PluginFault> checkEntry(const bulkhead_plugin &entry, const wire::PluginLoad &load);
/// Whether a plugin that was made for @p major.@p minor can be used here.
tl::expected<void, PluginFault> checkAbi(unsigned major, unsigned minor);

} // namespace bulkhead
