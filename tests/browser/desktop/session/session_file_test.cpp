// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/session/session_file.h"
#include "tests/support/initiators.h"

#include <QTest>

using namespace bulkhead;

class SessionFileTest : public QObject
{
    Q_OBJECT

    static QUrl url(const char *text) { return QUrl(QString::fromLatin1(text)); }
    static Session written(std::initializer_list<NavigationEntry> entries)
    {
        Session session;
        Session::SavedTab tab;
        for (const NavigationEntry &entry : entries)
            tab.history.push(entry);
        session.tabs << tab;
        return Session::fromJson(session.toJson());
    }

private Q_SLOTS:
    void whatAPageAskedForStaysThatPages()
    {
        const Site folder = test::siteOf(url("file:///usr/share/doc/a/index.html"));
        const Session session = written({{url("https://a.test/"), test::person()},
                                         {url("file:///etc/passwd"), test::pageOf(url("https://a.test/"))},
                                         {url("file:///usr/share/doc/a/b/c.html"), Initiator::page(folder)}});
        const NavigationHistory &history = session.tabs.value(0).history;
        QCOMPARE(history.count(), 3);
        QVERIFY(history.at(0).initiator.isPerson());
        QVERIFY(history.at(1).initiator == test::pageOf(url("https://a.test/")));
        QVERIFY(history.at(2).initiator == Initiator::page(folder));
        QCOMPARE(history.at(2).initiator.site().folder(), folder.folder());
    }

    void whereATabStoodIsFoundWhenItsHistoryIsTooLong()
    {
        QByteArray entries;
        const int count = NavigationHistory::MaxEntries + 5;
        for (int i = 0; i < count; ++i)
            entries += (i ? "," : "") + QByteArray("{\"url\":\"https://a.test/") + QByteArray::number(i) + "\"}";
        const Session session =
            Session::fromJson("{\"format\":1,\"tabs\":[{\"current\":50,\"entries\":[" + entries + "]}]}");
        QCOMPARE(session.tabs.size(), 1);
        QCOMPARE(session.tabs[0].history.count(), NavigationHistory::MaxEntries);
        QCOMPARE(session.tabs[0].history.current()->url, url("https://a.test/50"));
    }

    void whatSaysNothingOfItselfIsNeverThePersons_data()
    {
        QTest::addColumn<QByteArray>("initiator");
        QTest::newRow("of the time before") << QByteArray();
        QTest::newRow("empty") << QByteArray("\"initiator\":{},");
        QTest::newRow("broken") << QByteArray("\"initiator\":\"person\",");
        QTest::newRow("of a kind that is none") << QByteArray("\"initiator\":{\"by\":\"root\"},");
        QTest::newRow("a page of no site") << QByteArray("\"initiator\":{\"by\":\"page\"},");
    }
    void whatSaysNothingOfItselfIsNeverThePersons()
    {
        QFETCH(QByteArray, initiator);
        const Session session =
            Session::fromJson("{\"format\":1,\"tabs\":[{\"current\":1,\"entries\":[{" + initiator +
                              "\"url\":\"https://a.test/\"},{" + initiator + "\"url\":\"file:///etc/passwd\"}]}]}");
        const NavigationHistory &history = session.tabs.value(0).history;
        QCOMPARE(history.count(), 2);
        const Initiator page = Initiator::page(Site::forUrl(url("https://a.test/")));
        QVERIFY(history.at(0).initiator == page);
        QVERIFY(history.at(1).initiator == page);
    }
};

QTEST_APPLESS_MAIN(SessionFileTest)
#include "session_file_test.moc"
