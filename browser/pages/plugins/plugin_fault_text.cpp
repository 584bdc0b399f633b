// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/plugin_fault_text.h"

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
    PluginCode code;
    const char *cause, *remedy;
};

/// In the order of the codes.
constexpr Words AllWords[] = {
    {PluginCode::ManifestMissing, QT_TRANSLATE_NOOP("PluginFault", "The plugin's description %1 cannot be read: %2."),
     QT_TRANSLATE_NOOP("PluginFault", "Put a readable manifest.json into the plugin's folder.")},
    {PluginCode::ManifestSize, QT_TRANSLATE_NOOP("PluginFault", "The plugin's description %1 has %2; %3 are allowed."),
     QT_TRANSLATE_NOOP("PluginFault", "Shorten it.")},
    {PluginCode::Manifest, QT_TRANSLATE_NOOP("PluginFault", "%1 is not %3: %2."),
     QT_TRANSLATE_NOOP("PluginFault", "Correct the file at that place.")},
    {PluginCode::ManifestType, QT_TRANSLATE_NOOP("PluginFault", "\"%1\" is %2; it has to be %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Correct the value.")},
    {PluginCode::ManifestKey, QT_TRANSLATE_NOOP("PluginFault", "\"%1\" is missing (%2); it has to be %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Add it to the manifest.")},
    {PluginCode::ManifestUnknown, QT_TRANSLATE_NOOP("PluginFault", "\"%1\" means nothing; the keys here are %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Remove it, or correct its spelling.")},
    {PluginCode::Schema,
     QT_TRANSLATE_NOOP("PluginFault", "The manifest is of schema %2; this version of Bulkhead reads schema %3."),
     QT_TRANSLATE_NOOP("PluginFault",
                       "Write it in that schema, or use the version of Bulkhead that it was written for.")},
    {PluginCode::Id, QT_TRANSLATE_NOOP("PluginFault", "The id \"%2\" is not %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Use lower-case letters, digits and hyphens, separated by dots.")},
    {PluginCode::IdFolder,
     QT_TRANSLATE_NOOP("PluginFault", "The plugin lies in the folder %2; by its id it has to be %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Rename the folder.")},
    {PluginCode::Version, QT_TRANSLATE_NOOP("PluginFault", "The version \"%2\" is not %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Write numbers, separated by dots.")},
    {PluginCode::Types, QT_TRANSLATE_NOOP("PluginFault", "\"%1\" is %2; it has to be %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Correct what the plugin handles.")},
    {PluginCode::Magic, QT_TRANSLATE_NOOP("PluginFault", "\"%1\" is %2; it has to be like %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Correct the bytes by which the documents are known.")},
    {PluginCode::ContentMode, QT_TRANSLATE_NOOP("PluginFault", "\"%1\" is \"%2\"; there is %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Choose one of them.")},
    {PluginCode::Isolation, QT_TRANSLATE_NOOP("PluginFault", "\"%1\" is \"%2\"; there is %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Choose one of them.")},
    {PluginCode::Permission, QT_TRANSLATE_NOOP("PluginFault", "\"%1\" has %2; it has to be %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Correct the permission.")},
    {PluginCode::PermissionReason, QT_TRANSLATE_NOOP("PluginFault", "\"%1\" has %2; it needs %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Say why the plugin needs the permission.")},
    {PluginCode::Limits, QT_TRANSLATE_NOOP("PluginFault", "\"%1\" is %2; it may be %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Correct the number.")},
    {PluginCode::Architecture, QT_TRANSLATE_NOOP("PluginFault", "The plugin is made for %2; this computer needs %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Build it for this processor.")},
    {PluginCode::LibraryPath, QT_TRANSLATE_NOOP("PluginFault", "\"%1\" is \"%2\"; it has to be %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Put the library beside the manifest.")},
    {PluginCode::LibraryMissing, QT_TRANSLATE_NOOP("PluginFault", "The library %1 cannot be read: %2."),
     QT_TRANSLATE_NOOP("PluginFault", "Build the plugin, or install it again.")},
    {PluginCode::LibrarySize, QT_TRANSLATE_NOOP("PluginFault", "The library %1 has %2; %3 are allowed."),
     QT_TRANSLATE_NOOP("PluginFault", "Make it smaller, for example by stripping it.")},
    {PluginCode::Checksum,
     QT_TRANSLATE_NOOP(
         "PluginFault",
         "The library %1 is not the one that the manifest was written for: its SHA-256 is %2, the manifest "
         "says %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Build or install the plugin again; do not trust it if you did neither.")},
    {PluginCode::Elf, QT_TRANSLATE_NOOP("PluginFault", "The library is %2, not %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Build the plugin with bulkhead_add_plugin().")},
    {PluginCode::ExecutableStack, QT_TRANSLATE_NOOP("PluginFault", "The library wants %2, which no plugin gets."),
     QT_TRANSLATE_NOOP("PluginFault", "Link it with -Wl,-z,noexecstack.")},
    {PluginCode::TextRelocations, QT_TRANSLATE_NOOP("PluginFault", "The library has %2; it needs %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Compile it with -fPIC.")},
    {PluginCode::DependencyMissing, QT_TRANSLATE_NOOP("PluginFault", "The library needs %1, which is %2."),
     QT_TRANSLATE_NOOP("PluginFault", "Install the package that has it, or link it into the plugin.")},
    {PluginCode::SymbolMissing,
     QT_TRANSLATE_NOOP("PluginFault", "The library needs %1, which is in none of its libraries (%2)."),
     QT_TRANSLATE_NOOP(
         "PluginFault",
         "Link the plugin with the library that has it, or build it on the oldest system that it is to run on.")},
    {PluginCode::EntryMissing, QT_TRANSLATE_NOOP("PluginFault", "The library does not export %1."),
     QT_TRANSLATE_NOOP("PluginFault", "Define it with BULKHEAD_PLUGIN(), or in C with BULKHEAD_EXPORT.")},
    {PluginCode::AbiMajor,
     QT_TRANSLATE_NOOP("PluginFault", "The plugin is made for ABI %2; this version of Bulkhead has %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Build it with the SDK of this version.")},
    {PluginCode::AbiMinor,
     QT_TRANSLATE_NOOP("PluginFault", "The plugin is made for ABI %2; this version of Bulkhead has only %3."),
     QT_TRANSLATE_NOOP("PluginFault",
                       "Use a newer version of Bulkhead, or build the plugin with the SDK of this one.")},
    {PluginCode::AbiDiffers, QT_TRANSLATE_NOOP("PluginFault", "The manifest says ABI %2, the library %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Write the library's into the manifest.")},
    {PluginCode::QtMajor,
     QT_TRANSLATE_NOOP("PluginFault", "The plugin is made for Qt %2 (%1); Bulkhead runs with Qt %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Build it with that Qt.")},
    {PluginCode::QtMinor, QT_TRANSLATE_NOOP("PluginFault", "The plugin needs Qt %3; this computer has %2."),
     QT_TRANSLATE_NOOP("PluginFault", "Build it with an older Qt, or install a newer one.")},
    {PluginCode::QtUndeclared, QT_TRANSLATE_NOOP("PluginFault", "The library needs %1, but the manifest has %2."),
     QT_TRANSLATE_NOOP("PluginFault",
                       "Add \"qt\": \"6.4\" to the manifest, with the oldest Qt that the plugin works with.")},
    {PluginCode::QtMissing,
     QT_TRANSLATE_NOOP("PluginFault", "The plugin needs Qt %3, and this installation has none for plugins."),
     QT_TRANSLATE_NOOP("PluginFault",
                       "Install Bulkhead completely: bulkhead-plugin-qt.so is missing beside bulkhead-plugin-host.")},
    {PluginCode::Load, QT_TRANSLATE_NOOP("PluginFault", "The system's loader refuses the library: %2"),
     QT_TRANSLATE_NOOP("PluginFault", "Correct how it is linked.")},
    {PluginCode::EntrySize, QT_TRANSLATE_NOOP("PluginFault", "%1 has %2; it needs %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Set its size to sizeof(bulkhead_plugin).")},
    {PluginCode::EntryIncomplete, QT_TRANSLATE_NOOP("PluginFault", "The function %1 is missing."),
     QT_TRANSLATE_NOOP("PluginFault", "Set it: create, destroy and paint are required.")},
    {PluginCode::EntryId, QT_TRANSLATE_NOOP("PluginFault", "The library is of the plugin %2, the manifest of %3."),
     QT_TRANSLATE_NOOP("PluginFault", "Make them the same.")},
    {PluginCode::Constructor,
     QT_TRANSLATE_NOOP("PluginFault", "The plugin's process ended while its library was loaded: %2."),
     QT_TRANSLATE_NOOP("PluginFault", "Do less in constructors of global objects: nothing is allowed there.")},
    {PluginCode::StartTime, QT_TRANSLATE_NOOP("PluginFault", "The plugin was not ready after %2; it has %3."),
     QT_TRANSLATE_NOOP("PluginFault",
                       "Do less while the library is loaded, or allow more time with \"limits.start_ms\".")},
    {PluginCode::Create, QT_TRANSLATE_NOOP("PluginFault", "The plugin made no instance for the document."),
     QT_TRANSLATE_NOOP("PluginFault", "Ask its author; its log may say more.")},
    {PluginCode::Sandbox, QT_TRANSLATE_NOOP("PluginFault", "The last part of the sandbox could not be put on: %2."),
     QT_TRANSLATE_NOOP("PluginFault", "See about:sandbox.")},
    {PluginCode::Duplicate,
     QT_TRANSLATE_NOOP("PluginFault", "There is another plugin of this id, %2, which comes first."),
     QT_TRANSLATE_NOOP("PluginFault", "Remove one of them.")},
};

