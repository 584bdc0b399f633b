// SPDX-License-Identifier: BSD-3-Clause
// The handler tells every kind of crash from within real crashing processes, and the reader believes nothing.
#include "browser/desktop/crashes/symboliser.h"
#include "browser/host/processes/crash_pipe.h"
#include "ipc/core/socket_pair.h"

#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

using namespace bulkhead;

namespace {

constexpr int CrashFd = 4;

/// A crasher and what it writes.
struct Crasher
{
    explicit Crasher(const QByteArray &how)
    {
        auto ends = PipePair::create();
        if (!ends)
            return;
        readEnd = std::move(ends->readEnd);
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        UniqueFd moved(::fcntl(ends->writeEnd.get(), F_DUPFD_CLOEXEC, 20));
        ::posix_spawn_file_actions_adddup2(&actions, moved.get(), CrashFd);
        const QByteArray fd = QByteArray::number(CrashFd);
        char *const arguments[] = {const_cast<char *>(CRASHER), const_cast<char *>(how.constData()),
                                   const_cast<char *>(fd.constData()), nullptr};
        if (::posix_spawn(&pid, CRASHER, &actions, nullptr, arguments, environ) != 0)
            pid = -1;
        ::posix_spawn_file_actions_destroy(&actions);
    }
    ~Crasher()
    {
        if (pid > 0 && !reaped) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
        }
    }
    int waitForSignal()
    {
        int status = 0;
        ::waitpid(pid, &status, 0);
        reaped = true;
        return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
    }
    QList<CrashRecord> records()
    {
        QByteArray bytes;
        char piece[8192];
        for (ssize_t got; (got = ::read(readEnd.get(), piece, sizeof piece)) > 0;)
            bytes.append(piece, got);
        QList<CrashRecord> all;
        for (;;) {
            qsizetype used = 0;
            const auto record = CrashRecord::parse(bytes, &used);
            if (!record)
                return all;
            all << *record;
            bytes.remove(0, used);
        }
    }

    UniqueFd readEnd;
    pid_t pid = -1;
    bool reaped = false;
};

int lineOf(const QByteArray &comment)
{
    QFile source(QStringLiteral(CRASHER_SOURCE));
    if (!source.open(QIODevice::ReadOnly))
        return -1;
    for (int number = 1; !source.atEnd(); ++number) {
        if (source.readLine().trimmed().endsWith("// " + comment))
            return number;
    }
    return -1;
}

QStringList crasherFolder()
{
    return symbolFolders() << QFileInfo(QStringLiteral(CRASHER)).canonicalPath();
}

} // namespace

class CrashHandlerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCrashIsToldWithItsPlaceAndKeepsItsReason_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<QString>("function");
        QTest::newRow("null") << SIGSEGV << "null()";
        QTest::newRow("divide") << SIGFPE << "divide()";
        QTest::newRow("illegal") << SIGILL << "illegal()";
        QTest::newRow("abort") << SIGABRT << "giveUp()";
        QTest::newRow("overflow") << SIGSEGV << "overflow(int)";
        QTest::newRow("jump") << SIGSEGV << "jump()";
        QTest::newRow("truncated") << SIGBUS << "truncated()";
    }
    void everyCrashIsToldWithItsPlaceAndKeepsItsReason()
    {
        QFETCH(int, signal);
        QFETCH(QString, function);
        Crasher crasher(QTest::currentDataTag());
        QVERIFY(crasher.pid > 0);
        QCOMPARE(crasher.waitForSignal(), signal);
        const auto records = crasher.records();
        QCOMPARE(records.size(), 2);
        QCOMPARE(records.last().signal, signal);
        QCOMPARE(records.last().thread, 0u);
        QCOMPARE(records.last().kind, crash::Kind::Crash);
        bool found = false;
        QStringList seen;
        for (const StackFrame &frame : symbolise(records.last(), crasherFolder())) {
            seen << frame.function + u':' + QString::number(frame.line);
            found = found || (frame.function.contains(function) && frame.line == lineOf(QTest::currentDataTag()) &&
                              frame.file.endsWith(QStringLiteral("crasher.cpp")));
        }
        QVERIFY2(found, qPrintable(seen.join(u' ')));
    }

    void theAddressThatWasTouchedIsTold()
    {
        Crasher crasher("null");
        QCOMPARE(crasher.waitForSignal(), SIGSEGV);
        QCOMPARE(crasher.records().last().faultAddress, 0u);
        QCOMPARE(crasher.records().size(), 0); // read above
    }

    void aBrokenStackStillGivesTheRegisters()
    {
        Crasher crasher("noStack");
        QVERIFY(crasher.waitForSignal() > 0);
        const auto records = crasher.records();
        QVERIFY(!records.isEmpty());
        const auto frames = symbolise(records.first(), crasherFolder());
        QVERIFY(!frames.isEmpty());
        QVERIFY2(frames.first().function.contains(QStringLiteral("noStack")), qPrintable(frames.first().function));
    }

    void anotherThreadsCrashNamesIt()
    {
        Crasher crasher("thread");
        QCOMPARE(crasher.waitForSignal(), SIGSEGV);
        const auto records = crasher.records();
        QVERIFY(!records.isEmpty());
        QVERIFY(records.last().thread != 0);
    }

    void aCaptureLetsTheProcessGoOn()
    {
        Crasher crasher("wait");
        // The handler is there once it has caught a signal that would end the process otherwise; ask until it has.
        QTRY_VERIFY(QFile::exists(QStringLiteral("/proc/%1/status").arg(crasher.pid)));
        QByteArray caught;
        QTRY_VERIFY([&] {
            QFile status(QStringLiteral("/proc/%1/status").arg(crasher.pid));
            if (!status.open(QIODevice::ReadOnly))
                return false;
            const QByteArray text = status.readAll();
            caught = text.mid(text.indexOf("SigCgt:") + 7).split('\n').first().trimmed();
            return (caught.toULongLong(nullptr, 16) & (1ull << (crash::CaptureSignal - 1))) != 0;
        }());
        for (int i = 0; i < 3; ++i) {
            QVERIFY(::kill(crasher.pid, crash::CaptureSignal) == 0);
            QList<CrashRecord> records;
            QVERIFY(QTest::qWaitFor([&] { return !(records = crasher.records()).isEmpty(); }, 30'000));
            QCOMPARE(records.last().kind, crash::Kind::Capture);
            QCOMPARE(records.last().sender, qint64(::getpid()));
            const auto frames = symbolise(records.last(), crasherFolder());
            QVERIFY(
                std::any_of(frames.begin(), frames.end(), [](const StackFrame &f) { return f.function == u"main"; }));
            QVERIFY(::kill(crasher.pid, 0) == 0);
        }
    }

    void nobodyIsWaitedForWhenThePipeIsFullOrClosed()
    {
        Crasher closed("null");
        closed.readEnd.reset();
        QVERIFY(closed.waitForSignal() > 0);
        Crasher full("wait");
        QTest::qWait(0);
        // Far more captures than the pipe holds, none of them read.
        for (int i = 0; i < 200; ++i)
            ::kill(full.pid, i < 1 ? 0 : crash::CaptureSignal);
        ::kill(full.pid, SIGSEGV);
        QVERIFY(full.waitForSignal() > 0);
    }

    void aLyingRecordBreaksNothing_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        crash::Record good = {};
        good.magic = crash::Magic;
        good.version = crash::Version;
        good.kind = crash::Kind::Crash;
        good.signal = 11;
        const auto with = [&good](auto change, const QByteArray &table = {}) {
            crash::Record record = good;
            record.tableBytes = std::uint32_t(table.size());
            change(record);
            return QByteArray(reinterpret_cast<const char *>(&record), sizeof record) + table;
        };
        QTest::newRow("not magic") << with([](auto &r) { r.magic = 1; });
        QTest::newRow("version") << with([](auto &r) { r.version = 99; });
        QTest::newRow("kind") << with([](auto &r) { r.kind = crash::Kind(7); });
        QTest::newRow("signal") << with([](auto &r) { r.signal = -1; });
        QTest::newRow("too many frames") << with([](auto &r) { r.frameCount = 0xffffffff; });
        QTest::newRow("huge table") << with([](auto &r) { r.tableBytes = 0xffffffff; });
        QTest::newRow("noise") << QByteArray(100'000, 'A');
    }
    void aLyingRecordBreaksNothing()
    {
        QFETCH(QByteArray, bytes);
        qsizetype used = -1;
        QVERIFY(!CrashRecord::parse(bytes, &used));
        QCOMPARE(used, bytes.size());
        auto ends = PipePair::create();
        QVERIFY(ends.has_value());
        CrashPipe pipe(std::move(ends->readEnd));
        QSignalSpy spy(&pipe, &CrashPipe::recorded);
        QVERIFY(::write(ends->writeEnd.get(), bytes.constData(),
                        std::min<std::size_t>(std::size_t(bytes.size()), 60'000)) > 0);
        ends->writeEnd.reset();
        pipe.drain();
        QCOMPARE(spy.count(), 0);
    }

    void aRecordNamesNoFileThatIsOpenedForIt()
    {
        QTemporaryDir folder;
        const QString fifo = folder.filePath(QStringLiteral("fifo"));
        QVERIFY(::mkfifo(qPrintable(fifo), 0600) == 0);
        CrashRecord record;
        record.frames = {0x1000, 0x1100, 0x1200, 0x1300, ~quint64(0), 0};
        // Opening the pipe would hang this test.
        for (const QString &path :
             {fifo, QStringLiteral("/dev/zero"), QStringLiteral("/etc/passwd"),
              QStringLiteral("/usr/lib/../../etc/passwd"), QStringLiteral("relative"), QString(70'000, u'x')})
            record.modules << CrashRecord::Module{0x1000, 0x2000, 0x1000, path};
        const auto frames = symbolise(record, symbolFolders() << folder.path());
        QCOMPARE(frames.size(), record.frames.size());
        for (const StackFrame &frame : frames)
            QVERIFY(frame.function.isEmpty() && frame.file.isEmpty());
    }

    void randomTablesAndAddressesAreBorne()
    {
        QRandomGenerator random(7);
        Crasher crasher("null");
        crasher.waitForSignal();
        const CrashRecord good = crasher.records().last();
        for (int i = 0; i < 60; ++i) {
            CrashRecord record = good;
            for (quint64 &address : record.frames)
                address += random.bounded(2) ? random.generate64() : random.bounded(100'000);
            for (CrashRecord::Module &module : record.modules)
                module.base ^= random.bounded(3) == 0 ? quint64(random.bounded(1 << 20)) << 12 : 0;
            QVERIFY(symbolise(record, crasherFolder()).size() >= record.frames.size());
        }
    }
};

QTEST_GUILESS_MAIN(CrashHandlerTest)
#include "crash_handler_test.moc"
