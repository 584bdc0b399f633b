// SPDX-License-Identifier: BSD-3-Clause
// What was open comes back after the app was killed, and is not forced on anybody after it was ended.
#include "tests/support/remote_browser.h"

#include <QFile>
#include <QJsonArray>
#include <QtTest>

#include <csignal>

using namespace bulkhead;

namespace {

/// How often the app is killed; BULKHEAD_SESSION_TRIES=100 for the long run.
int tries()
{
    const int wanted = qEnvironmentVariableIntValue("BULKHEAD_SESSION_TRIES");
    return wanted > 0 ? wanted : 10;
}

struct Seen
{
    QString url;
    int history = 0;
    int historyIndex = 0;
    int y = 0;
    friend bool operator==(const Seen &, const Seen &) = default;
};

QList<Seen> look(RemoteBrowser &browser)
{
    QList<Seen> all;
    const QJsonArray tabs = browser.call(QStringLiteral("tabs"))[QStringLiteral("tabs")].toArray();
    for (const QJsonValue &tab : tabs)
        all << Seen{tab[QStringLiteral("url")].toString(), tab[QStringLiteral("history")].toInt(),
                    tab[QStringLiteral("history_index")].toInt(), 0};
    return all;
}

class Documents
{
public:
    Documents()
    {
        for (int i = 0; i < 4; ++i) {
            QFile file(m_folder.filePath(QStringLiteral("%1.html").arg(i)));
            if (file.open(QIODevice::WriteOnly))
                file.write(QStringLiteral("<!doctype html><title>Document %1</title><p style='height:8000px'>%1</p>")
                               .arg(i)
                               .toUtf8());
        }
    }
    QString url(int i) const
    {
        return QUrl::fromLocalFile(m_folder.filePath(QStringLiteral("%1.html").arg(i))).toString();
    }

private:
    QTemporaryDir m_folder;
};

void killAndReap(RemoteBrowser &browser)
{
    browser.process().signal(SIGKILL);
    QVERIFY(browser.process().waitForEnd());
}

} // namespace

class SessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whateverWasOpenForASecondComesBackAfterAKill()
    {
        const Documents documents;
        for (int attempt = 0; attempt < tries(); ++attempt) {
            QTemporaryDir profile;
            QList<Seen> before;
            int scrolledTo = 100 + 37 * attempt % 5000;
            {
                RemoteBrowser browser(profile.path());
                QVERIFY(browser.isReady());
                QVERIFY(browser.openAndWait(documents.url(0)) == 1);
                browser.call(QStringLiteral("navigate"),
                             {{QStringLiteral("tab"), 1}, {QStringLiteral("url"), documents.url(1)}});
                QVERIFY(browser.wait(1, QStringLiteral("text:1")));
                QVERIFY(browser.openAndWait(documents.url(2)) == 2);
                browser.call(QStringLiteral("open"),
                             {{QStringLiteral("url"), documents.url(3)}, {QStringLiteral("background"), true}});
                browser.call(QStringLiteral("scroll"), {{QStringLiteral("tab"), 2}, {QStringLiteral("y"), scrolledTo}});
                QTRY_COMPARE(browser.tab(2)[QStringLiteral("scroll")][QStringLiteral("y")].toInt(), scrolledTo);
                before = look(browser);
                QCOMPARE(before.size(), 3);
                QTest::qWait(1000); // "open for over a second"
                killAndReap(browser);
            }
            RemoteBrowser browser(profile.path());
            QVERIFY(browser.isReady());
            QCOMPARE(browser.call(QStringLiteral("session"))[QStringLiteral("offered")].toInt(), 3);
            QVERIFY(look(browser).isEmpty()); // offered, not forced on anybody
            QCOMPARE(browser.call(QStringLiteral("session.restore"))[QStringLiteral("restored")].toInt(), 3);
            QCOMPARE(look(browser), before);
            QVERIFY(browser.tab(2)[QStringLiteral("active")].toBool());
            QVERIFY(browser.wait(2, QStringLiteral("loaded")));
            QTRY_COMPARE(browser.tab(2)[QStringLiteral("scroll")][QStringLiteral("y")].toInt(), scrolledTo);
            // The others load when they are looked at.
            QCOMPARE(browser.tab(1)[QStringLiteral("pid")].toInt(), 0);
            browser.call(QStringLiteral("activate"), {{QStringLiteral("tab"), 1}});
            QVERIFY(browser.wait(1, QStringLiteral("text:1")));
            browser.call(QStringLiteral("back"), {{QStringLiteral("tab"), 1}});
            QVERIFY(browser.wait(1, QStringLiteral("text:0")));
            if (QTest::currentTestFailed())
                return;
        }
    }

    void whatWasOfferedAndNotTakenIsOfferedAgainAfterTheNextKill()
    {
        const Documents documents;
        QTemporaryDir profile;
        for (int run = 0; run < 3; ++run) {
            RemoteBrowser browser(profile.path());
            QVERIFY(browser.isReady());
            QCOMPARE(browser.call(QStringLiteral("session"))[QStringLiteral("offered")].toInt(), run);
            QVERIFY(browser.openAndWait(documents.url(run)) > 0);
            QTest::qWait(1000);
            killAndReap(browser);
        }
        RemoteBrowser browser(profile.path());
        QCOMPARE(browser.call(QStringLiteral("session.restore"))[QStringLiteral("restored")].toInt(), 3);
        for (int run = 0; run < 3; ++run)
            QCOMPARE(look(browser)[run].url, documents.url(run));
        QCOMPARE(browser.call(QStringLiteral("session"))[QStringLiteral("offered")].toInt(), 0);
    }

    void anOrderlyEndLeavesNothingToOffer()
    {
        const Documents documents;
        QTemporaryDir profile;
        {
            RemoteBrowser browser(profile.path());
            QVERIFY(browser.openAndWait(documents.url(0)) > 0);
            browser.call(QStringLiteral("quit"));
            QVERIFY(browser.process().waitForEnd());
        }
        RemoteBrowser browser(profile.path());
        QVERIFY(browser.isReady());
        QCOMPARE(browser.call(QStringLiteral("session"))[QStringLiteral("offered")].toInt(), 0);
    }

    void aLogoutIsNoOrderlyEnd()
    {
        const Documents documents;
        QTemporaryDir profile;
        {
            RemoteBrowser browser(profile.path());
            QVERIFY(browser.openAndWait(documents.url(0)) > 0);
            browser.process().signal(SIGTERM);
            QVERIFY(browser.process().waitForEnd());
        }
        RemoteBrowser browser(profile.path());
        QVERIFY(browser.isReady());
        QCOMPARE(browser.call(QStringLiteral("session"))[QStringLiteral("offered")].toInt(), 1);
        browser.call(QStringLiteral("session.dismiss"));
        QCOMPARE(browser.call(QStringLiteral("session"))[QStringLiteral("offered")].toInt(), 0);
    }

    void aBrokenSessionFileStopsNobody_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << QByteArray("{\"format\":1,\"tabs\":[{\"entries\":[{\"url\":\"about:st");
        QTest::newRow("another format") << QByteArray("{\"format\":99,\"tabs\":[{}]}");
        QTest::newRow("no tabs") << QByteArray("{\"format\":1,\"tabs\":7,\"offered\":{}}");
        QTest::newRow("odd entries") << QByteArray(
            "{\"format\":1,\"active\":900,\"tabs\":[{\"entries\":[{\"url\":\"x\"},3,{\"url\":\"about:version\",\"y\":-"
            "5}],\"current\":-9},{},[]]}");
    }
    void aBrokenSessionFileStopsNobody()
    {
        QFETCH(QByteArray, content);
        QTemporaryDir profile;
        QVERIFY(QDir(profile.path()).mkpath(QStringLiteral("data")));
        QFile file(profile.filePath(QStringLiteral("data/session.json")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        file.close();
        RemoteBrowser browser(profile.path());
        QVERIFY(browser.isReady());
        const int offered = browser.call(QStringLiteral("session"))[QStringLiteral("offered")].toInt(-1);
        QCOMPARE(offered, QLatin1String(QTest::currentDataTag()) == QLatin1String("odd entries") ? 1 : 0);
        browser.call(QStringLiteral("session.restore"));
        QVERIFY(browser.openAndWait(QStringLiteral("about:version")) > 0);
    }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
