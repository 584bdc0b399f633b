// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/crashes/symboliser.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLibraryInfo>

#include <algorithm>
#include <cstdlib>
#include <cxxabi.h>
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead {

namespace {

template <auto function>
struct Calls
{
    template <class T>
    void operator()(T *pointer) const
    {
        function(pointer);
    }
};
using Session = std::unique_ptr<Dwfl, Calls<&dwfl_end>>;

QString demangled(const char *name)
{
    if (!name)
        return {};
    int status = 0;
    const std::unique_ptr<char, Calls<&std::free>> plain(abi::__cxa_demangle(name, nullptr, nullptr, &status));
    return QString::fromUtf8(status == 0 && plain ? plain.get() : name);
}

bool mayBeRead(const QString &path, const QStringList &folders)
{
    const QString real = QFileInfo(path).canonicalFilePath();
    struct stat info = {};
    if (real.isEmpty() || ::stat(real.toLocal8Bit().constData(), &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    return (info.st_uid == 0 || info.st_uid == ::geteuid()) && (info.st_mode & S_IWOTH) == 0 &&
           std::any_of(folders.begin(), folders.end(),
                       [&](const QString &folder) { return real.startsWith(folder + u'/'); });
}

Session openModules(const CrashRecord &record, const QStringList &folders)
{
    // Static: the session keeps a pointer to it.
    static const Dwfl_Callbacks Callbacks{&dwfl_build_id_find_elf, &dwfl_standard_find_debuginfo,
                                          &dwfl_offline_section_address, nullptr};
    Session session(dwfl_begin(&Callbacks));
    if (!session)
        return session;
    dwfl_report_begin(session.get());
    QStringList reported;
    for (const CrashRecord::Module &module : record.modules) {
        // Only those that frames lie in: each one's symbols are read.
        const bool isNeeded = std::any_of(record.frames.begin(), record.frames.end(), [&](quint64 address) {
            return address >= module.start && address <= module.end;
        });
        if (!isNeeded || reported.contains(module.path) || !mayBeRead(module.path, folders))
            continue;
        reported << module.path;
        const QByteArray path = module.path.toLocal8Bit();
        dwfl_report_elf(session.get(), path.constData(), path.constData(), -1, module.base, true);
    }
    dwfl_report_end(session.get(), nullptr, nullptr);
    return session;
}

QString nameOf(Dwarf_Die *die)
{
    Dwarf_Attribute attribute;
    for (const int which : {DW_AT_linkage_name, DW_AT_MIPS_linkage_name}) {
        if (const char *name = dwarf_formstring(dwarf_attr_integrate(die, unsigned(which), &attribute)))
            return demangled(name);
    }
    return QString::fromUtf8(dwarf_diename(die));
}

/// The functions that were inlined at @p address, innermost first, and last the one they were inlined into.
QList<StackFrame> inlinedAt(Dwfl_Module *module, Dwarf_Addr address, const StackFrame &plain)
{
    Dwarf_Addr bias = 0;
    Dwarf_Die *unit = dwfl_module_addrdie(module, address, &bias);
    Dwarf_Die *scopes = nullptr;
    const int count = unit ? dwarf_getscopes(unit, address - bias, &scopes) : 0;
    const std::unique_ptr<Dwarf_Die, Calls<&std::free>> owner(scopes);
    QList<StackFrame> frames;
    StackFrame current = plain;
    for (int i = 0; i < count; ++i) {
        const int tag = dwarf_tag(&scopes[i]);
        if (tag != DW_TAG_inlined_subroutine && tag != DW_TAG_subprogram)
            continue;
        current.isInlined = tag == DW_TAG_inlined_subroutine;
        // The symbol table knows a function's whole name; of what was inlined only the debug information knows one.
        if (const QString name = nameOf(&scopes[i]);
            !name.isEmpty() && (current.isInlined || current.function.isEmpty()))
            current.function = name;
        frames << current;
        if (!current.isInlined)
            break;
        // Where it was called from is the place in the next one.
        Dwarf_Attribute attribute;
        Dwarf_Word line = 0, file = 0;
        Dwarf_Files *files = nullptr;
        size_t fileCount = 0;
        current = plain;
        current.file.clear();
        current.line = 0;
        if (dwarf_formudata(dwarf_attr(&scopes[i], DW_AT_call_line, &attribute), &line) == 0)
            current.line = int(line);
        if (dwarf_formudata(dwarf_attr(&scopes[i], DW_AT_call_file, &attribute), &file) == 0 &&
            dwarf_getsrcfiles(unit, &files, &fileCount) == 0 && file < fileCount)
            current.file = QString::fromUtf8(dwarf_filesrc(files, file, nullptr, nullptr));
    }
    if (frames.isEmpty() || frames.last().isInlined)
        frames << current;
    return frames;
}

QList<StackFrame> describe(Dwfl *session, const CrashRecord &record, quint64 address, bool isReturnAddress)
{
    StackFrame frame;
    frame.address = address;
    for (const CrashRecord::Module &module : record.modules) {
        if (address >= module.start && address < module.end) {
            frame.module = QFileInfo(module.path).fileName();
            frame.offset = address - module.base;
        }
    }
    // A return address may be the first of the next line, or even of the next function.
    const Dwarf_Addr place = isReturnAddress ? address - 1 : address;
    Dwfl_Module *module = session ? dwfl_addrmodule(session, place) : nullptr;
    if (!module)
        return {frame};
    GElf_Off offset = 0;
    GElf_Sym symbol;
    frame.function = demangled(dwfl_module_addrinfo(module, place, &offset, &symbol, nullptr, nullptr, nullptr));
    if (Dwfl_Line *line = dwfl_module_getsrc(module, place)) {
        int number = 0;
        frame.file = QString::fromUtf8(dwfl_lineinfo(line, nullptr, &number, nullptr, nullptr, nullptr));
        frame.line = number;
    }
    return inlinedAt(module, place, frame);
}

} // namespace

QList<StackFrame> symbolise(const CrashRecord &record, const QStringList &folders)
{
    const Session session = openModules(record, folders);
    QList<StackFrame> frames;
    for (qsizetype i = 0; i < record.frames.size(); ++i)
        frames += describe(session.get(), record, record.frames[i], i > 0);
    return frames;
}

QStringList symbolFolders()
{
    QStringList folders{QStringLiteral("/usr/lib"), QStringLiteral("/usr/local/lib"), QStringLiteral("/lib"),
                        QStringLiteral("/lib64")};
    for (const QString &folder :
         {QCoreApplication::applicationDirPath(), QLibraryInfo::path(QLibraryInfo::LibrariesPath),
          QLibraryInfo::path(QLibraryInfo::PluginsPath)})
        folders << QFileInfo(folder).canonicalFilePath();
    folders.removeAll(QString());
    folders.removeDuplicates();
    return folders;
}

} // namespace bulkhead
