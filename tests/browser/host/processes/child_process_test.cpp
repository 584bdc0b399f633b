// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/child_process.h"
#include "browser/host/processes/exec_launcher.h"
#include "ipc/core/exit_codes.h"
#include "ipc/core/socket_pair.h"
#include "ipc/core/spawn.h"
#include "tests/support/resource_counter.h"

#include <QtTest>

#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

/// A shell that runs @p script as a child of ours, watched.
struct Shell
{
    explicit Shell(const std::string &script)
    {
        auto sockets = SocketPair::create();
        auto pipe = PipePair::create();
        auto spawned = spawn("/bin/sh", {"-c", script}, sockets->theirs, pipe->writeEnd);
        channel = std::move(sockets->ours);
        output = std::move(pipe->readEnd);
        if (!spawned)
            return;
        QObject::connect(&process, &ChildProcess::ended, &process, [this](const ExitReason &r) {
            reason = r;
            ++endings;
        });
        process.adopt({spawned->pid, std::move(spawned->pidFd)});
    }
    bool waitForEnd()
    {
        return QTest::qWaitFor([this] { return endings > 0; }, 20'000);
    }
    /// What it has written so far.
    QByteArray read() const
    {
        QByteArray all;
        char buffer[4096];
        for (ssize_t n; (n = ::read(output.get(), buffer, sizeof buffer)) > 0;)
            all.append(buffer, n);
        return all;
    }

    UniqueFd channel;
    UniqueFd output;
    ChildProcess process{QStringLiteral("shell")};
    ExitReason reason;
    int endings = 0;
};

} // namespace

class ChildProcessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEndIsNamed_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *script, const char *code, const char *says) {
            QTest::newRow(code) << QByteArray(script) << QString::fromLatin1(code) << QString::fromLatin1(says);
        };
        row("exit 0", "exit 0", "exit code 0");
        row("exit 3", "exit 3", "exit code 3");
        row("kill -SEGV $$", "signal 11 SIGSEGV", "memory that is not its own");
        row("kill -KILL $$", "signal 9 SIGKILL", "somebody ended it");
        row("kill -ABRT $$", "signal 6 SIGABRT", "gave up");
        row("exit 71", "out-of-memory", "memory");
        row("exit 72", "time-limit", "too long");
    }
    void everyEndIsNamed()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, code);
        QFETCH(QString, says);
        static_assert(exit_codes::OutOfMemory == 71 && exit_codes::TimeLimit == 72);
        Shell shell("ulimit -c 0; " + script.toStdString());
        QVERIFY(shell.waitForEnd());
        QCOMPARE(shell.reason.code(), code);
        QVERIFY2(shell.reason.sentence().contains(says), qPrintable(shell.reason.sentence()));
        QVERIFY(shell.reason.isAbnormal());
        QVERIFY(shell.reason.sentence().startsWith(QLatin1String("The page's process ")));
        ExitReason plugins = shell.reason;
        plugins.of = ExitOf::Plugin;
        QCOMPARE(plugins.sentence(),
                 shell.reason.sentence().replace(QLatin1String("The page"), QLatin1String("The plugin")));
        QVERIFY(!shell.process.isRunning());
        QVERIFY(shell.process.pid() > 0);
    }

    void whoEndsItSaysWhy()
    {
        Shell shell("exec sleep 1000");
        shell.process.kill({ExitKind::BadMessage, 4, QStringLiteral("frame_ready")});
        shell.process.kill({ExitKind::KilledByUser}); // the first reason holds
        QVERIFY(shell.waitForEnd());
        QCOMPARE(shell.reason.code(), QStringLiteral("bad-message 4 frame_ready"));
        QCOMPARE(shell.endings, 1);
    }

    void anExpectedEndIsClean()
    {
        Shell shell("read line <&3; exit 5");
        shell.process.expectEnd();
        shell.channel.reset();
        QVERIFY(shell.waitForEnd());
        QCOMPARE(shell.reason.kind, ExitKind::Clean);
        QVERIFY(!shell.reason.isAbnormal());
    }

    void whoDoesNotEndAsExpectedIsKilled()
    {
        Shell shell("trap '' TERM HUP; exec sleep 1000 <&3");
        const pid_t pid = pid_t(shell.process.pid());
        shell.process.expectEnd();
        shell.channel.reset();
        QVERIFY(shell.waitForEnd());
        QCOMPARE(shell.reason.kind, ExitKind::Clean);
        QCOMPARE(::kill(pid, 0), -1);
        QCOMPARE(errno, ESRCH);
    }

    void whoStopsWatchingLeavesNoProcessAndNoZombie()
    {
        const ResourceCounter before;
        {
            Shell shell("exec sleep 1000");
            QVERIFY(shell.process.isRunning());
        }
        QCOMPARE(before.waitUntilRestored(), QString());
        QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1);
        QCOMPARE(errno, ECHILD);
    }

    void aChildGetsFourDescriptorsAndNoneOfOurs()
    {
        // One without close-on-exec, as a careless library leaves it.
        const UniqueFd careless(::dup(STDIN_FILENO));
        QVERIFY(careless);
        Shell shell("cd /proc/self/fd; for n in *; do [ -e $n ] && echo $n; done; readlink 0");
        QVERIFY(shell.waitForEnd());
        QCOMPARE(shell.read(), QByteArray("0\n1\n2\n3\n/dev/null\n"));
    }

    void aChildStartsWithSignalsAtTheirDefaults()
    {
        struct Ignored
        {
            Ignored() { ::signal(SIGPIPE, SIG_IGN), ::signal(SIGUSR1, SIG_IGN); }
            ~Ignored() { ::signal(SIGPIPE, SIG_DFL), ::signal(SIGUSR1, SIG_DFL); }
        } ignored;
        Shell shell("exec grep -E '^Sig(Blk|Ign)' /proc/self/status");
        QVERIFY(shell.waitForEnd());
        const QList<QByteArray> lines = shell.read().split('\n');
        QCOMPARE(lines.value(0), QByteArray("SigBlk:\t0000000000000000"));
        // The C library ignores two signals of its own (32 and 33) in what it spawns.
        QCOMPARE(lines.value(1).mid(8).toULongLong(nullptr, 16) & ~(3ULL << 31), 0ULL);
    }

    void aProgramThatIsNotThereIsSaidInASentence()
    {
        const ResourceCounter before;
        {
            ExecLauncher launcher(QStringLiteral("/nonexistent/bulkhead-child"));
            auto sockets = SocketPair::create();
            ChildProcess process(QStringLiteral("renderer"));
            std::optional<ExitReason> reason;
            connect(&process, &ChildProcess::ended, this, [&](const ExitReason &r) { reason = r; });
            process.start(launcher, std::move(sockets->theirs), {});
            QVERIFY2(!reason, "nobody expects an end inside start()");
            QTRY_VERIFY(reason);
            QCOMPARE(reason->kind, ExitKind::FailedToStart);
            QCOMPARE(reason->number, ENOENT);
            QVERIFY2(reason->sentence().contains(QLatin1String("/nonexistent/bulkhead-child")),
                     qPrintable(reason->sentence()));
        }
        QCOMPARE(before.waitUntilRestored(), QString());
    }
};

QTEST_GUILESS_MAIN(ChildProcessTest)
#include "child_process_test.moc"
