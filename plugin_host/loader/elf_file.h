// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/plugin_faults/plugin_fault.h"

#include <tl/expected.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace bulkhead {

/// What a shared library says of itself, read from its bytes without loading it: for which processor it is, what it
/// needs and what it exports. The bytes are untrusted; every offset is checked. 64-bit little-endian ELF only. Plain
/// value, any thread. Format: System V ABI, chapter 5, and the GNU extensions of binutils.
struct ElfFile
{
    std::string architecture;           ///< "x86_64", "aarch64", or "machine 40"
    std::vector<std::string> libraries; ///< DT_NEEDED
    std::vector<std::string> undefined; ///< symbols that other libraries must have; weak ones are not among them
    std::vector<std::string> exported;
    bool executableStack = false;
    bool textRelocations = false;

    static tl::expected<ElfFile, PluginFault> parse(const unsigned char *bytes, std::size_t size);
    bool exports(const std::string &symbol) const;
};

/// "x86_64": of this build.
const char *thisArchitecture();

} // namespace bulkhead
