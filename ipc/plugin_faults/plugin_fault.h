// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/plugin.pb.h"
#include "ipc/plugin_faults/plugin_code.h"

#include <string>

namespace bulkhead {

/// One reason why a plugin cannot be used, with what is needed to say so: which thing, what was found, what was needed.
/// Plain value; what came over the wire is only ever shown as text.
struct PluginFault
{
    PluginCode code = PluginCode::None;
    std::string subject; ///< a key, a library, a symbol
    std::string found;
    std::string needed;
    int line = 0; ///< of the manifest, from 1; 0 when the fault is not in it
    int column = 0;

    wire::PluginFailed toWire() const;
    /// Texts cut to a sensible length; nothing when the code is none.
    static std::optional<PluginFault> fromWire(const wire::PluginFailed &message);
};

} // namespace bulkhead
