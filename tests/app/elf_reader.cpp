// SPDX-License-Identifier: BSD-3-Clause
#include "tests/app/elf_reader.h"

#include <QFile>

#include <cstring>

namespace bulkhead {

namespace {

template <class T>
T at(const QByteArray &bytes, quint64 offset)
{
    T value = {};
    if (offset <= quint64(bytes.size()) && sizeof value <= quint64(bytes.size()) - offset)
        std::memcpy(&value, bytes.constData() + offset, sizeof value);
    return value;
}

} // namespace

std::optional<ElfReader> ElfReader::read(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    const auto header = at<Elf64_Ehdr>(bytes, 0);
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64)
        return {};
    ElfReader elf;
    elf.m_type = header.e_type;
    for (int i = 0; i < header.e_phnum; ++i) {
        const auto segment = at<Elf64_Phdr>(bytes, header.e_phoff + quint64(i) * header.e_phentsize);
        elf.m_relro = elf.m_relro || segment.p_type == PT_GNU_RELRO;
        elf.m_writableCode =
            elf.m_writableCode || (segment.p_type == PT_LOAD && (segment.p_flags & PF_W) && (segment.p_flags & PF_X));
        if (segment.p_type == PT_LOAD && (segment.p_flags & PF_X))
            elf.m_landingPads +=
                int(bytes.mid(qsizetype(segment.p_offset), qsizetype(segment.p_filesz)).count("\xf3\x0f\x1e\xfa"));
        if (segment.p_type == PT_GNU_STACK) {
            elf.m_stackHeader = true;
            elf.m_executableStack = segment.p_flags & PF_X;
        } else if (segment.p_type == PT_DYNAMIC) {
            elf.readDynamic(bytes, segment);
        } else if (segment.p_type == PT_NOTE) {
            elf.readProperties(bytes, segment);
        }
    }
    elf.readSymbols(bytes);
    return elf;
}

void ElfReader::readDynamic(const QByteArray &bytes, const Elf64_Phdr &segment)
{
    for (quint64 offset = 0; offset + sizeof(Elf64_Dyn) <= segment.p_filesz; offset += sizeof(Elf64_Dyn)) {
        const auto entry = at<Elf64_Dyn>(bytes, segment.p_offset + offset);
        switch (entry.d_tag) {
        case DT_NULL:
            return;
        case DT_BIND_NOW:
            m_bindsNow = true;
            break;
        case DT_FLAGS:
            m_bindsNow = m_bindsNow || (entry.d_un.d_val & DF_BIND_NOW);
            m_textRelocations = m_textRelocations || (entry.d_un.d_val & DF_TEXTREL);
            break;
        case DT_FLAGS_1:
            m_bindsNow = m_bindsNow || (entry.d_un.d_val & DF_1_NOW);
            break;
        case DT_TEXTREL:
            m_textRelocations = true;
            break;
        case DT_RPATH:
        case DT_RUNPATH:
            m_runPath = true;
            break;
        }
    }
}

void ElfReader::readProperties(const QByteArray &bytes, const Elf64_Phdr &segment)
{
    constexpr quint32 X86Features = 0xc0000002, ShadowStack = 2; // GNU_PROPERTY_X86_FEATURE_1_AND
    for (quint64 offset = 0; offset + sizeof(Elf64_Nhdr) < segment.p_filesz;) {
        const auto note = at<Elf64_Nhdr>(bytes, segment.p_offset + offset);
        const quint64 content = offset + sizeof note + ((note.n_namesz + 3) & ~3u);
        if (note.n_type == NT_GNU_PROPERTY_TYPE_0) {
            for (quint64 property = content; property + 12 <= content + note.n_descsz;) {
                const auto type = at<quint32>(bytes, segment.p_offset + property);
                const auto size = at<quint32>(bytes, segment.p_offset + property + 4);
                if (type == X86Features)
                    m_shadowStack = at<quint32>(bytes, segment.p_offset + property + 8) & ShadowStack;
                property += 8 + ((size + 7) & ~7u);
            }
        }
        offset = content + ((note.n_descsz + 3) & ~3u);
    }
}

void ElfReader::readSymbols(const QByteArray &bytes)
{
    const auto header = at<Elf64_Ehdr>(bytes, 0);
    // Data of other libraries that a program holds a copy of, such as stdout: imported, although it is defined here.
    QSet<quint64> copies;
    for (int i = 0; i < header.e_shnum; ++i) {
        const auto section = at<Elf64_Shdr>(bytes, header.e_shoff + quint64(i) * header.e_shentsize);
        for (quint64 offset = 0; section.sh_type == SHT_RELA && offset + sizeof(Elf64_Rela) <= section.sh_size;
             offset += sizeof(Elf64_Rela)) {
            const auto relocation = at<Elf64_Rela>(bytes, section.sh_offset + offset);
            const auto type = ELF64_R_TYPE(relocation.r_info);
            if (type == (header.e_machine == EM_AARCH64 ? quint32(R_AARCH64_COPY) : quint32(R_X86_64_COPY)))
                copies.insert(ELF64_R_SYM(relocation.r_info));
        }
    }
    for (int i = 0; i < header.e_shnum; ++i) {
        const auto section = at<Elf64_Shdr>(bytes, header.e_shoff + quint64(i) * header.e_shentsize);
        if (section.sh_type != SHT_DYNSYM)
            continue;
        const auto names = at<Elf64_Shdr>(bytes, header.e_shoff + quint64(section.sh_link) * header.e_shentsize);
        for (quint64 offset = sizeof(Elf64_Sym); offset + sizeof(Elf64_Sym) <= section.sh_size;
             offset += sizeof(Elf64_Sym)) {
            const auto symbol = at<Elf64_Sym>(bytes, section.sh_offset + offset);
            const QString name = QString::fromLatin1(bytes.constData() + names.sh_offset + symbol.st_name);
            const int type = ELF64_ST_TYPE(symbol.st_info);
            if (symbol.st_shndx == SHN_UNDEF)
                m_imports.insert(name);
            else if (!copies.contains(offset / sizeof(Elf64_Sym)) && ELF64_ST_BIND(symbol.st_info) == STB_GLOBAL &&
                     (type == STT_FUNC || type == STT_OBJECT))
                m_exports.insert(name);
        }
    }
}

} // namespace bulkhead
