// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/core/unique_fd.h"
#include "tests/support/resource_counter.h"
#include "tests/support/scoped_process.h"

#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;

class ResourceCounterTest : public QObject
{
    Q_OBJECT

    /// What the counter says of @p take, and that it is silent again after @p giveBack.
    template <class Take, class GiveBack>
    static QString reported(Take take, GiveBack giveBack, ResourceScope scope = ResourceScope::Process)
    {
        const ResourceCounter counter(scope);
        take();
        const QString text = counter.difference();
        giveBack();
        const QString after = counter.waitUntilRestored();
        return after.isEmpty() ? text : QStringLiteral("not restored: ") + after;
    }

private Q_SLOTS:
    void initTestCase()
    {
        // Qt's own first-time descriptors must not be mistaken for the test's.
        QVERIFY(ScopedProcess(QStringLiteral("/bin/true")).waitForEnd());
    }

    void fewerEventfdsAreNoDifferenceAndMoreAreOne()
    {
        UniqueFd one(::eventfd(0, EFD_CLOEXEC));
        const ResourceCounter counter;
        one.reset();
        QCOMPARE(counter.difference(), QString());
        const UniqueFd first(::eventfd(0, EFD_CLOEXEC)), second(::eventfd(0, EFD_CLOEXEC));
        QVERIFY2(counter.difference().contains(QStringLiteral("eventfd")), qPrintable(counter.difference()));
    }

    void nothingTakenIsNothingReported() { QCOMPARE(ResourceCounter(ResourceScope::Machine).difference(), QString()); }

    void descriptorsAreReportedByKind()
    {
        int fds[5] = {};
        const QString text = reported(
            [&] {
                QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
                fds[2] = eventfd(0, 0);
                fds[3] = open("/etc/hostname", O_RDONLY);
                fds[4] = memfd_create("counted", 0);
            },
            [&] {
                for (const int fd : fds)
                    close(fd);
            });
        QVERIFY2(text.contains(QLatin1String("fd socket: ")), qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("fd [eventfd]: ")), qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("fd /etc/hostname: 0 before, 1 now")), qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("fd memfd:counted: 0 before, 1 now")), qPrintable(text));
        QCOMPARE(text.count(u'\n'), 4);
    }

    void whatWasGivenAwayIsReportedToo()
    {
        const int fd = memfd_create("closed", 0);
        const ResourceCounter counter;
        close(fd);
        QCOMPARE(counter.difference(), QStringLiteral("fd memfd:closed: 1 before, 0 now\n"));
    }

    void aMappingThatOutlivesItsDescriptorIsReported()
    {
        void *memory = nullptr;
        const QString text = reported(
            [&] {
                const int fd = memfd_create("mapped", 0);
                QCOMPARE(ftruncate(fd, 4096), 0);
                memory = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, fd, 0);
                close(fd);
            },
            [&] { munmap(memory, 4096); });
        QCOMPARE(text, QStringLiteral("mapping memfd:mapped: 0 before, 1 now\n"));
    }

    void childrenAndGrandchildrenAreReported()
    {
        const ResourceCounter counter;
        {
            ScopedProcess process(QStringLiteral("/bin/sh"),
                                  {QStringLiteral("-c"), QStringLiteral("sleep 1000 & echo $!; wait")});
            QVERIFY(process.waitForOutput("\n"));
            const QString grandchild =
                QStringLiteral("process sleep ") + QString::fromLatin1(process.output().trimmed());
            // The shell has named it before it became "sleep".
            QVERIFY(waitFor([&] { return counter.count(grandchild) == 1; }));
            QVERIFY(counter.difference().contains(QStringLiteral("process sh %1: 0 before, 1 now").arg(process.id())));
            QCOMPARE(kill(process.output().trimmed().toInt(), SIGKILL), 0);
        }
        QCOMPARE(counter.waitUntilRestored(), QString());
    }

    void aZombieIsReportedAsOne()
    {
        const ResourceCounter counter;
        const pid_t child = fork();
        if (child == 0)
            _exit(0);
        siginfo_t info;
        QCOMPARE(waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT), 0);
        QVERIFY2(counter.difference().contains(QStringLiteral("%1 (zombie): 0 before, 1 now").arg(child)),
                 qPrintable(counter.difference()));
        QCOMPARE(waitpid(child, nullptr, 0), child);
        QCOMPARE(counter.difference(), QString());
    }

    void objectsOfTheMachineAreReported()
    {
        int shm = -1, sem = -1, msg = -1;
        const QByteArray name = "/bulkhead-test-" + QByteArray::number(getpid());
        const QString text = reported(
            [&] {
                close(shm_open(name.constData(), O_CREAT | O_RDWR, 0600));
                shm = shmget(IPC_PRIVATE, 4096, 0600);
                sem = semget(IPC_PRIVATE, 1, 0600);
                msg = msgget(IPC_PRIVATE, 0600);
            },
            [&] {
                shm_unlink(name.constData());
                shmctl(shm, IPC_RMID, nullptr);
                semctl(sem, 0, IPC_RMID);
                msgctl(msg, IPC_RMID, nullptr);
            },
            ResourceScope::Machine);
        for (const QString &expected :
             {QStringLiteral("/dev/shm") + QString::fromLatin1(name), QStringLiteral("System V shm %1").arg(shm),
              QStringLiteral("System V sem %1").arg(sem), QStringLiteral("System V msg %1").arg(msg)})
            QVERIFY2(text.contains(expected + QStringLiteral(": 0 before, 1 now")), qPrintable(text));
    }

    // Last: it changes this process for good.
    void anOrphanStaysInSightWhenAsked()
    {
        ResourceCounter::adoptOrphans();
        const ResourceCounter counter;
        ScopedProcess process(QStringLiteral("/bin/sh"),
                              {QStringLiteral("-c"), QStringLiteral("sleep 1000 & echo $!; wait")});
        QVERIFY(process.waitForOutput("\n"));
        const int orphan = process.output().trimmed().toInt();
        QVERIFY(process.signal(SIGKILL));
        QVERIFY(process.waitForEnd());
        QVERIFY(
            waitFor([&] { return counter.difference().contains(QStringLiteral("process sleep %1:").arg(orphan)); }));
        QCOMPARE(kill(orphan, SIGKILL), 0);
        QCOMPARE(waitpid(orphan, nullptr, 0), orphan);
        QVERIFY2(!counter.waitUntilRestored(std::chrono::seconds(0)).contains(QLatin1String("process")),
                 qPrintable(counter.difference()));
    }
};

QTEST_GUILESS_MAIN(ResourceCounterTest)
#include "resource_counter_test.moc"
