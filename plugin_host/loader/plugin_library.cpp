// SPDX-License-Identifier: BSD-3-Clause
#include "plugin_host/loader/plugin_library.h"

#include "plugin_host/loader/elf_file.h"

#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <sys/mman.h>
#include <sys/stat.h>

namespace bulkhead {

namespace {

std::string versionText(unsigned major, unsigned minor)
{
    return std::to_string(major) + '.' + std::to_string(minor);
}

tl::expected<ElfFile, PluginFault> readElf(int fd)
{
    struct stat status = {};
    if (::fstat(fd, &status) < 0 || status.st_size <= 0)
        return tl::unexpected(PluginFault{PluginCode::Elf, "library", "an empty file", "a 64-bit shared library"});
    const auto size = std::size_t(status.st_size);
    void *bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return tl::unexpected(PluginFault{PluginCode::Load, "library", std::strerror(errno), "memory"});
    auto file = ElfFile::parse(static_cast<const unsigned char *>(bytes), size);
    ::munmap(bytes, size);
    return file;
}

/// The major number in a name such as "libQt6Gui.so.6"; 0 for other libraries.
int qtMajorOf(const std::string &library)
{
    return library.rfind("libQt", 0) == 0 ? std::atoi(library.c_str() + 5) : 0;
}

tl::expected<void, PluginFault> checkQt(const ElfFile &file, const wire::PluginLoad &load, const std::string &qtVersion)
{
    const int major = std::atoi(qtVersion.c_str());
    for (const std::string &library : file.libraries) {
        const int wanted = qtMajorOf(library);
        if (wanted == 0)
            continue;
        if (!load.uses_qt())
            return tl::unexpected(PluginFault{PluginCode::QtUndeclared, library, "no \"qt\"", "\"qt\": \"6.4\""});
        if (wanted != major)
            return tl::unexpected(PluginFault{PluginCode::QtMajor, library, std::to_string(wanted), qtVersion});
    }
    if (!load.uses_qt())
        return {};
    const std::size_t dot = qtVersion.find('.');
    const unsigned minor = dot == qtVersion.npos ? 0 : unsigned(std::atoi(qtVersion.c_str() + dot + 1));
    if (load.qt_minor() > minor)
        return tl::unexpected(
            PluginFault{PluginCode::QtMinor, "qt", qtVersion, versionText(unsigned(major), load.qt_minor())});
    return {};
}

PluginFault understood(const char *loaderSays)
{
    const std::string text = loaderSays ? loaderSays : "";
    // "/f/7: version `Qt_6.7' not found (required by ...)", "/f/7: undefined symbol: name, version X"
    const std::size_t version = text.find("version `");
    if (version != text.npos) {
        const std::size_t from = version + std::strlen("version `");
        return {PluginCode::SymbolMissing, text.substr(from, text.find('\'', from) - from), "an older library",
                "that version"};
    }
    return {PluginCode::Load, "library", text, ""};
}

} // namespace

tl::expected<void, PluginFault> checkAbi(unsigned major, unsigned minor)
{
    const std::string theirs = versionText(major, minor);
    const std::string ours = versionText(BULKHEAD_ABI_MAJOR, BULKHEAD_ABI_MINOR);
    if (major != BULKHEAD_ABI_MAJOR)
        return tl::unexpected(PluginFault{PluginCode::AbiMajor, "abi", theirs, ours});
    if (minor > BULKHEAD_ABI_MINOR)
        return tl::unexpected(PluginFault{PluginCode::AbiMinor, "abi", theirs, ours});
    return {};
}

tl::expected<PluginLibrary, PluginFault> PluginLibrary::prepare(UniqueFd memory, const wire::PluginLoad &load,
                                                                const std::string &qtVersion)
{
    if (const auto abi = checkAbi(load.abi_major(), load.abi_minor()); !abi)
        return tl::unexpected(abi.error());
    if (load.uses_qt() && qtVersion.empty())
        return tl::unexpected(PluginFault{PluginCode::QtMissing, "qt", "none", versionText(6, load.qt_minor())});
    const auto file = readElf(memory.get());
    if (!file)
        return tl::unexpected(file.error());
    if (file->architecture != thisArchitecture())
        return tl::unexpected(PluginFault{PluginCode::Architecture, "library", file->architecture, thisArchitecture()});
    if (file->executableStack)
        return tl::unexpected(PluginFault{PluginCode::ExecutableStack, "library", "an executable stack", "none"});
    if (file->textRelocations)
        return tl::unexpected(PluginFault{PluginCode::TextRelocations, "library",
                                          "code that is changed while it is loaded", "position-independent code"});
    if (!file->exports(BULKHEAD_ENTRY))
        return tl::unexpected(
            PluginFault{PluginCode::EntryMissing, BULKHEAD_ENTRY, "no such symbol", "an exported object"});
    if (const auto qt = checkQt(*file, load, qtVersion); !qt)
        return tl::unexpected(qt.error());

    PluginLibrary library;
    library.m_memory = std::move(memory);
    library.m_load = load;
    for (const std::string &name : file->libraries) {
        void *handle = name.find('/') == name.npos ? ::dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL) : nullptr;
        if (!handle)
            return tl::unexpected(
                PluginFault{PluginCode::DependencyMissing, name, "not installed", "the system's library"});
        library.m_dependencies.push_back(handle);
    }
    for (const std::string &symbol : file->undefined) {
        bool found = ::dlsym(RTLD_DEFAULT, symbol.c_str()) != nullptr;
        for (std::size_t i = 0; !found && i < library.m_dependencies.size(); ++i) {
            ::dlerror();
            ::dlsym(library.m_dependencies[i], symbol.c_str());
            found = ::dlerror() == nullptr; // an address may be null
        }
        if (!found)
            return tl::unexpected(
                PluginFault{PluginCode::SymbolMissing, symbol, "in none of its libraries", "a library that has it"});
    }
    return library;
}

