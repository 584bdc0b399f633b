// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/navigation_history.h"
#include "tests/support/initiators.h"

#include <QtTest>

using namespace bulkhead;

class NavigationHistoryTest : public QObject
{
    Q_OBJECT

    static NavigationEntry entry(int number)
    {
        return {QUrl(QStringLiteral("http://a.test/%1").arg(number)), test::person()};
    }

private Q_SLOTS:
    void anEmptyOneGoesNowhere()
    {
        const NavigationHistory history;
        QVERIFY(history.isEmpty());
        QCOMPARE(history.currentIndex(), -1);
        QVERIFY(!history.current());
        QVERIFY(!history.canGoBack() && !history.canGoForward());
    }

    void aNewStopDropsWhatLaysAhead()
    {
        NavigationHistory history;
        for (int i = 0; i < 4; ++i)
            history.push(entry(i));
        history.moveTo(1);
        QVERIFY(history.canGoBack() && history.canGoForward());
        history.push(entry(9));
        QCOMPARE(history.count(), 3);
        QCOMPARE(history.current()->url, entry(9).url);
        QVERIFY(!history.canGoForward());
        QCOMPARE(history.at(1).url, entry(1).url);
    }

    void theOldestGoesBeyondTheLimit()
    {
        NavigationHistory history;
        for (int i = 0; i < NavigationHistory::MaxEntries + 7; ++i)
            history.push(entry(i));
        QCOMPARE(history.count(), NavigationHistory::MaxEntries);
        QCOMPARE(history.currentIndex(), NavigationHistory::MaxEntries - 1);
        QCOMPARE(history.at(0).url, entry(7).url);
    }

    void theOldestGoesWhereAddressesAreLong()
    {
        NavigationHistory history;
        const auto longEntry = [](int number) {
            return NavigationEntry{QUrl(QStringLiteral("http://a.test/%1/").arg(number) + QString(30'000, u'x')),
                                   test::person()};
        };
        for (int i = 0; i < 40; ++i)
            history.push(longEntry(i));
        const qint64 each = longEntry(10).bytes();
        QCOMPARE(history.count(), int(NavigationHistory::MaxBytes / each));
        QCOMPARE(history.current()->url, longEntry(39).url);
        NavigationEntry huge = entry(1);
        huge.state = QByteArray(2 << 20, 's');
        history.push(huge);
        QCOMPARE(history.count(), 1); // what is shown stays, whatever it costs
        QCOMPARE(history.current()->url, huge.url);
    }
};

QTEST_APPLESS_MAIN(NavigationHistoryTest)
#include "navigation_history_test.moc"
