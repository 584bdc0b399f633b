// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string_view>

namespace bulkhead {

/// Why a plugin cannot be used. The names are stable: they appear in logs, in about:plugins, on the command line, in
/// the documentation and in tests. Cause and remedy of each are worded in browser/pages/plugins/plugin_fault_text.h.
/// Append only.
enum class PluginCode {
    None = 0,
    // The manifest
    ManifestMissing,  ///< PLUG-MANIFEST-MISSING
    ManifestSize,     ///< PLUG-MANIFEST-SIZE
    Manifest,         ///< PLUG-MANIFEST: no JSON; with line and column
    ManifestType,     ///< PLUG-MANIFEST-TYPE: a value of the wrong type
    ManifestKey,      ///< PLUG-MANIFEST-KEY: a key is missing
    ManifestUnknown,  ///< PLUG-MANIFEST-UNKNOWN: a key that means nothing
    Schema,           ///< PLUG-SCHEMA
    Id,               ///< PLUG-ID
    IdFolder,         ///< PLUG-ID-FOLDER: the folder is not named after it
    Version,          ///< PLUG-VERSION
    Types,            ///< PLUG-TYPES: handles nothing, or no proper type
    Magic,            ///< PLUG-MAGIC
    ContentMode,      ///< PLUG-CONTENT-MODE
    Isolation,        ///< PLUG-ISOLATION
    Permission,       ///< PLUG-PERMISSION: there is no such permission, or its value makes no sense
    PermissionReason, ///< PLUG-PERMISSION-REASON
    Limits,           ///< PLUG-LIMITS
    // The library as a file
    Architecture,      ///< PLUG-ARCH: no library for this processor, or one for another
    LibraryPath,       ///< PLUG-LIBRARY-PATH: not a plain file name in the plugin's folder
    LibraryMissing,    ///< PLUG-LIBRARY-MISSING
    LibrarySize,       ///< PLUG-LIBRARY-SIZE
    Checksum,          ///< PLUG-CHECKSUM
    Elf,               ///< PLUG-ELF: no shared library
    ExecutableStack,   ///< PLUG-EXECUTABLE-STACK
    TextRelocations,   ///< PLUG-TEXT-RELOCATIONS
    DependencyMissing, ///< PLUG-DEPENDENCY-MISSING
    SymbolMissing,     ///< PLUG-SYMBOL-MISSING
    EntryMissing,      ///< PLUG-ENTRY-MISSING
    // Versions
    AbiMajor,     ///< PLUG-ABI-MAJOR
    AbiMinor,     ///< PLUG-ABI-MINOR
    AbiDiffers,   ///< PLUG-ABI-DIFFERS: the manifest says another than the library
    QtMajor,      ///< PLUG-QT-MAJOR
    QtMinor,      ///< PLUG-QT-MINOR
    QtUndeclared, ///< PLUG-QT-UNDECLARED: the library needs Qt, the manifest does not say so
    QtMissing,    ///< PLUG-QT-MISSING: this installation has no Qt for plugins
    // Loading and running
    Load,            ///< PLUG-LOAD: the system's loader refused
    EntrySize,       ///< PLUG-ENTRY-SIZE
    EntryIncomplete, ///< PLUG-ENTRY-INCOMPLETE
    EntryId,         ///< PLUG-ENTRY-ID
    Constructor,     ///< PLUG-CONSTRUCTOR: the process ended while the library was loaded
    StartTime,       ///< PLUG-START-TIME
    Create,          ///< PLUG-CREATE
    Sandbox,         ///< PLUG-SANDBOX: the last part of the lock-down failed
    // The registry
    Duplicate, ///< PLUG-DUPLICATE: another folder has a plugin of this id
    Last = Duplicate
};

/// "PLUG-ABI-MAJOR"; empty for None.
std::string_view pluginCodeName(PluginCode code);
/// The other way; nothing for numbers and names that mean none.
std::optional<PluginCode> pluginCodeFromName(std::string_view name);
std::optional<PluginCode> pluginCodeFromNumber(unsigned number);

} // namespace bulkhead
