// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tabs/navigation_history.h"

#include <QtTest>

using namespace bulkhead;

class NavigationHistoryTest : public QObject
{
    Q_OBJECT

    static NavigationEntry entry(int number) { return {QUrl(QStringLiteral("http://a.test/%1").arg(number)), {}, {}}; }

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
};

QTEST_APPLESS_MAIN(NavigationHistoryTest)
#include "navigation_history_test.moc"
