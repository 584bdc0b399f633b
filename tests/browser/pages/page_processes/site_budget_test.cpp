// SPDX-License-Identifier: BSD-3-Clause
// What a site costs is counted, given back, and has an end.
#include "browser/pages/page_processes/site_budget.h"

#include <QSignalSpy>
#include <QtTest>

using namespace bulkhead;

namespace {

Site site(const char *url)
{
    return Site::forUrl(QUrl(QString::fromLatin1(url)));
}

} // namespace

static_assert(!std::is_copy_constructible_v<Charge> && !std::is_copy_assignable_v<Charge>,
              "what is given back twice makes room that is not there");

class SiteBudgetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsChargedIsGivenBackHoweverItEnds()
    {
        SiteBudget budget;
        const auto account = budget.accountOf(site("http://example.org"));
        {
            Charge one = account->charge(Holding::Text, 100);
            Charge other = std::move(one);
            QCOMPARE(account->total(), 100);
            other.set(40);
            QCOMPARE(account->held(Holding::Text), 40);
            Charge third = account->charge(Holding::Boxes, 7);
            other = std::move(third);
            QCOMPARE(account->held(Holding::Text), 0);
            QCOMPARE(account->total(), 7);
        }
        QCOMPARE(account->total(), 0);
    }

    void twoPagesOfASiteHaveOneAccountAndTwoSitesHaveTwo()
    {
        SiteBudget budget;
        const auto one = budget.accountOf(site("http://a.example.org/x"));
        QCOMPARE(budget.accountOf(site("http://b.example.org/y")), one);
        QVERIFY(budget.accountOf(site("http://example.com")) != one);
        QVERIFY(budget.accountOf(site("http://example.com"))->party() != one->party());
    }

    void fetchesBeyondTheRoomWaitAndAreToldWhenThereIsSome()
    {
        SiteBudget budget;
        const auto account = budget.accountOf(site("http://example.org"));
        QSignalSpy room(account.get(), &SiteAccount::roomMade);
        std::vector<Charge> fetches;
        while (auto fetch = account->reserveFetch())
            fetches.push_back(std::move(*fetch));
        QVERIFY(fetches.size() > 10); // a page's images come side by side
        QVERIFY(account->total() <= SiteAccount::Room);
        QVERIFY(!account->isOverdrawn());
        fetches.pop_back();
        QCOMPARE(room.count(), 0); // not from inside of whoever gave it back
        QTRY_COMPARE(room.count(), 1);
        QVERIFY(account->reserveFetch());
    }

    void startingAndDroppingFetchesHasARate()
    {
        SiteBudget budget;
        const auto account = budget.accountOf(site("http://example.org"));
        QSignalSpy room(account.get(), &SiteAccount::roomMade);
        QElapsedTimer clock;
        clock.start();
        int started = 0;
        for (int i = 0; i < 10'000; ++i)
            started += account->reserveFetch() ? 1 : 0;
        const double most =
            SiteAccount::StartsAtOnce + double(clock.elapsed() + 1) * SiteAccount::StartsPerSecond / 1000;
        QVERIFY2(started <= most, qPrintable(QString::number(started)));
        QVERIFY(started >= SiteAccount::StartsAtOnce);
        QTRY_VERIFY(room.count() > 0);
    }

    void whoHoldsTooMuchIsToldOfOnceAndAgainWhenItHasPaidAndDoesItAgain()
    {
        SiteBudget budget;
        QSignalSpy overdrawn(&budget, &SiteBudget::overdrawn);
        const auto account = budget.accountOf(site("http://example.org"));
        const auto other = budget.accountOf(site("http://example.com"));
        Charge fits = other->charge(Holding::Text, SiteAccount::Limit);
        QCOMPARE(overdrawn.count(), 0);
        Charge held = account->charge(Holding::Text, SiteAccount::Limit);
        Charge more = account->charge(Holding::Boxes, 1);
        more.set(100);
        QCOMPARE(overdrawn.count(), 1);
        QVERIFY(account->isOverdrawn() && !other->isOverdrawn());
        held.set(0);
        held.set(SiteAccount::Limit + 1);
        QCOMPARE(overdrawn.count(), 2);
    }

    void whoGoesOnGrowingIsToldOfAgain()
    {
        SiteBudget budget;
        QSignalSpy overdrawn(&budget, &SiteBudget::overdrawn);
        const auto account = budget.accountOf(site("http://example.org"));
        // The histories of tabs stay when the site's processes are ended.
        Charge stops = account->charge(Holding::Stops, SiteAccount::Limit + 1);
        QCOMPARE(overdrawn.count(), 1);
        stops.set(SiteAccount::Limit + SiteAccount::OverdrawnStep);
        QCOMPARE(overdrawn.count(), 1);
        stops.set(SiteAccount::Limit + SiteAccount::OverdrawnStep + 2);
        QCOMPARE(overdrawn.count(), 2);
    }

    void whatIsRememberedIsNotWaitedFor()
    {
        SiteBudget budget;
        const auto account = budget.accountOf(site("http://example.org"));
        const Charge stops = account->charge(Holding::Stops, SiteAccount::Room);
        QVERIFY(account->reserveFetch());
        const Charge text = account->charge(Holding::Text, SiteAccount::Room);
        QVERIFY(!account->reserveFetch());
    }
};

QTEST_GUILESS_MAIN(SiteBudgetTest)
#include "site_budget_test.moc"

#include <vector>
