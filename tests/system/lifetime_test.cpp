// SPDX-License-Identifier: BSD-3-Clause
// Who dies with whom: whatever happens to the browser, nothing of it stays.
#include "tests/support/resource_counter.h"
#include "tests/support/scoped_process.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <csignal>
#include <unistd.h>

using namespace bulkhead;

namespace {

/// Processes whose parent is @p pid.
QList<qint64> childrenOf(qint64 pid)
{
    QList<qint64> children;
    const auto entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &entry : entries) {
        QFile stat(QStringLiteral("/proc/%1/stat").arg(entry));
        if (!stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = stat.readAll();
        const auto fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
        if (fields.size() > 1 && fields[1].toLongLong() == pid)
            children << entry.toLongLong();
    }
    return children;
}

bool isRunning(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return false;
    const QByteArray line = stat.readAll();
    return line.mid(line.lastIndexOf(')') + 2, 1) != "Z";
}

/// Has had more than half a second of processor time, which only a page that loops takes here.
bool isLooping(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return false;
    const QByteArray line = stat.readAll();
    const auto fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 12 && fields[11].toLongLong() + fields[12].toLongLong() > ::sysconf(_SC_CLK_TCK) * 6 / 10;
}

struct Browser
{
    QTemporaryDir profile;
    ScopedProcess process;

    explicit Browser(const QStringList &arguments)
        : process(QStringLiteral(BULKHEAD_PROGRAM),
                  QStringList{QStringLiteral("--profile"), profile.path(), QStringLiteral("--log-level"),
                              QStringLiteral("debug")} +
                      arguments,
                  {{QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen")}})
    {
    }
    /// Waits until there are @p count children, the zygote among them.
    bool waitForChildren(int count)
    {
        return waitFor([&] { return childrenOf(process.id()).size() >= count; });
    }
};

} // namespace

class LifetimeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ResourceCounter::adoptOrphans(); }

    void aKilledBrowserLeavesNothingBehind_data()
    {
        QTest::addColumn<QStringList>("pages");
        QTest::newRow("idle pages") << QStringList{QStringLiteral("about:blank"), QStringLiteral("/etc/hostname")};
        QTest::newRow("a page that hangs") << QStringList{QStringLiteral("about:hang"), QStringLiteral("about:blank")};
    }
    void aKilledBrowserLeavesNothingBehind()
    {
        QFETCH(QStringList, pages);
        const ResourceCounter machine(ResourceScope::Machine);
        {
            Browser browser(pages);
            QVERIFY2(browser.waitForChildren(4), browser.process.errorOutput().constData()); // zygote, two pages, spare
            const QList<qint64> children = childrenOf(browser.process.id());
            if (pages.contains(QStringLiteral("about:hang")))
                QVERIFY(waitFor([&] { return std::any_of(children.begin(), children.end(), isLooping); },
                                std::chrono::seconds(10)));
            QVERIFY(browser.process.signal(SIGKILL));
            QVERIFY(browser.process.waitForEnd());
            for (const qint64 child : children)
                QVERIFY2(waitFor([child] { return !isRunning(child); }, std::chrono::seconds(10)),
                         qPrintable(QString::number(child)));
        }
        const QString left = machine.waitUntilRestored();
        QVERIFY2(left.isEmpty(), qPrintable(left));
    }

    void anEndedBrowserTakesItsChildrenAlong()
    {
        const ResourceCounter machine(ResourceScope::Machine);
        {
            Browser browser({QStringLiteral("about:blank"), QStringLiteral("about:hang")});
            QVERIFY(browser.waitForChildren(4));
            const QList<qint64> children = childrenOf(browser.process.id());
            QVERIFY(browser.process.signal(SIGTERM));
            QVERIFY(browser.process.waitForEnd());
            QCOMPARE(browser.process.exitCode(), 128 + SIGTERM);
            for (const qint64 child : children)
                QVERIFY(waitFor([child] { return !isRunning(child); }, std::chrono::seconds(10)));
        }
        const QString left = machine.waitUntilRestored();
        QVERIFY2(left.isEmpty(), qPrintable(left));
    }

    void aKilledZygoteIsReplacedAndPagesGoOn()
    {
        Browser browser({QStringLiteral("about:blank")});
        QVERIFY(browser.waitForChildren(3));
        QVERIFY(browser.process.waitForErrorOutput("[zygote "));
        static const QRegularExpression Zygote(QStringLiteral("\\[zygote (\\d+)\\] started"));
        const qint64 zygote = Zygote.match(QString::fromUtf8(browser.process.errorOutput())).captured(1).toLongLong();
        QVERIFY(zygote > 1);
        QList<qint64> pages = childrenOf(browser.process.id());
        pages.removeAll(zygote);
        QCOMPARE(::kill(pid_t(zygote), SIGKILL), 0);
        QVERIFY(browser.process.waitForErrorOutput("The zygote is gone"));
        for (const qint64 page : std::as_const(pages))
            QVERIFY(isRunning(page));
        // The next process is asked for when one is needed: ending the spare does that.
        QVERIFY(browser.process.isRunning());
    }
};

QTEST_GUILESS_MAIN(LifetimeTest)
#include "lifetime_test.moc"
