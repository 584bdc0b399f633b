// SPDX-License-Identifier: BSD-3-Clause
#include "browser/plugins/plugin_fault_text.h"

#include <QCoreApplication>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("PluginFault", source);
}

/// Cause and remedy; %1 is the subject, %2 what was found, %3 what was needed.
struct Words
{
    QString cause, remedy;
};

Words wordsFor(PluginCode code)
{
    switch (code) {
    case PluginCode::None:
        break;
    case PluginCode::ManifestMissing:
        return {tr("The plugin's description %1 cannot be read: %2."), tr("Put a readable manifest.json into the plugin's folder.")};
    case PluginCode::ManifestSize:
        return {tr("The plugin's description %1 has %2; %3 are allowed."), tr("Shorten it.")};
    case PluginCode::Manifest:
        return {tr("%1 is not %3: %2."), tr("Correct the file at that place.")};
    case PluginCode::ManifestType:
        return {tr("\"%1\" is %2; it has to be %3."), tr("Correct the value.")};
    case PluginCode::ManifestKey:
        return {tr("\"%1\" is missing (%2); it has to be %3."), tr("Add it to the manifest.")};
    case PluginCode::ManifestUnknown:
        return {tr("\"%1\" means nothing; the keys here are %3."), tr("Remove it, or correct its spelling.")};
    case PluginCode::Schema:
        return {tr("The manifest is of schema %2; this version of Bulkhead reads schema %3."), tr("Write it in that schema, or use the version of Bulkhead that it was written for.")};
    case PluginCode::Id:
        return {tr("The id \"%2\" is not %3."), tr("Use lower-case letters, digits and hyphens, separated by dots.")};
    case PluginCode::IdFolder:
        return {tr("The plugin lies in the folder %2; by its id it has to be %3."), tr("Rename the folder.")};
    case PluginCode::Version:
        return {tr("The version \"%2\" is not %3."), tr("Write numbers, separated by dots.")};
    case PluginCode::Types:
        return {tr("\"%1\" is %2; it has to be %3."), tr("Correct what the plugin handles.")};
    case PluginCode::Magic:
        return {tr("\"%1\" is %2; it has to be like %3."), tr("Correct the bytes by which the documents are known.")};
    case PluginCode::ContentMode:
        return {tr("\"%1\" is \"%2\"; there is %3."), tr("Choose one of them.")};
    case PluginCode::Isolation:
        return {tr("\"%1\" is \"%2\"; there is %3."), tr("Choose one of them.")};
    case PluginCode::Permission:
        return {tr("\"%1\" has %2; it has to be %3."), tr("Correct the permission.")};
    case PluginCode::PermissionReason:
        return {tr("\"%1\" has %2; it needs %3."), tr("Say why the plugin needs the permission.")};
    case PluginCode::Limits:
        return {tr("\"%1\" is %2; it may be %3."), tr("Correct the number.")};
    case PluginCode::Architecture:
        return {tr("The plugin is made for %2; this computer needs %3."), tr("Build it for this processor.")};
    case PluginCode::LibraryPath:
        return {tr("\"%1\" is \"%2\"; it has to be %3."), tr("Put the library beside the manifest.")};
    case PluginCode::LibraryMissing:
        return {tr("The library %1 cannot be read: %2."), tr("Build the plugin, or install it again.")};
    case PluginCode::LibrarySize:
        return {tr("The library %1 has %2; %3 are allowed."), tr("Make it smaller, for example by stripping it.")};
    case PluginCode::Checksum:
        return {tr("The library %1 is not the one that the manifest was written for: its SHA-256 is %2, the manifest says %3."), tr("Build or install the plugin again; do not trust it if you did neither.")};
    case PluginCode::Elf:
        return {tr("The library is %2, not %3."), tr("Build the plugin with bulkhead_add_plugin().")};
    case PluginCode::ExecutableStack:
        return {tr("The library wants %2, which no plugin gets."), tr("Link it with -Wl,-z,noexecstack.")};
    case PluginCode::TextRelocations:
        return {tr("The library has %2; it needs %3."), tr("Compile it with -fPIC.")};
    case PluginCode::DependencyMissing:
        return {tr("The library needs %1, which is %2."), tr("Install the package that has it, or link it into the plugin.")};
    case PluginCode::SymbolMissing:
        return {tr("The library needs %1, which is in none of its libraries (%2)."), tr("Link the plugin with the library that has it, or build it on the oldest system that it is to run on.")};
    case PluginCode::EntryMissing:
        return {tr("The library does not export %1."), tr("Define it with BULKHEAD_PLUGIN(), or in C with BULKHEAD_EXPORT.")};
    case PluginCode::AbiMajor:
        return {tr("The plugin is made for ABI %2; this version of Bulkhead has %3."), tr("Build it with the SDK of this version.")};
    case PluginCode::AbiMinor:
        return {tr("The plugin is made for ABI %2; this version of Bulkhead has only %3."), tr("Use a newer version of Bulkhead, or build the plugin with the SDK of this one.")};
    case PluginCode::AbiDiffers:
        return {tr("The manifest says ABI %2, the library %3."), tr("Write the library's into the manifest.")};
    case PluginCode::QtMajor:
        return {tr("The plugin is made for Qt %2 (%1); Bulkhead runs with Qt %3."), tr("Build it with that Qt.")};
    case PluginCode::QtMinor:
        return {tr("The plugin needs Qt %3; this computer has %2."), tr("Build it with an older Qt, or install a newer one.")};
    case PluginCode::QtUndeclared:
        return {tr("The library needs %1, but the manifest has %2."), tr("Add \"qt\": \"6.4\" to the manifest, with the oldest Qt that the plugin works with.")};
    case PluginCode::QtMissing:
        return {tr("The plugin needs Qt %3, and this installation has none for plugins."), tr("Install Bulkhead completely: bulkhead-plugin-qt.so is missing beside bulkhead-plugin-host.")};
    case PluginCode::Load:
        return {tr("The system's loader refuses the library: %2"), tr("Correct how it is linked.")};
    case PluginCode::EntrySize:
        return {tr("%1 has %2; it needs %3."), tr("Set its size to sizeof(bulkhead_plugin).")};
    case PluginCode::EntryIncomplete:
        return {tr("The function %1 is missing."), tr("Set it: create, destroy and paint are required.")};
    case PluginCode::EntryId:
        return {tr("The library is of the plugin %2, the manifest of %3."), tr("Make them the same.")};
    case PluginCode::Constructor:
        return {tr("The plugin's process ended while its library was loaded: %2."), tr("Do less in constructors of global objects: nothing is allowed there.")};
    case PluginCode::StartTime:
        return {tr("The plugin was not ready after %2; it has %3."), tr("Do less while the library is loaded, or allow more time with \"limits.start_ms\".")};
    case PluginCode::Create:
        return {tr("The plugin made no instance for the document."), tr("Ask its author; its log may say more.")};
    case PluginCode::Sandbox:
        return {tr("The last part of the sandbox could not be put on: %2."), tr("See about:sandbox.")};
    case PluginCode::Duplicate:
        return {tr("There is another plugin of this id, %2, which comes first."), tr("Remove one of them.")};
    }
    return {};
}

} // namespace

QString pluginFaultCause(const PluginFault &fault)
{
    return wordsFor(fault.code).cause.replace(QLatin1String("%1"), QString::fromStdString(fault.subject))
        .replace(QLatin1String("%2"), QString::fromStdString(fault.found))
        .replace(QLatin1String("%3"), QString::fromStdString(fault.needed));
}

QString pluginFaultRemedy(PluginCode code)
{
    return wordsFor(code).remedy;
}

QString pluginFaultText(const PluginFault &fault)
{
    const std::string_view name = pluginCodeName(fault.code);
    QString text = QStringLiteral("%1: %2 %3").arg(QString::fromLatin1(name.data(), qsizetype(name.size())), pluginFaultCause(fault),
                                                   pluginFaultRemedy(fault.code));
    if (fault.line > 0)
        text += QLatin1Char(' ') + tr("(manifest.json, line %1, column %2)").arg(QString::number(fault.line), QString::number(fault.column));
    return text;
}

} // namespace bulkhead
