// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/internal_acts.h"
#include "tests/support/initiators.h"

#include <QTest>

using namespace bulkhead;

class InternalActsTest : public QObject
{
    Q_OBJECT

    InternalActs m_acts;

    static FetchRequest click(const QString &address, const QString &from = QStringLiteral("about:sandbox"))
    {
        FetchRequest request{QUrl(address), Destination::Navigation, test::pageOf(QUrl(from))};
        request.activation = UserActivation::Recent;
        return request;
    }
    QString address(const QString &token) const
    {
        return QStringLiteral("about:sandbox?process=12&") +
               InternalActs::query(QStringLiteral("revoke:a:https://x.test"), token);
    }

private Q_SLOTS:
    void aClickInThePageItselfActsOnce()
    {
        const QString link = address(m_acts.issue(QStringLiteral("sandbox")));
        const InternalRequest settled = m_acts.settle(click(link));
        QCOMPARE(settled.act, QStringLiteral("revoke:a:https://x.test"));
        QCOMPARE(settled.url, QUrl(QStringLiteral("about:sandbox?process=12")));
        QVERIFY2(m_acts.settle(click(link)).act.isEmpty(), "the same link again");
    }

    void nothingElseActs_data()
    {
        QTest::addColumn<QString>("why");
        for (const char *why :
             {"typed by the person", "no click", "from a web page", "from a file", "from another internal page",
              "as an image", "wrong token", "no token", "another page's token"})
            QTest::newRow(why) << QString::fromLatin1(why);
    }
    void nothingElseActs()
    {
        QFETCH(QString, why);
        QString token = m_acts.issue(QStringLiteral("sandbox"));
        if (why == u"wrong token")
            token = QString(token.size(), u'0');
        else if (why == u"no token")
            token.clear();
        else if (why == u"another page's token")
            token = m_acts.issue(QStringLiteral("plugins"));
        FetchRequest request = click(address(token));
        if (why == u"typed by the person")
            request.initiator = test::person();
        else if (why == u"no click")
            request.activation = UserActivation::None;
        else if (why == u"from a web page")
            request.initiator = test::pageOf(QUrl(QStringLiteral("https://evil.test/")));
        else if (why == u"from a file")
            request.initiator = test::pageOf(QUrl(QStringLiteral("file:///tmp/x.html")));
        else if (why == u"from another internal page")
            request.initiator = test::pageOf(QUrl(QStringLiteral("about:plugins")));
        else if (why == u"as an image")
            request.destination = Destination::Image;
        const InternalRequest settled = m_acts.settle(request);
        QVERIFY(settled.act.isEmpty());
        QCOMPARE(settled.url, QUrl(QStringLiteral("about:sandbox?process=12"))); // it shows the page all the same
    }
};

QTEST_APPLESS_MAIN(InternalActsTest)
#include "internal_acts_test.moc"
