// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QSet>
#include <QString>

#include <elf.h>
#include <optional>

namespace bulkhead {

/// What a 64-bit ELF file says of itself to the kernel and to the loader; for files that we built.
class ElfReader
{
public:
    static std::optional<ElfReader> read(const QString &file);

    bool isPositionIndependent() const { return m_type == ET_DYN; }
    bool hasRelro() const { return m_relro; }
    bool bindsNow() const { return m_bindsNow; }
    bool hasStackHeader() const { return m_stackHeader; }
    bool hasExecutableStack() const { return m_executableStack; }
    bool hasTextRelocations() const { return m_textRelocations; }
    bool hasWritableCode() const { return m_writableCode; }
    bool hasRunPath() const { return m_runPath; }
    bool hasShadowStack() const { return m_shadowStack; } ///< it may run with one: the mark SHSTK
    int landingPads() const { return m_landingPads; }     ///< endbr64 in its code
    const QSet<QString> &imports() const { return m_imports; }
    const QSet<QString> &exports() const
    {
        return m_exports;
    } ///< functions and data, not weak ones (templates, inlines)

private:
    void readDynamic(const QByteArray &bytes, const Elf64_Phdr &segment);
    void readProperties(const QByteArray &bytes, const Elf64_Phdr &segment);
    void readSymbols(const QByteArray &bytes);

    int m_type = ET_NONE;
    bool m_relro = false, m_bindsNow = false, m_stackHeader = false, m_executableStack = false,
         m_textRelocations = false;
    bool m_writableCode = false, m_runPath = false, m_shadowStack = false;
    int m_landingPads = 0;
    QSet<QString> m_imports, m_exports;
};

} // namespace bulkhead
