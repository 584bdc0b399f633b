// SPDX-License-Identifier: BSD-3-Clause
// A crash leaves a report that names the function and the line, what was open, and what was said last.
#include "tests/support/remote_browser.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace bulkhead;

namespace {

const QString SourceFile = QStringLiteral(BULKHEAD_SOURCE "/renderer/process/misbehaviour.cpp");

/// The number of the line of the source that does @p deed.
int lineOf(const QByteArray &deed)
{
    QFile source(SourceFile);
    if (!source.open(QIODevice::ReadOnly))
        return 0;
    for (int number = 1; !source.atEnd(); ++number) {
        if (source.readLine().contains(deed))
            return number;
    }
    return 0;
}

QJsonArray reports(RemoteBrowser &browser)
{
    return browser.call(QStringLiteral("crashes"))[QStringLiteral("crashes")].toArray();
}

QJsonObject report(RemoteBrowser &browser, const QString &id)
{
    return browser.call(QStringLiteral("crash"), {{QStringLiteral("id"), id}})[QStringLiteral("report")].toObject();
}

} // namespace

class CrashReportsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theReportNamesFunctionAndLine_data()
    {
        QTest::addColumn<QByteArray>("deed");
        QTest::addColumn<int>("signal");
        QTest::newRow("about:crash") << QByteArray("*nowhere = 1;") << 11;
        QTest::newRow("about:abort") << QByteArray("std::abort();") << 6;
    }
    void theReportNamesFunctionAndLine()
    {
        QFETCH(QByteArray, deed);
        QFETCH(int, signal);
        QTemporaryDir profile;
        const QString url = QString::fromLatin1(QTest::currentDataTag());
        QString id;
        {
            RemoteBrowser browser(profile.path(), {url});
            QVERIFY(browser.isReady());
            QVERIFY(browser.wait(1, QStringLiteral("crash")));
            QTRY_VERIFY_WITH_TIMEOUT(!reports(browser).isEmpty(), 60'000);
            id = reports(browser)[0][QStringLiteral("id")].toString();
            const QJsonObject found = report(browser, id);
            QCOMPARE(found[QStringLiteral("signal")][QStringLiteral("signal")].toInt(), signal);
            QCOMPARE(found[QStringLiteral("urls")][0].toString(), url);
            QVERIFY(found[QStringLiteral("function")].toString().contains(
                QStringLiteral("bulkhead::misbehaviour::perform")));
            bool hasLine = false;
            for (const QJsonValue &frame : found[QStringLiteral("frames")].toArray())
                hasLine =
                    hasLine || (frame[QStringLiteral("file")].toString().endsWith(QStringLiteral("misbehaviour.cpp")) &&
                                frame[QStringLiteral("line")].toInt() == lineOf(deed));
            QVERIFY2(hasLine, QJsonDocument(found).toJson().constData());
            // Down to main(), through the event loop.
            QVERIFY(browser.call(QStringLiteral("crash"), {{QStringLiteral("id"), id}})[QStringLiteral("text")]
                        .toString()
                        .contains(QStringLiteral("main at")));
            const QJsonArray messages = found[QStringLiteral("messages")].toArray();
            QVERIFY(messages.size() > 3 && messages.size() <= 100);
            QCOMPARE(messages[0][QStringLiteral("name")].toString(), QStringLiteral("ready"));
            // The page that shows it.
            const int tab = browser.openAndWait(QStringLiteral("about:crashes/") + id);
            QVERIFY(tab > 0);
            QVERIFY(browser.wait(tab, QStringLiteral("text:misbehaviour::perform")));
            const int list = browser.openAndWait(QStringLiteral("about:crashes"));
            QVERIFY(list > 0 && browser.wait(list, QStringLiteral("text:misbehaviour::perform")));
            browser.call(QStringLiteral("quit"));
            QVERIFY(browser.process().waitForEnd());
        }
        // It is in a private file and there in the next run.
        const QString file = profile.filePath(QStringLiteral("data/crashes/%1.json").arg(id));
        QCOMPARE(QFile::permissions(file) &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
        RemoteBrowser next(profile.path());
        QTRY_VERIFY(!reports(next).isEmpty());
        QCOMPARE(reports(next)[0][QStringLiteral("id")].toString(), id);
    }

    void anEndWithoutACrashHasAReportToo()
    {
        RemoteBrowser browser({}, {QStringLiteral("about:exit")});
        QVERIFY(browser.wait(1, QStringLiteral("crash")));
        QTRY_VERIFY(!reports(browser).isEmpty());
        QCOMPARE(reports(browser)[0][QStringLiteral("reason")].toString(), QStringLiteral("exit 3"));
        QVERIFY(report(browser, reports(browser)[0][QStringLiteral("id")].toString())[QStringLiteral("frames")]
                    .toArray()
                    .isEmpty());
    }

    void whatThePersonEndedIsNoCrash()
    {
        RemoteBrowser browser({}, {QStringLiteral("about:version")});
        QVERIFY(browser.wait(1, QStringLiteral("loaded")));
        browser.call(QStringLiteral("kill"), {{QStringLiteral("pid"), browser.tab(1)[QStringLiteral("pid")]}});
        QVERIFY(browser.wait(1, QStringLiteral("crash")));
        QVERIFY(browser.openAndWait(QStringLiteral("about:crashes")) > 0);
        QVERIFY(reports(browser).isEmpty());
    }

    void theOldestReportsGo()
    {
        QTemporaryDir profile;
        const QString folder = profile.filePath(QStringLiteral("data/crashes"));
        QVERIFY(QDir().mkpath(folder));
        for (int i = 0; i < 60; ++i) {
            const QString id = QStringLiteral("20200101-%1-1").arg(i, 9, 10, QLatin1Char('0'));
            QFile file(folder + u'/' + id + QStringLiteral(".json"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QJsonDocument(QJsonObject{{QStringLiteral("format"), 1},
                                                 {QStringLiteral("id"), id},
                                                 {QStringLiteral("reason"), QStringLiteral("<b>bold</b>")}})
                           .toJson());
        }
        for (const char *bad : {"x.json", "20200101-000000000-2.json"}) {
            QFile file(folder + u'/' + QLatin1String(bad));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("[{") == 2);
        }
        RemoteBrowser browser(profile.path());
        QTRY_COMPARE(reports(browser).size(), 50);
        QCOMPARE(reports(browser)[0][QStringLiteral("id")].toString(), QStringLiteral("20200101-000000059-1"));
        QTRY_COMPARE(QDir(folder).entryList({QStringLiteral("20200101-0000000*-1.json")}).size(), 50);
        // What stands in a report is text, never markup.
        const int list = browser.openAndWait(QStringLiteral("about:crashes"));
        QVERIFY(browser.wait(list, QStringLiteral("text:<b>bold</b>")));
        QVERIFY(
            browser.call(QStringLiteral("crash"), {{QStringLiteral("id"), QStringLiteral("../../secret")}}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(CrashReportsTest)
#include "crash_reports_test.moc"
