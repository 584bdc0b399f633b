// SPDX-License-Identifier: BSD-3-Clause
#include "plugin_host/loader/elf_file.h"

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <optional>

namespace bulkhead {

namespace {

constexpr std::size_t MostSymbols = 1 << 20;
constexpr std::size_t MostLibraries = 512;
constexpr std::size_t MostName = 4096;

PluginFault noElf(std::string found)
{
    return {PluginCode::Elf, "library", std::move(found), "a 64-bit shared library"};
}

std::string architectureOf(std::uint16_t machine)
{
    switch (machine) {
    case EM_X86_64:
        return "x86_64";
    case EM_AARCH64:
        return "aarch64";
    case EM_RISCV:
        return "riscv64";
    case EM_386:
        return "i386";
    case EM_ARM:
        return "arm";
    default:
        return "machine " + std::to_string(machine);
    }
}

class Reader
{
public:
    Reader(const unsigned char *bytes, std::size_t size) : m_bytes(bytes), m_size(size) {}

    template <class T>
    std::optional<T> at(std::uint64_t offset) const
    {
        if (offset > m_size || m_size - offset < sizeof(T))
            return {};
        T value;
        std::memcpy(&value, m_bytes + offset, sizeof value);
        return value;
    }

    /// A zero-terminated text that begins at @p offset and ends before @p end.
    std::optional<std::string> text(std::uint64_t offset, std::uint64_t end) const
    {
        end = std::min<std::uint64_t>(end, m_size);
        if (offset >= end)
            return {};
        const auto *from = reinterpret_cast<const char *>(m_bytes + offset);
        const std::size_t most = std::min<std::size_t>(end - offset, MostName);
        const std::size_t length = ::strnlen(from, most);
        return length == most ? std::nullopt : std::optional(std::string(from, length));
    }

private:
    const unsigned char *m_bytes;
    std::size_t m_size;
};

/// The dynamic section: what the system's loader reads.
struct Dynamic
{
    std::vector<Elf64_Phdr> segments;
    std::uint64_t strings = 0, stringBytes = 0, symbols = 0, gnuHash = 0, hash = 0;
    std::vector<std::uint64_t> needed; ///< offsets into the strings
    bool textRelocations = false;

    /// Where in the file the address lies.
    std::optional<std::uint64_t> offsetOf(std::uint64_t address) const
    {
        for (const Elf64_Phdr &segment : segments) {
            if (segment.p_type == PT_LOAD && address >= segment.p_vaddr && address - segment.p_vaddr < segment.p_filesz)
                return segment.p_offset + (address - segment.p_vaddr);
        }
        return {};
    }
};

std::optional<Dynamic> readDynamic(const Reader &reader, const Elf64_Ehdr &header)
{
    Dynamic dynamic;
    const Elf64_Phdr *table = nullptr;
    for (unsigned i = 0; i < header.e_phnum; ++i) {
        const auto segment = reader.at<Elf64_Phdr>(header.e_phoff + std::uint64_t(i) * sizeof(Elf64_Phdr));
        if (!segment)
            return {};
        dynamic.segments.push_back(*segment);
    }
    for (const Elf64_Phdr &segment : dynamic.segments) {
        if (segment.p_type == PT_DYNAMIC)
            table = &segment;
    }
    if (!table)
        return {};
    const std::uint64_t count = std::min<std::uint64_t>(table->p_filesz / sizeof(Elf64_Dyn), 4096);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto entry = reader.at<Elf64_Dyn>(table->p_offset + i * sizeof(Elf64_Dyn));
        if (!entry)
            return {};
        const std::uint64_t value = entry->d_un.d_val;
        switch (entry->d_tag) {
        case DT_NULL:
            return dynamic;
        case DT_STRTAB:
            dynamic.strings = value;
            break;
        case DT_STRSZ:
            dynamic.stringBytes = value;
            break;
        case DT_SYMTAB:
            dynamic.symbols = value;
            break;
        case DT_GNU_HASH:
            dynamic.gnuHash = value;
            break;
        case DT_HASH:
            dynamic.hash = value;
            break;
        case DT_TEXTREL:
            dynamic.textRelocations = true;
            break;
        case DT_FLAGS:
            dynamic.textRelocations = dynamic.textRelocations || (value & DF_TEXTREL);
            break;
        case DT_NEEDED:
            if (dynamic.needed.size() == MostLibraries)
                return {};
            dynamic.needed.push_back(value);
            break;
        default:
            break;
        }
    }
    return dynamic;
}

/// How many dynamic symbols there are: nobody says so, but the hash tables tell.
std::optional<std::uint64_t> symbolCount(const Reader &reader, const Dynamic &dynamic)
{
    if (dynamic.hash != 0) {
        const auto offset = dynamic.offsetOf(dynamic.hash);
        const auto count = offset ? reader.at<std::uint32_t>(*offset + 4) : std::nullopt;
        return count ? std::optional<std::uint64_t>(*count) : std::nullopt;
    }
    const auto offset = dynamic.gnuHash != 0 ? dynamic.offsetOf(dynamic.gnuHash) : std::nullopt;
    if (!offset)
        return {};
    const auto buckets = reader.at<std::uint32_t>(*offset);
    const auto first = reader.at<std::uint32_t>(*offset + 4);
    const auto bloom = reader.at<std::uint32_t>(*offset + 8);
    if (!buckets || !first || !bloom || *buckets > MostSymbols || *bloom > MostSymbols)
        return {};
    const std::uint64_t bucketsAt = *offset + 16 + std::uint64_t(*bloom) * 8;
    const std::uint64_t chainsAt = bucketsAt + std::uint64_t(*buckets) * 4;
    std::uint64_t last = 0;
    for (std::uint32_t i = 0; i < *buckets; ++i) {
        const auto bucket = reader.at<std::uint32_t>(bucketsAt + std::uint64_t(i) * 4);
        if (!bucket)
            return {};
        last = std::max<std::uint64_t>(last, *bucket);
    }
    if (last < *first)
        return *first; // nothing is exported
    for (; last < MostSymbols; ++last) {
        const auto link = reader.at<std::uint32_t>(chainsAt + (last - *first) * 4);
        if (!link)
            return {};
        if (*link & 1)
            return last + 1;
    }
    return {};
}

} // namespace

