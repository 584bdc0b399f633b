// SPDX-License-Identifier: BSD-3-Clause
// Libraries: read without being loaded, refused with a code, loaded from sealed memory.
#include "plugin_host/loader/elf_file.h"
#include "plugin_host/loader/plugin_library.h"

#include <QFile>
#include <QtTest>

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

QByteArray fixture(const char *name)
{
    QFile file(QStringLiteral(PLUGIN_FIXTURES "/plugin_%1.so").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

UniqueFd memory(const QByteArray &bytes)
{
    UniqueFd fd(::memfd_create("plugin", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (::write(fd.get(), bytes.constData(), std::size_t(bytes.size())) != bytes.size())
        return {};
    ::fcntl(fd.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
    // A number of its own: the system's loader knows a library that it has loaded by its path.
    static int number = 100;
    return UniqueFd(::fcntl(fd.get(), F_DUPFD_CLOEXEC, ++number));
}

wire::PluginLoad load(unsigned major = BULKHEAD_ABI_MAJOR, unsigned minor = BULKHEAD_ABI_MINOR)
{
    wire::PluginLoad load;
    load.set_id("org.example.fixture");
    load.set_abi_major(major);
    load.set_abi_minor(minor);
    return load;
}

auto parse(const QByteArray &bytes)
{
    return ElfFile::parse(reinterpret_cast<const unsigned char *>(bytes.constData()), std::size_t(bytes.size()));
}

/// What is wrong with it, by the time its entry is checked.
PluginFault faultOf(const QByteArray &bytes, const wire::PluginLoad &load, const std::string &qt = {})
{
    auto library = PluginLibrary::prepare(memory(bytes), load, qt);
    if (!library)
        return library.error();
    const auto entry = library->open("/proc/self/fd");
    return entry ? PluginFault() : entry.error();
}

QByteArray codeOf(const PluginFault &fault)
{
    const std::string_view name = pluginCodeName(fault.code);
    return QByteArray(name.data(), qsizetype(name.size()));
}

} // namespace

class LoaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLibraryTellsWhatItNeedsAndExports()
    {
        const auto file = parse(fixture("good"));
        QVERIFY(file);
        QCOMPARE(QByteArray::fromStdString(file->architecture), QByteArray(thisArchitecture()));
        QVERIFY(file->exports(BULKHEAD_ENTRY));
        QVERIFY(!file->exports("create")); // static
        QVERIFY(std::find(file->libraries.begin(), file->libraries.end(), "libc.so.6") != file->libraries.end() ||
                file->libraries.empty());
        QVERIFY(!file->executableStack && !file->textRelocations);
    }

    void aGoodLibraryIsLoadedFromSealedMemory()
    {
        auto library = PluginLibrary::prepare(memory(fixture("good")), load(), {});
        QVERIFY(library);
        const auto entry = library->open("/proc/self/fd");
        QVERIFY(entry);
        QCOMPARE((*entry)->id, "org.example.fixture");
        QVERIFY(library->descriptor() < 0);
    }

    void olderAndYoungerEntriesAreUsedAsFarAsTheyGo()
    {
        auto older = PluginLibrary::prepare(memory(fixture("older")), load(), {});
        QVERIFY(older);
        const auto small = older->open("/proc/self/fd");
        QVERIFY2(small, small ? "" : small.error().found.c_str());
        QVERIFY((*small)->view && (*small)->extension); // there, but not the host's to call
        QVERIFY(!BULKHEAD_HAS(*small, view) && !BULKHEAD_HAS(*small, extension) && BULKHEAD_HAS(*small, paint));
        auto younger = PluginLibrary::prepare(memory(fixture("younger")), load(), {});
        QVERIFY(younger);
        const auto large = younger->open("/proc/self/fd");
        QVERIFY(large && BULKHEAD_HAS(*large, paint) && !BULKHEAD_HAS(*large, view));
    }

    void whatIsWrongHasACode_data()
    {
        QTest::addColumn<QByteArray>("library");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char *name, const char *code) {
            QTest::newRow(name) << fixture(name) << QByteArray(code);
        };
        row("entry_size", "PLUG-ENTRY-SIZE");
        row("incomplete_create", "PLUG-ENTRY-INCOMPLETE");
        row("incomplete_paint", "PLUG-ENTRY-INCOMPLETE");
        row("other_id", "PLUG-ENTRY-ID");
        row("no_entry", "PLUG-ENTRY-MISSING");
        row("stack", "PLUG-EXECUTABLE-STACK");
        row("undefined", "PLUG-SYMBOL-MISSING");
        row("needs_qt", "PLUG-QT-UNDECLARED");
        row("abi_major", "PLUG-ABI-MAJOR");
        row("abi_minor", "PLUG-ABI-MINOR");
        QTest::newRow("a text") << QByteArray("#!/bin/sh\n") << QByteArray("PLUG-ELF");
        QTest::newRow("nothing") << QByteArray() << QByteArray("PLUG-ELF");
        QTest::newRow("half a library") << fixture("good").left(900) << QByteArray("PLUG-ELF");
        QByteArray program = fixture("good");
        program[16] = char(ET_REL); // e_type
        QTest::newRow("an object file") << program << QByteArray("PLUG-ELF");
        QByteArray foreign = fixture("good");
        foreign[18] = char(EM_S390); // e_machine
        QTest::newRow("another processor") << foreign << QByteArray("PLUG-ARCH");
        QByteArray narrow = fixture("good");
        narrow[4] = char(ELFCLASS32);
        QTest::newRow("32 bit") << narrow << QByteArray("PLUG-ARCH");
        // DT_FLAGS or the like become DT_TEXTREL by a changed tag, a needed library by a changed name.
        QByteArray relocations = fixture("good");
        const auto *header = reinterpret_cast<const Elf64_Ehdr *>(relocations.constData());
        const auto *segments = reinterpret_cast<const Elf64_Phdr *>(relocations.constData() + header->e_phoff);
        for (int i = 0; i < header->e_phnum; ++i) {
            if (segments[i].p_type == PT_DYNAMIC) {
                auto *entries = reinterpret_cast<Elf64_Dyn *>(relocations.data() + segments[i].p_offset);
                for (; entries->d_tag != DT_NULL; ++entries) {
                    if (entries->d_tag == DT_RELACOUNT)
                        entries->d_tag = DT_TEXTREL;
                }
            }
        }
        QTest::newRow("text relocations") << relocations << QByteArray("PLUG-TEXT-RELOCATIONS");
        QByteArray dependency = fixture("crashing_constructor");
        dependency.replace("libc.so.6", "libd.so.6");
        QTest::newRow("a library that is missing") << dependency << QByteArray("PLUG-DEPENDENCY-MISSING");
    }
    void whatIsWrongHasACode()
    {
        QFETCH(QByteArray, library);
        QFETCH(QByteArray, code);
        QCOMPARE(codeOf(faultOf(library, load())), code);
    }

    void theVersionsOfTheManifestAreCheckedBeforeAnythingIsRead()
    {
        const PluginFault major = faultOf("nonsense", load(2, 0));
        QCOMPARE(codeOf(major), QByteArray("PLUG-ABI-MAJOR"));
        QCOMPARE(major.found, std::string("2.0"));
        QCOMPARE(major.needed, std::string("1.0"));
        QCOMPARE(codeOf(faultOf("nonsense", load(1, 99))), QByteArray("PLUG-ABI-MINOR"));
        wire::PluginLoad qt = load();
        qt.set_uses_qt(true);
        qt.set_qt_minor(4);
        QCOMPARE(codeOf(faultOf(fixture("good"), qt)), QByteArray("PLUG-QT-MISSING"));
        qt.set_qt_minor(99);
        QCOMPARE(codeOf(faultOf(fixture("good"), qt, "6.4.2")), QByteArray("PLUG-QT-MINOR"));
        QCOMPARE(codeOf(faultOf(fixture("needs_qt"), qt, "7.0.0")), QByteArray("PLUG-QT-MAJOR"));
    }

    void aManifestAndALibraryThatDisagreeAreRefused()
    {
        bulkhead_plugin entry{};
        entry.size = sizeof entry;
        entry.abi_major = BULKHEAD_ABI_MAJOR;
        entry.abi_minor = BULKHEAD_ABI_MINOR;
        const auto differs = checkEntry(entry, load(BULKHEAD_ABI_MAJOR + 1, 0));
        QVERIFY(!differs);
        QCOMPARE(codeOf(differs.error()), QByteArray("PLUG-ABI-DIFFERS"));
    }

    void aDescriptorThatCannotBeReachedIsALoadFault()
    {
        auto library = PluginLibrary::prepare(memory(fixture("good")), load(), {});
        QVERIFY(library);
        const auto entry = library->open("/nowhere");
        QVERIFY(!entry);
        QCOMPARE(codeOf(entry.error()), QByteArray("PLUG-LOAD"));
        QVERIFY(!entry.error().found.empty());
    }

    void mutatedAndTruncatedLibrariesAreReadWithoutHarm()
    {
        const QByteArray good = fixture("good");
        quint32 seed = 1;
        for (int i = 0; i < 20'000; ++i) {
            QByteArray bytes = good;
            for (int change = 0; change < 4; ++change) {
                seed = seed * 1664525 + 1013904223;
                const bool early = change < 2; // headers are where it hurts
                bytes[qsizetype(seed >> 8) % (early ? 1024 : bytes.size())] = char(seed);
            }
            if (i % 3 == 0)
                bytes.truncate(qsizetype(seed >> 4) % bytes.size());
            const auto file = parse(bytes);
            if (!file)
                QVERIFY(file.error().code != PluginCode::None);
        }
    }
};

QTEST_GUILESS_MAIN(LoaderTest)
#include "loader_test.moc"
