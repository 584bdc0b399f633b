// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/plugin_faults/plugin_code.h"

#include <array>

namespace bulkhead {

namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, std::size_t(PluginCode::Last) + 1> Names{"",
                                                                                "PLUG-MANIFEST-MISSING",
                                                                                "PLUG-MANIFEST-SIZE",
                                                                                "PLUG-MANIFEST",
                                                                                "PLUG-MANIFEST-TYPE",
                                                                                "PLUG-MANIFEST-KEY",
                                                                                "PLUG-MANIFEST-UNKNOWN",
                                                                                "PLUG-SCHEMA",
                                                                                "PLUG-ID",
                                                                                "PLUG-ID-FOLDER",
                                                                                "PLUG-VERSION",
                                                                                "PLUG-TYPES",
                                                                                "PLUG-MAGIC",
                                                                                "PLUG-CONTENT-MODE",
                                                                                "PLUG-ISOLATION",
                                                                                "PLUG-PERMISSION",
                                                                                "PLUG-PERMISSION-REASON",
                                                                                "PLUG-LIMITS",
                                                                                "PLUG-ARCH",
                                                                                "PLUG-LIBRARY-PATH",
                                                                                "PLUG-LIBRARY-MISSING",
                                                                                "PLUG-LIBRARY-SIZE",
                                                                                "PLUG-CHECKSUM",
                                                                                "PLUG-ELF",
                                                                                "PLUG-EXECUTABLE-STACK",
                                                                                "PLUG-TEXT-RELOCATIONS",
                                                                                "PLUG-DEPENDENCY-MISSING",
                                                                                "PLUG-SYMBOL-MISSING",
                                                                                "PLUG-ENTRY-MISSING",
                                                                                "PLUG-ABI-MAJOR",
                                                                                "PLUG-ABI-MINOR",
                                                                                "PLUG-ABI-DIFFERS",
                                                                                "PLUG-QT-MAJOR",
                                                                                "PLUG-QT-MINOR",
                                                                                "PLUG-QT-UNDECLARED",
                                                                                "PLUG-QT-MISSING",
                                                                                "PLUG-LOAD",
                                                                                "PLUG-ENTRY-SIZE",
                                                                                "PLUG-ENTRY-INCOMPLETE",
                                                                                "PLUG-ENTRY-ID",
                                                                                "PLUG-CONSTRUCTOR",
                                                                                "PLUG-START-TIME",
                                                                                "PLUG-CREATE",
                                                                                "PLUG-SANDBOX",
                                                                                "PLUG-DUPLICATE"};

} // namespace

std::string_view pluginCodeName(PluginCode code)
{
    return Names[std::size_t(code)];
}

std::optional<PluginCode> pluginCodeFromNumber(unsigned number)
{
    if (number == 0 || number >= Names.size())
        return {};
    return PluginCode(number);
}

std::optional<PluginCode> pluginCodeFromName(std::string_view name)
{
    for (std::size_t i = 1; i < Names.size(); ++i) {
        if (Names[i] == name)
            return PluginCode(i);
    }
    return {};
}

} // namespace bulkhead