tl::expected<ElfFile, PluginFault> ElfFile::parse(const unsigned char *bytes, std::size_t size)
{
    const Reader reader(bytes, size);
    const auto header = reader.at<Elf64_Ehdr>(0);
    if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0)
        return tl::unexpected(noElf("something else"));
    ElfFile file;
    file.architecture = architectureOf(header->e_machine);
    if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB)
        return tl::unexpected(PluginFault{PluginCode::Architecture, "library", file.architecture, thisArchitecture()});
    if (header->e_type != ET_DYN || header->e_phentsize != sizeof(Elf64_Phdr))
        return tl::unexpected(noElf("another kind of ELF file"));
    const auto dynamic = readDynamic(reader, *header);
    const auto strings = dynamic ? dynamic->offsetOf(dynamic->strings) : std::nullopt;
    const auto symbols = dynamic ? dynamic->offsetOf(dynamic->symbols) : std::nullopt;
    if (!strings || !symbols || dynamic->stringBytes > size)
        return tl::unexpected(noElf("a damaged one"));
    const std::uint64_t stringsEnd = *strings + dynamic->stringBytes;
    for (const std::uint64_t name : dynamic->needed) {
        const auto library = reader.text(*strings + name, stringsEnd);
        if (!library)
            return tl::unexpected(noElf("a damaged one"));
        file.libraries.push_back(*library);
    }
    file.textRelocations = dynamic->textRelocations;
    for (const Elf64_Phdr &segment : dynamic->segments)
        file.executableStack = file.executableStack || (segment.p_type == PT_GNU_STACK && (segment.p_flags & PF_X));
    const auto count = symbolCount(reader, *dynamic);
    if (!count || *count > MostSymbols)
        return tl::unexpected(noElf("a damaged one"));
    for (std::uint64_t i = 1; i < *count; ++i) {
        const auto symbol = reader.at<Elf64_Sym>(*symbols + i * sizeof(Elf64_Sym));
        const auto name = symbol ? reader.text(*strings + symbol->st_name, stringsEnd) : std::nullopt;
        if (!name)
            return tl::unexpected(noElf("a damaged one"));
        if (name->empty())
            continue;
        if (symbol->st_shndx != SHN_UNDEF)
            file.exported.push_back(*name);
        else if (ELF64_ST_BIND(symbol->st_info) == STB_GLOBAL)
            file.undefined.push_back(*name);
    }
    return file;
}

bool ElfFile::exports(const std::string &symbol) const
{
    return std::find(exported.begin(), exported.end(), symbol) != exported.end();
}

const char *thisArchitecture()
{
#if defined(__x86_64__)
    return "x86_64";
#elif defined(__aarch64__)
    return "aarch64";
#elif defined(__riscv)
    return "riscv64";
#else
    return "unknown";
#endif
}

} // namespace bulkhead