tl::expected<const bulkhead_plugin *, PluginFault> PluginLibrary::open(const std::string &descriptorFolder)
{
    const std::string path = descriptorFolder + '/' + std::to_string(m_memory.get());
    void *handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return tl::unexpected(understood(::dlerror()));
    m_memory.reset();
    const auto *entry = static_cast<const bulkhead_plugin *>(::dlsym(handle, BULKHEAD_ENTRY));
    if (!entry)
        return tl::unexpected(
            PluginFault{PluginCode::EntryMissing, BULKHEAD_ENTRY, "no such symbol", "an exported object"});
    if (const auto checked = checkEntry(*entry, m_load); !checked)
        return tl::unexpected(checked.error());
    return entry;
}

tl::expected<void, PluginFault> checkEntry(const bulkhead_plugin &entry, const wire::PluginLoad &load)
{
    if (!BULKHEAD_REACHES(&entry, paint))
        return tl::unexpected(PluginFault{PluginCode::EntrySize, BULKHEAD_ENTRY, std::to_string(entry.size) + " bytes",
                                          "at least " + std::to_string(offsetof(bulkhead_plugin, view)) + " bytes"});
    if (const auto abi = checkAbi(entry.abi_major, entry.abi_minor); !abi)
        return abi;
    if (entry.abi_major != load.abi_major() || entry.abi_minor != load.abi_minor())
        return tl::unexpected(PluginFault{PluginCode::AbiDiffers, "abi",
                                          versionText(load.abi_major(), load.abi_minor()),
                                          versionText(entry.abi_major, entry.abi_minor)});
    const std::pair<const char *, bool> required[] = {
        {"create", entry.create != nullptr}, {"destroy", entry.destroy != nullptr}, {"paint", entry.paint != nullptr}};
    for (const auto &[name, present] : required) {
        if (!present)
            return tl::unexpected(PluginFault{PluginCode::EntryIncomplete, name, "null", "a function"});
    }
    if (!entry.id || load.id() != entry.id)
        return tl::unexpected(PluginFault{PluginCode::EntryId, "id", entry.id ? entry.id : "none", load.id()});
    return {};
}

} // namespace bulkhead
