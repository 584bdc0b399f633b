// SPDX-License-Identifier: BSD-3-Clause
// A process that was told to end ends, whatever its main thread waits for.
#include "app/programs/bulkhead/signal_watcher.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;

class SignalWatcherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSignalBecomesAQtSignal()
    {
        SignalWatcher watcher;
        QSignalSpy requested(&watcher, &SignalWatcher::endRequested);
        ::raise(SIGTERM);
        QVERIFY(requested.wait());
        QCOMPARE(requested.first().first().toInt(), SIGTERM);
        QVERIFY(::alarm(0) > 0); // what would have ended this test in a moment
    }

    void aProcessThatWaitsForEverEndsInTime()
    {
        QTemporaryDir folder;
        const QByteArray pipe = QFile::encodeName(folder.filePath(QStringLiteral("pipe")));
        QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            SignalWatcher watcher;
            (void)!::write(ready[1], "x", 1);
            for (;;)
                ::close(::open(pipe.constData(), O_RDONLY | O_CLOEXEC)); // nobody ever writes
        }
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), 1);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(::kill(child, SIGTERM), 0);
        int status = 0;
        ::alarm(SignalWatcher::GraceSeconds + 20); // instead of waiting for ever
        QCOMPARE(::waitpid(child, &status, 0), child);
        ::alarm(0);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 128 + SIGTERM);
        QVERIFY(timer.elapsed() >= (SignalWatcher::GraceSeconds - 1) * 1000); // the orderly way had its time
        ::close(ready[0]);
        ::close(ready[1]);
    }
};

QTEST_GUILESS_MAIN(SignalWatcherTest)
#include "signal_watcher_test.moc"
