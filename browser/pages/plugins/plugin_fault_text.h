// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/plugin_faults/plugin_fault.h"

#include <QString>

namespace bulkhead {

/// What is wrong, in one sentence, with what was found and what was needed.
QString pluginFaultCause(const PluginFault &fault);
/// What the plugin's author, or else the person, can do about it.
QString pluginFaultRemedy(PluginCode code);
/// "PLUG-ABI-MAJOR: cause Remedy." and, for the manifest, where: "(manifest.json, line 3, column 10)".
QString pluginFaultText(const PluginFault &fault);

} // namespace bulkhead
