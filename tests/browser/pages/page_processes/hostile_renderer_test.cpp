// SPDX-License-Identifier: BSD-3-Clause
// What the browser process makes of renderers that break the rules: real processes, real tabs.
#include "browser/pages/network/profile_fetcher.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/tabs/tab.h"
#include "ipc/core/spawn.h"
#include "tests/support/initiators.h"

#include <QDir>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <csignal>

using namespace bulkhead;

namespace {

/// Starts the hostile renderer in a given mode.
class HostileLauncher : public ChildLauncher
{
public:
    QByteArray mode;
    QByteArray program = HOSTILE_RENDERER;
    QList<qint64> pids;
    wire::SandboxReport promised;

    void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) override
    {
        auto process = spawn(program.toStdString(), {mode.toStdString()}, request.channel, request.logWriteEnd);
        if (!process)
            return done(tl::unexpected(process.error()));
        pids << process->pid;
        done(LaunchedChild{process->pid, std::move(process->pidFd), promised});
    }
};

struct Fixture
{
    HostileLauncher launcher;
    PageProcessPool::Options options{ProcessModel::PerSite, 24, 0, false};
    std::unique_ptr<PageProcessPool> pool;
    ProfileFetcher fetcher{ProfileSettings{}};
    std::unique_ptr<Tab> tab;

    explicit Fixture(const QByteArray &mode)
    {
        launcher.mode = mode;
        pool = std::make_unique<PageProcessPool>(launcher, options);
        tab = std::make_unique<Tab>(1, fetcher, *pool);
        tab->setVisible(true);
    }
    void open() { tab->navigate(QUrl(QStringLiteral("data:text/html,hello")), test::person()); }
};

int openFds()
{
    return int(
        QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size());
}

bool isGone(qint64 pid)
{
    return ::kill(pid_t(pid), 0) < 0; // not even a zombie
}

} // namespace

class HostileRendererTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("XDG_RUNTIME_DIR"); }

    void anHonestOneIsLeftAlone()
    {
        Fixture f("honest");
        QSignalSpy loaded(f.tab.get(), &Tab::loaded);
        f.open();
        QTRY_COMPARE(loaded.count(), 1);
        QVERIFY(!f.tab->crash());
        QCOMPARE(f.tab->frame().size(), QSize(10, 10));
    }

    void everyBrokenRuleEndsTheProcessWithItsNumber_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *mode, BadMessage reason, const char *name) {
            QTest::newRow(mode) << QByteArray(mode) << int(reason) << QString::fromLatin1(name);
        };
        row("before-ready", BadMessage::NotReady, "pong");
        row("ready-twice", BadMessage::NotReady, "ready");
        row("wrong-protocol", BadMessage::WrongProtocol, "ready");
        row("unknown-page", BadMessage::UnknownPage, "frame_ready");
        row("frame-unknown-pool", BadMessage::FrameUnknownPool, "frame_ready");
        row("frame-unknown-buffer", BadMessage::FrameUnknownBuffer, "frame_ready");
        row("frame-not-owned", BadMessage::FrameNotOwned, "frame_ready");
        row("frame-too-large", BadMessage::FrameBadSize, "frame_ready");
        row("frame-bad-damage", BadMessage::FrameBadDamage, "frame_ready");
        row("frame-old", BadMessage::FrameBadOrder, "frame_ready");
        row("frame-bad-scale", BadMessage::FrameBadScale, "frame_ready");
        row("link-empty", BadMessage::UrlInvalid, "link_activated");
        row("link-relative", BadMessage::UrlInvalid, "link_activated");
        row("link-bad-disposition", BadMessage::EnumOutOfRange, "link_activated");
        row("url-too-long", BadMessage::UrlTooLong, "hovered_link");
        row("title-too-long", BadMessage::TitleTooLong, "title_changed");
        row("icon-lies-about-size", BadMessage::IconInvalid, "icon_changed");
        row("icon-overflow", BadMessage::IconInvalid, "icon_changed");
        row("cursor-out-of-range", BadMessage::EnumOutOfRange, "cursor_changed");
        row("progress-101", BadMessage::ValueOutOfRange, "load_progress");
        row("kind-out-of-range", BadMessage::EnumOutOfRange, "resource_request");
        row("stream-zero", BadMessage::StreamIdInvalid, "resource_request");
        row("stream-of-the-browser", BadMessage::StreamIdInvalid, "resource_request");
        row("stream-twice", BadMessage::StreamIdInvalid, "resource_request");
        row("too-many-streams", BadMessage::TooManyStreams, "resource_request");
        row("credit-too-much", BadMessage::CreditInvalid, "body_credit");
        row("input-never-sent", BadMessage::InputUnknown, "input_handled");
        row("reply-as-message", BadMessage::WrongDirection, "find_reply");
        row("ready-with-a-file", BadMessage::FdWrongType, "ready");
        row("ready-with-two-fds", BadMessage::UnexpectedFds, "ready");
        row("sandbox-attempted", BadMessage::WrongDirection, "sandbox_attempted");
        row("unexpected-fds", BadMessage::UnexpectedFds, "pong");
        row("speaks-as-a-plugin", BadMessage::NotForThisKind, "plugin");
        row("says-a-plugin-is-loaded", BadMessage::NotForThisKind, "plugin");
        row("plugin-envelope-with-nothing", BadMessage::NotForThisKind, "plugin");
        row("traces-unasked", BadMessage::NotAskedFor, "trace_events");
    }
    void everyBrokenRuleEndsTheProcessWithItsNumber()
    {
        QFETCH(QByteArray, mode);
        QFETCH(int, number);
        QFETCH(QString, name);
        Fixture f(mode);
        f.open();
        QTRY_VERIFY(f.tab->crash());
        QCOMPARE(int(f.tab->crash()->kind), int(ExitKind::BadMessage));
        QCOMPARE(f.tab->crash()->number, number);
        QCOMPARE(f.tab->crash()->detail, name);
        QVERIFY(f.tab->crash()->sentence().contains(QString::number(number)));
        QTRY_VERIFY(isGone(f.launcher.pids.first()));
        QCOMPARE(f.tab->url(), QUrl(QStringLiteral("data:text/html,hello")));
    }

    void aQuestionIsAnsweredByItsOwnAnswerOnly_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("name");
        QTest::newRow("another answer") << QByteArray("answers-something-else") << int(BadMessage::WrongReply)
                                        << QStringLiteral("pong");
        QTest::newRow("no answer at all") << QByteArray("answers-with-a-request") << int(BadMessage::WrongReply)
                                          << QStringLiteral("resource_request");
        QTest::newRow("a descriptor with it") << QByteArray("answers-with-a-descriptor")
                                              << int(BadMessage::UnexpectedFds) << QStringLiteral("find_reply");
        QTest::newRow("honest") << QByteArray("answers-honestly") << 0 << QString();
    }
    void aQuestionIsAnsweredByItsOwnAnswerOnly()
    {
        QFETCH(QByteArray, mode);
        QFETCH(int, number);
        QFETCH(QString, name);
        Fixture f(mode);
        QSignalSpy found(f.tab.get(), &Tab::findResult);
        f.open();
        QTRY_VERIFY(!f.tab->frame().isNull());
        f.tab->find(QStringLiteral("x"), FindStep::Next, Qt::CaseInsensitive);
        QTRY_VERIFY(f.tab->crash() || found.count() == 1);
        QCOMPARE(f.tab->crash().has_value(), number != 0);
        QCOMPARE(f.tab->crash() ? f.tab->crash()->number : 0, number);
        QCOMPARE(f.tab->crash() ? f.tab->crash()->detail : QString(), name);
    }

    void everyOtherEndIsToldApart_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *mode, ExitKind kind, const char *code) {
            QTest::newRow(mode) << QByteArray(mode) << int(kind) << QString::fromLatin1(code);
        };
        row("exits", ExitKind::ExitCode, "exit 42");
        row("kills-itself", ExitKind::Signal, "signal 9 SIGKILL");
        row("segfaults", ExitKind::Signal, "signal 11 SIGSEGV");
        row("out-of-memory", ExitKind::OutOfMemory, "out-of-memory");
        row("time-limit", ExitKind::TimeLimit, "time-limit");
        row("closes-its-channel", ExitKind::Signal, "signal 9 SIGKILL");
    }
    void everyOtherEndIsToldApart()
    {
        QFETCH(QByteArray, mode);
        QFETCH(int, kind);
        QFETCH(QString, code);
        Fixture f(mode);
        f.open();
        QTRY_VERIFY(f.tab->crash());
        QCOMPARE(int(f.tab->crash()->kind), kind);
        QCOMPARE(f.tab->crash()->code(), code);
    }

    void oneThatIsNotLockedDownAsPromisedGetsNothing()
    {
        // "honest" sends a frame as soon as it gets a document, and reports no sandbox.
        Fixture f("honest");
        wire::SandboxStep *step = f.launcher.promised.add_steps();
        step->set_layer(wire::LAYER_SYSTEM_CALL_FILTER);
        step->set_done(true);
        QSignalSpy loaded(f.tab.get(), &Tab::loaded);
        f.open();
        QTRY_VERIFY(f.tab->crash());
        QCOMPARE(int(f.tab->crash()->kind), int(ExitKind::NotLockedDown));
        QVERIFY(f.tab->crash()->sentence().contains(QStringLiteral("system call filter")));
        QCOMPARE(loaded.count(), 0);
        QVERIFY(f.tab->frame().isNull());
        QTRY_VERIFY(isGone(f.launcher.pids.first()));
    }

    void aProgramThatCannotBeStartedIsAReason()
    {
        Fixture f("honest");
        f.launcher.program = "/nonexistent/bulkhead-child";
        f.open();
        QTRY_VERIFY(f.tab->crash());
        QCOMPARE(int(f.tab->crash()->kind), int(ExitKind::FailedToStart));
        QVERIFY(f.tab->crash()->sentence().contains(QStringLiteral("No such file")));
    }

    void endingItFromTheAppIsNotACrash()
    {
        Fixture f("honest");
        QSignalSpy loaded(f.tab.get(), &Tab::loaded);
        f.open();
        QTRY_COMPARE(loaded.count(), 1);
        f.tab->endProcess();
        QTRY_VERIFY(f.tab->crash());
        QCOMPARE(int(f.tab->crash()->kind), int(ExitKind::KilledByUser));
        // The last frame stays readable: the sad tab may show it faded.
        QCOMPARE(f.tab->frame().size(), QSize(10, 10));
        f.launcher.mode = "honest";
        f.tab->reload();
        QTRY_COMPARE(loaded.count(), 2);
        QVERIFY(!f.tab->crash());
    }

    void aFloodOfMessagesDoesNotStopTheEventLoop()
    {
        Fixture f("floods-titles");
        f.open();
        QTRY_VERIFY(f.tab->title().plain().startsWith(QStringLiteral("flood")));
        QElapsedTimer turn;
        qint64 longest = 0;
        for (int i = 0; i < 200; ++i) {
            turn.start();
            QCoreApplication::processEvents(QEventLoop::AllEvents);
            longest = std::max(longest, turn.elapsed());
        }
        QVERIFY2(longest < 1000, qPrintable(QString::number(longest)));
        f.tab->endProcess();
        QTRY_VERIFY(f.tab->crash());
    }

    void aRendererThatStopsReadingCostsNothingButItself()
    {
        Fixture f("stops-reading");
        f.open();
        QTRY_VERIFY(!f.tab->frame().isNull());
        // Keys are never merged: they pile up until the queue is full, and then the process is given up.
        QKeyEvent key(QEvent::KeyPress, Qt::Key_A, Qt::NoModifier, QString(32, u'x'));
        QElapsedTimer send;
        send.start();
        for (int i = 0; i < 2'000'000 && !f.tab->crash(); ++i) {
            f.tab->sendKeyEvent(key);
            if (i % 1000 == 0)
                QCoreApplication::processEvents();
        }
        QTRY_VERIFY(f.tab->crash());
        QCOMPARE(int(f.tab->crash()->kind), int(ExitKind::Overflow));
    }

    void aSiteThatCostsTooMuchIsEndedAndNobodyElse()
    {
        Fixture f("honest");
        Tab other(2, f.fetcher, *f.pool);
        other.setVisible(true);
        QSignalSpy loaded(f.tab.get(), &Tab::loaded), otherLoaded(&other, &Tab::loaded);
        f.open();
        other.navigate(QUrl(QStringLiteral("data:text/html,other")), test::person());
        QTRY_COMPARE(loaded.count() + otherLoaded.count(), 2);
        const auto account = f.pool->budget().accountOf(*f.tab->site());
        QVERIFY(account != f.pool->budget().accountOf(*other.site()));
        {
            const Charge allowed = account->charge(Holding::Text, SiteAccount::Limit - account->total());
            QCoreApplication::processEvents();
            QVERIFY(!f.tab->crash());
            const Charge tooMuch = account->charge(Holding::Text, 1);
            QTRY_VERIFY(f.tab->crash());
        }
        QCOMPARE(int(f.tab->crash()->kind), int(ExitKind::SiteMemory));
        QVERIFY(f.tab->crash()->sentence().contains(QStringLiteral("more than %1 MB").arg(SiteAccount::Limit >> 20)));
        QVERIFY(!other.crash());
        // What is left is the tab's: an address in its history.
        QTRY_COMPARE(account->total(), account->held(Holding::Stops));
        QVERIFY(account->total() < 200);
        // It may be tried again.
        f.tab->reload();
        QTRY_COMPARE(loaded.count(), 2);
        QVERIFY(!f.tab->crash());
    }

    void whatAPageSaysOfItselfAndWhatIsRememberedOfItItsSitePaysFor()
    {
        Fixture f("says-much");
        QSignalSpy loaded(f.tab.get(), &Tab::loaded);
        f.open();
        QTRY_COMPARE(loaded.count(), 1);
        const auto account = f.pool->budget().accountOf(*f.tab->site());
        // A title of 500 characters, an icon of 32 by 32 here and in the tab, a link of 20 000.
        QTRY_COMPARE(account->held(Holding::Said), 2 * 500 + 2 * 4096 + 2 * 20'000);
        const qint64 address = 2 * f.tab->url().toEncoded().size();
        QCOMPARE(account->held(Holding::Stops), address + 2 * 500);
        NavigationHistory duplicate = f.tab->history();
        f.tab.reset();
        QCOMPARE(account->held(Holding::Said), 0);
        QCOMPARE(account->held(Holding::Stops), address + 2 * 500);
        duplicate = {};
        QCOMPARE(account->held(Holding::Stops), 0);
    }

    void anEnvelopeIsRefusedBeforeItIsParsed_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<int>("number");
        QTest::newRow("two bodies") << QByteArray("two-bodies") << int(BadMessage::Unparsable);
        QTest::newRow("large frame") << QByteArray("frame-too-long") << int(BadMessage::PacketTooLarge);
        QTest::newRow("many small parts") << QByteArray("too-many-fields") << int(BadMessage::PacketTooLarge);
    }
    void anEnvelopeIsRefusedBeforeItIsParsed()
    {
        QFETCH(QByteArray, mode);
        QFETCH(int, number);
        Fixture f(mode);
        f.open();
        QTRY_VERIFY(f.tab->crash());
        QCOMPARE(int(f.tab->crash()->kind), int(ExitKind::BadMessage));
        QCOMPARE(f.tab->crash()->number, number);
    }

    void aPageThatCrashesOnLoadIsNotReloadedByItself()
    {
        Fixture f("segfaults");
        f.open();
        QTRY_VERIFY(f.tab->crash());
        QCOMPARE(f.tab->crashesInARow(), 1);
        const auto started = f.launcher.pids.size();
        QTest::qWait(200);
        QCOMPARE(f.launcher.pids.size(), started);
        f.tab->reload();
        QTRY_COMPARE(f.tab->crashesInARow(), 2);
        f.tab->reload();
        QTRY_COMPARE(f.tab->crashesInARow(), 3);
    }

    void nothingIsLeftBehind()
    {
        const auto once = [](const QByteArray &mode) {
            Fixture f(mode);
            f.open();
            QTRY_VERIFY(f.tab->crash());
            const auto pids = f.launcher.pids;
            f.tab.reset();
            f.pool.reset();
            for (qint64 pid : pids)
                QVERIFY(isGone(pid));
        };
        once("segfaults");
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        const int before = openFds();
        for (const char *mode : {"unknown-page", "exits", "unexpected-fds", "too-many-streams", "closes-its-channel"}) {
            once(mode);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
        QTRY_VERIFY2(openFds() <= before, qPrintable(QStringLiteral("%1 > %2").arg(openFds()).arg(before)));
    }
};

QTEST_GUILESS_MAIN(HostileRendererTest)
#include "hostile_renderer_test.moc"
