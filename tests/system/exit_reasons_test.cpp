// SPDX-License-Identifier: BSD-3-Clause
// Every way in which a page's process can end, and what the app says of it. (Bad messages have their own test with a
// lying process: tests/browser/pages/page_processes/hostile_renderer_test.cpp.)
#include "tests/support/remote_browser.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QtTest>

#include <csignal>

using namespace bulkhead;

namespace {

QString crashCode(RemoteBrowser &browser, int tab)
{
    return browser.tab(tab)[QStringLiteral("crash")][QStringLiteral("code")].toString();
}

} // namespace

class ExitReasonsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAPageDoesToItselfIsNamed_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("about:crash") << "signal 11 SIGSEGV"
                                     << "memory that is not its own";
        QTest::newRow("about:abort") << "signal 6 SIGABRT"
                                     << "error it found in itself";
        QTest::newRow("about:kill") << "signal 9 SIGKILL"
                                    << "at once";
#ifndef __SANITIZE_ADDRESS__ // such a build has no limit of memory, and would take the machine's
        QTest::newRow("about:oom") << "out-of-memory"
                                   << "limit";
#endif
        QTest::newRow("about:exit") << "exit 3"
                                    << "exit code 3";
    }
    void whatAPageDoesToItselfIsNamed()
    {
        RemoteBrowser browser({}, {QStringLiteral("--renderer-memory"), QStringLiteral("256M")});
        QVERIFY(browser.isReady());
        QFETCH(QString, code);
        QFETCH(QString, sentence);
        browser.call(QStringLiteral("open"), {{QStringLiteral("url"), QString::fromLatin1(QTest::currentDataTag())}});
        QVERIFY(browser.wait(1, QStringLiteral("crash"), 60));
        QCOMPARE(crashCode(browser, 1), code);
        QVERIFY(browser.tab(1)[QStringLiteral("crash")][QStringLiteral("sentence")].toString().contains(sentence));
        // Nothing is reloaded by itself, and Reload works.
        browser.call(QStringLiteral("navigate"),
                     {{QStringLiteral("tab"), 1}, {QStringLiteral("url"), QStringLiteral("about:version")}});
        QVERIFY(browser.wait(1, QStringLiteral("text:Protocol")));
        QVERIFY(browser.tab(1)[QStringLiteral("crash")].isNull());
    }

    void aSignalFromOutsideIsNamed_data()
    {
        QTest::addColumn<int>("number");
        for (const int number : {SIGKILL, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP})
            QTest::newRow(::sigabbrev_np(number)) << number;
    }
    void aSignalFromOutsideIsNamed()
    {
        static RemoteBrowser browser({});
        QVERIFY(browser.isReady());
        QFETCH(int, number);
        const int tab = browser.openAndWait(QStringLiteral("about:version"));
        QVERIFY(tab > 0);
        browser.call(QStringLiteral("kill"), {{QStringLiteral("pid"), browser.tab(tab)[QStringLiteral("pid")]},
                                              {QStringLiteral("signal"), number}});
        QVERIFY(browser.wait(tab, QStringLiteral("crash")));
        QCOMPARE(crashCode(browser, tab),
                 QStringLiteral("signal %1 SIG%2").arg(number).arg(QString::fromLatin1(QTest::currentDataTag())));
    }

    void whatThePersonEndsIsTheirs()
    {
        RemoteBrowser browser({}, {QStringLiteral("--hang-limit"), QStringLiteral("0.4")});
        QVERIFY(browser.isReady());
        const int tab = browser.openAndWait(QStringLiteral("about:version"));
        browser.call(QStringLiteral("kill"), {{QStringLiteral("pid"), browser.tab(tab)[QStringLiteral("pid")]}});
        QVERIFY(browser.wait(tab, QStringLiteral("crash")));
        QCOMPARE(crashCode(browser, tab), QStringLiteral("killed-by-user"));

        browser.call(QStringLiteral("open"), {{QStringLiteral("url"), QStringLiteral("about:hang")}});
        QVERIFY(browser.wait(2, QStringLiteral("unresponsive")));
        browser.call(QStringLiteral("kill"), {{QStringLiteral("pid"), browser.tab(2)[QStringLiteral("pid")]}});
        QVERIFY(browser.wait(2, QStringLiteral("crash")));
        QCOMPARE(crashCode(browser, 2), QStringLiteral("unresponsive busy"));
    }

    void aProgramThatCannotBeRunIsSaidSo()
    {
        QTemporaryDir folder;
        QVERIFY(QFile::copy(QStringLiteral(BULKHEAD_PROGRAM), folder.filePath(QStringLiteral("bulkhead"))));
        QFile child(folder.filePath(QStringLiteral("bulkhead-child")));
        QVERIFY(child.open(QIODevice::WriteOnly));
        child.write("\x7f"
                    "ELF this is no program");
        child.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        child.close();
        const QString socket = folder.filePath(QStringLiteral("s"));
        ScopedProcess process(
            folder.filePath(QStringLiteral("bulkhead")),
            {QStringLiteral("--serve"), QStringLiteral("--control-socket"), socket, QStringLiteral("about:version")});
        Result<ControlClient> client = ControlClient::connect(socket);
        QTRY_VERIFY_WITH_TIMEOUT((client = ControlClient::connect(socket)).has_value(), 30'000);
        const auto answer = client->call(QStringLiteral("wait"), {{QStringLiteral("for"), QStringLiteral("crash")}});
        QVERIFY(answer && *answer);
        const auto tabs = client->call(QStringLiteral("tabs"));
        QVERIFY(tabs && *tabs);
        QCOMPARE((**tabs)[QStringLiteral("tabs")][0][QStringLiteral("crash")][QStringLiteral("code")].toString(),
                 QStringLiteral("failed-to-start"));
    }

    void closingATabEndsItsProcessInAnOrderlyWay()
    {
        QTemporaryDir folder;
        const QString log = folder.filePath(QStringLiteral("log"));
        RemoteBrowser browser(
            {}, {QStringLiteral("--log-level"), QStringLiteral("debug"), QStringLiteral("--log-file"), log});
        QVERIFY(browser.isReady());
        const int tab = browser.openAndWait(QStringLiteral("about:version"));
        const QString pid = QString::number(browser.tab(tab)[QStringLiteral("pid")].toInt());
        browser.call(QStringLiteral("close"), {{QStringLiteral("tab"), tab}});
        QTRY_VERIFY_WITH_TIMEOUT(
            !QJsonDocument(browser.call(QStringLiteral("processes"))).toJson().contains(pid.toLatin1()), 30'000);
        browser.call(QStringLiteral("quit"));
        QVERIFY(browser.process().waitForEnd());
        QFile file(log);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray line = "[renderer " + pid.toLatin1() + "] ended: exit 0";
        QVERIFY(file.readAll().contains(line));
    }
};

QTEST_GUILESS_MAIN(ExitReasonsTest)
#include "exit_reasons_test.moc"
