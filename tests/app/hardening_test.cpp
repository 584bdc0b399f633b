// SPDX-License-Identifier: BSD-3-Clause
// What the binaries are made of, read from the files: every program, library and plugin that ships is hardened, and one
// that was built without is found out.
#include "tests/app/elf_reader.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;

namespace {

/// What is wrong with the hardening of a file; empty when nothing is. @p exports: what else may be seen from outside.
QStringList faultsOf(const ElfReader &elf, const QStringList &exports)
{
    QStringList faults;
    const auto demand = [&faults](bool holds, const char *sentence) {
        if (!holds)
            faults << QLatin1String(sentence);
    };
    demand(elf.isPositionIndependent(), "lies at a fixed address");
    demand(elf.hasRelro(), "no part becomes read-only after relocation (RELRO)");
    demand(elf.bindsNow(), "its table of functions stays writable (no BIND_NOW)");
    demand(elf.hasStackHeader() && !elf.hasExecutableStack(), "the stack is executable");
    demand(!elf.hasTextRelocations(), "code is written to at start (TEXTREL)");
    demand(!elf.hasWritableCode(), "a segment is writable and executable");
    demand(!elf.hasRunPath(), "libraries are looked for where it was built (RPATH)");
    demand(elf.imports().contains(QStringLiteral("__stack_chk_fail")), "no stack protector");
#ifdef __x86_64__
    demand(elf.hasShadowStack(), "not marked for a shadow stack (CET)");
    demand(elf.landingPads() >= 8, "no landing pads for indirect branches (CET)");
#endif
    // What the compiler always replaces by a checked variant ("__printf_chk"), whatever it knows of sizes.
    for (const char *unchecked : {"printf", "fprintf", "dprintf"})
        demand(!elf.imports().contains(QLatin1String(unchecked)), unchecked);
    for (const QString &name : elf.exports()) {
        if (!exports.contains(name))
            faults << QStringLiteral("exports ") + name;
    }
    return faults;
}

/// The linker's own, which are no functions; and what is exported in every copy for good: one object, many libraries.
const QStringList Always = {
    QStringLiteral("_init"),        QStringLiteral("_fini"),       QStringLiteral("_IO_stdin_used"),
    QStringLiteral("__data_start"), QStringLiteral("data_start"),  QStringLiteral("_edata"),
    QStringLiteral("_end"),         QStringLiteral("__bss_start"), QStringLiteral("_start"),
    QStringLiteral("main"),         QStringLiteral("__TMC_END__"), QStringLiteral("__dso_handle")};

} // namespace

class HardeningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QLatin1String(HARDENED).isEmpty())
            QSKIP("this build is for debugging");
    }

    void whatShipsIsHardened_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("exports");
        const QString bin = QStringLiteral(BIN_FOLDER);
        for (const char *program : {"bulkhead", "bulkhead-plugin-host", "bulkhead-lab-worker"})
            QTest::newRow(program) << bin + u'/' + QLatin1String(program) << Always;
        // In place of FreeType's: renderer/process/font_memory.h.
        const QString ownFonts = QStringLiteral("FT_New_Face");
        QTest::newRow("bulkhead-child") << bin + QStringLiteral("/bulkhead-child") << Always + QStringList{ownFonts};
        QTest::newRow("bulkhead-plugin-qt.so") << bin + QStringLiteral("/bulkhead-plugin-qt.so")
                                               << Always + QStringList{QStringLiteral("bulkhead_qt_runtime"), ownFonts};
        const QDir plugins(QStringLiteral(PLUGINS));
        for (const QString &folder : plugins.entryList({QStringLiteral("*.bulkplug")}, QDir::Dirs)) {
            for (const QString &library :
                 QDir(plugins.filePath(folder)).entryList({QStringLiteral("*.so")}, QDir::Files)) {
                QTest::newRow(qPrintable(library)) << plugins.filePath(folder) + u'/' + library
                                                   << Always + QStringList{QStringLiteral("bulkhead_plugin_entry")};
            }
        }
    }
    void whatShipsIsHardened()
    {
        QFETCH(QString, file);
        QFETCH(QStringList, exports);
        const auto elf = ElfReader::read(file);
        QVERIFY2(elf, qPrintable(file));
        QCOMPARE(faultsOf(*elf, exports).join(QStringLiteral("; ")), QString());
        // Where it does know of sizes; a small library may have no such place.
        const bool checks = std::any_of(elf->imports().begin(), elf->imports().end(), [](const QString &name) {
            return name.startsWith(QLatin1String("__")) && name.endsWith(QLatin1String("_chk"));
        });
        QVERIFY(checks || file.endsWith(QLatin1String(".so")));
    }

    void everyPluginThatWasBuiltIsLookedAt()
    {
        QVERIFY(QDir(QStringLiteral(PLUGINS)).entryList({QStringLiteral("*.bulkplug")}, QDir::Dirs).size() >= 4);
    }

    // The control: the same looks at a program that was built without any of it.
    void aProgramWithoutHardeningIsFoundOut()
    {
        const auto elf = ElfReader::read(QStringLiteral(UNHARDENED));
        QVERIFY(elf);
        const QStringList faults = faultsOf(*elf, Always);
        for (const char *fault : {"lies at a fixed address", "no part becomes read-only after relocation (RELRO)",
                                  "its table of functions stays writable (no BIND_NOW)", "the stack is executable",
                                  "libraries are looked for where it was built (RPATH)", "no stack protector", "printf",
#ifdef __x86_64__
                                  "not marked for a shadow stack (CET)", "no landing pads for indirect branches (CET)",
#endif
                                  "exports seen_from_outside"})
            QVERIFY2(faults.contains(QLatin1String(fault)), fault);
    }

    void aPluginOfAnAuthorIsHardenedToo_data()
    {
        QTest::addColumn<QStringList>("template_");
        QTest::addColumn<QString>("buildType");
        QTest::newRow("C, without a build type")
            << QStringList{QStringLiteral("--kind"), QStringLiteral("c")} << QString();
        QTest::newRow("C, Release") << QStringList{QStringLiteral("--kind"), QStringLiteral("c")}
                                    << QStringLiteral("Release");
        QTest::newRow("C++, without a build type")
            << QStringList{QStringLiteral("--kind"), QStringLiteral("stream")} << QString();
    }
    void aPluginOfAnAuthorIsHardenedToo()
    {
        QFETCH(QStringList, template_);
        QFETCH(QString, buildType);
        QTemporaryDir folder;
        const auto run = [&folder](const QString &program, const QStringList &arguments) {
            QProcess process;
            process.setWorkingDirectory(folder.path());
            process.start(program, arguments);
            const bool done = process.waitForFinished(240'000) && process.exitCode() == 0;
            if (!done)
                qWarning("%s", (process.readAllStandardError() + process.readAllStandardOutput()).constData());
            return done;
        };
        QVERIFY(
            run(QStringLiteral(BIN_FOLDER "/bulkhead"), QStringList{QStringLiteral("plugin"), QStringLiteral("new")} +
                                                            template_ + QStringList{QStringLiteral("hard")}));
        const QStringList made = QDir(folder.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QCOMPARE(made.size(), 1);
        // The SDK from the source tree, by the same file that is installed.
        QFile list(folder.filePath(made.first()) + QStringLiteral("/CMakeLists.txt"));
        QVERIFY(list.open(QIODevice::ReadWrite));
        QByteArray text = list.readAll();
        const qsizetype find = text.indexOf("find_package(Bulkhead");
        QVERIFY(find >= 0);
        text.replace(find, text.indexOf(')', find) + 1 - find,
                     "add_library(sdk INTERFACE)\nadd_library(Bulkhead::PluginSDK ALIAS sdk)\n"
                     "target_include_directories(sdk INTERFACE " SDK_FOLDER ")\ninclude(" SDK_FOLDER
                     "/cmake/BulkheadAddPlugin.cmake)");
        list.resize(0);
        list.seek(0);
        list.write(text);
        list.close();
        // The template has no buffer on its stack; an author's plugin has.
        QDirIterator sources(folder.filePath(made.first()), {QStringLiteral("*.c"), QStringLiteral("*.cpp")},
                             QDir::Files);
        QVERIFY(sources.hasNext());
        QFile source(sources.next());
        QVERIFY(source.open(QIODevice::Append));
        source.write(
            "\nint withBuffer(const char *text);\nint withBuffer(const char *text)\n{\n    volatile char buffer[64];\n "
            "   int i = 0;\n"
            "    for (; i < 63 && text[i]; ++i)\n        buffer[i] = text[i];\n    return buffer[0] + i;\n}\n");
        source.close();
        QStringList configure{QStringLiteral("-S"), made.first(), QStringLiteral("-B"), QStringLiteral("build")};
        if (!buildType.isEmpty())
            configure << QStringLiteral("-DCMAKE_BUILD_TYPE=") + buildType;
        QVERIFY(run(QStringLiteral(CMAKE_PROGRAM), configure));
        QVERIFY(run(QStringLiteral(CMAKE_PROGRAM), {QStringLiteral("--build"), QStringLiteral("build")}));
        QDirIterator libraries(folder.filePath(QStringLiteral("build")), {QStringLiteral("*.so")}, QDir::Files,
                               QDirIterator::Subdirectories);
        QVERIFY(libraries.hasNext());
        const auto elf = ElfReader::read(libraries.next());
        QVERIFY(elf);
        QCOMPARE(
            faultsOf(*elf, Always + QStringList{QStringLiteral("bulkhead_plugin_entry")}).join(QStringLiteral("; ")),
            QString());
    }
};

QTEST_GUILESS_MAIN(HardeningTest)
#include "hardening_test.moc"

#include <algorithm>