constexpr bool isComplete()
{
    int code = int(PluginCode::None);
    for (const Words &words : AllWords) {
        if (int(words.code) != ++code)
            return false;
    }
    return code == int(PluginCode::Last);
}
static_assert(isComplete(), "each code has its words, in the order of the codes");

Words wordsFor(PluginCode code)
{
    const std::size_t place = std::size_t(code) - 1;
    return place < std::size(AllWords) ? AllWords[place] : Words{code, "", ""};
}

} // namespace

QString pluginFaultCause(const PluginFault &fault)
{
    return tr(wordsFor(fault.code).cause)
        .replace(QLatin1String("%1"), QString::fromStdString(fault.subject))
        .replace(QLatin1String("%2"), QString::fromStdString(fault.found))
        .replace(QLatin1String("%3"), QString::fromStdString(fault.needed));
}

QString pluginFaultRemedy(PluginCode code)
{
    return tr(wordsFor(code).remedy);
}

QString pluginFaultText(const PluginFault &fault)
{
    const std::string_view name = pluginCodeName(fault.code);
    QString text = QStringLiteral("%1: %2 %3")
                       .arg(QString::fromLatin1(name.data(), qsizetype(name.size())), pluginFaultCause(fault),
                            pluginFaultRemedy(fault.code));
    if (fault.line > 0)
        text +=
            QLatin1Char(' ') +
            tr("(manifest.json, line %1, column %2)").arg(QString::number(fault.line), QString::number(fault.column));
    return text;
}

} // namespace bulkhead
