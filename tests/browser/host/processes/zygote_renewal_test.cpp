// SPDX-License-Identifier: BSD-3-Clause
// A fork server serves for a number of children only: what one child gives away about its memory does not hold for all.
#include "browser/host/processes/exec_launcher.h"
#include "browser/host/processes/log.h"
#include "browser/host/processes/zygote_launcher.h"
#include "tests/support/resource_counter.h"
#include "tests/support/wait_for.h"
#include "tests/system/sandbox/victim.h"

#include <QFile>
#include <QSet>
#include <QtTest>

#include <csignal>
#include <cstring>
#include <sys/auxv.h>

using namespace bulkhead;

namespace {

/// Where the program lies in its memory. Not of a locked-down child: nobody may look into that.
QByteArray baseOf(qint64 pid)
{
    QFile maps(QStringLiteral("/proc/%1/maps").arg(pid));
    return maps.open(QIODevice::ReadOnly) ? maps.readLine().split('-').first() : QByteArray();
}

/// The sixteen random bytes from which the C library makes the canary at a program's start; a forked child has its
/// parent's.
QByteArray randomOf(qint64 pid)
{
    QFile vector(QStringLiteral("/proc/%1/auxv").arg(pid)), memory(QStringLiteral("/proc/%1/mem").arg(pid));
    if (!vector.open(QIODevice::ReadOnly) || !memory.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return {};
    const QByteArray entries = vector.readAll();
    for (qsizetype i = 0; i + 16 <= entries.size(); i += 16) {
        quint64 entry[2];
        std::memcpy(entry, entries.constData() + i, sizeof entry);
        if (entry[0] == AT_RANDOM && memory.seek(qint64(entry[1])))
            return memory.read(16);
    }
    return {};
}

} // namespace

class ZygoteRenewalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { spdlog::set_level(spdlog::level::off); }

    void afterSoManyChildrenAddressesAndCanariesAreOthers()
    {
        const ResourceCounter before;
        {
            ExecLauncher exec(QStringLiteral(BULKHEAD_CHILD), SandboxUse::Off);
            ZygoteLauncher zygote(QStringLiteral(BULKHEAD_CHILD), exec, SandboxUse::Off);
            QSignalSpy ready(&zygote, &ZygoteLauncher::ready);
            Victim first(zygote, ChildStart{"renderer", {}, {}, {}});
            QVERIFY2(first.waitUntilReady(), qPrintable(first.why()));
            const qint64 firstZygote = zygote.pid();
            const QByteArray base = baseOf(first.pid()), random = randomOf(first.pid());
            QVERIFY(!base.isEmpty());
            QCOMPARE(random.size(), 16);
            QCOMPARE(baseOf(firstZygote), base);
            for (int i = 2; i <= ZygoteLauncher::ChildrenPerZygote; ++i) {
                Victim another(zygote, ChildStart{"renderer", {}, {}, {}});
                QVERIFY2(another.waitUntilReady(), qPrintable(another.why()));
                if (i < ZygoteLauncher::ChildrenPerZygote / 2) { // the successor is not even asked for
                    QCOMPARE(baseOf(another.pid()), base);
                    QCOMPARE(randomOf(another.pid()), random);
                }
            }
            QVERIFY(waitFor([&] { return zygote.pid() != firstZygote && ready.size() == 2; }));
            Victim later(zygote, ChildStart{"renderer", {}, {}, {}});
            QVERIFY2(later.waitUntilReady(), qPrintable(later.why()));
            QVERIFY(baseOf(later.pid()) != base);
            QVERIFY(randomOf(later.pid()) != random);
            // The old one goes, its children stay.
            QVERIFY(waitFor([&] { return !QFile::exists(QStringLiteral("/proc/%1").arg(firstZygote)); }));
            QVERIFY(!first.end());
            QVERIFY(QFile::exists(QStringLiteral("/proc/%1/fd").arg(first.pid())));
            // And nothing but: the zygote, and the two children.
            QVERIFY2(before.count(QStringLiteral("process ")) == 3, qPrintable(before.difference()));
        }
        QCOMPARE(before.waitUntilRestored(), QString());
    }

    void nobodyWaitsForTheRenewal()
    {
        ExecLauncher exec(QStringLiteral(BULKHEAD_CHILD));
        ZygoteLauncher zygote(QStringLiteral(BULKHEAD_CHILD), exec);
        qint64 last = 0;
        QSet<qint64> zygotes;
        for (int i = 0; i < 2 * ZygoteLauncher::ChildrenPerZygote; ++i) {
            Victim child(zygote, ChildStart{"renderer", {}, {}, {}});
            // While the successor starts, the one before answers; there is never none.
            QVERIFY(zygote.pid() != 0);
            QVERIFY2(child.waitUntilReady(), qPrintable(child.why()));
            if (zygote.pid() != last)
                zygotes.insert(last = zygote.pid());
        }
        QVERIFY(zygotes.size() >= 2);
    }

    void aSuccessorThatDiesCostsNothing()
    {
        ExecLauncher exec(QStringLiteral(BULKHEAD_CHILD));
        ZygoteLauncher zygote(QStringLiteral(BULKHEAD_CHILD), exec);
        const ResourceCounter counter;
        for (int i = 0; i < ZygoteLauncher::ChildrenPerZygote; ++i) {
            Victim child(zygote, ChildStart{"renderer", {}, {}, {}});
            QVERIFY2(child.waitUntilReady(), qPrintable(child.why()));
        }
        const qint64 first = zygote.pid();
        // Whichever process of ours is the successor: not the zygote that serves.
        for (const QString &process : counter.now().keys()) {
            const qint64 pid = process.section(u' ', -1).toLongLong();
            if (process.startsWith(QLatin1String("process ")) && pid > 0 && pid != first)
                ::kill(pid_t(pid), SIGKILL);
        }
        Victim child(zygote, ChildStart{"renderer", {}, {}, {}});
        QVERIFY2(child.waitUntilReady(), qPrintable(child.why()));
    }
};

QTEST_GUILESS_MAIN(ZygoteRenewalTest)
#include "zygote_renewal_test.moc"
