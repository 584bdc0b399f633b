// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/tabs/tab_list.h"
#include "tests/browser/desktop/window/fake_fetcher.h"
#include "tests/browser/desktop/window/scripted_renderer.h"
#include "tests/support/initiators.h"

#include <QSignalSpy>
#include <QtTest>

using namespace bulkhead;

class TabListTest : public QObject
{
    Q_OBJECT

    struct Session
    {
        ScriptedLauncher launcher;
        PageProcessPool pool{launcher, {ProcessModel::PerSite, 24, 0, false}};
        FakeFetcher fetcher;
        TabList tabs{fetcher, pool};

        Tab *open(const char *page, Activation activation = Activation::Foreground, int index = -1)
        {
            Tab *tab = tabs.open(QUrl(QStringLiteral("http://a.test/") + QLatin1String(page)), test::person(),
                                 activation, index);
            if (!QTest::qWaitFor([tab] { return !tab->history().isEmpty() && tab->loadState() == LoadState::Idle; }))
                qWarning("%s did not load", page);
            return tab;
        }
        QString order() const
        {
            QStringList names;
            for (int i = 0; i < tabs.count(); ++i)
                names += tabs.at(i)->url().path().mid(1);
            return names.join(u' ');
        }
    };
    std::unique_ptr<Session> s;

private Q_SLOTS:
    void init() { s = std::make_unique<Session>(); }
    void cleanup() { s.reset(); }

    void theFirstIsActiveEvenInTheBackground()
    {
        Tab *tab = s->open("a", Activation::Background);
        QCOMPARE(s->tabs.active(), tab);
        s->open("b", Activation::Background);
        QCOMPARE(s->tabs.active(), tab);
    }

    void whatOpensBeforeTheActiveOneLeavesItActive()
    {
        Tab *active = s->open("a");
        s->open("b", Activation::Background, 0);
        QCOMPARE(s->order(), QStringLiteral("b a"));
        QCOMPARE(s->tabs.active(), active);
        QCOMPARE(s->tabs.activeIndex(), 1);
    }

    void linksOpenBehindTheirOpenerInOrder()
    {
        Tab *opener = s->open("a");
        s->open("z", Activation::Background);
        ScriptedRenderer *renderer = s->launcher.byPid(opener->rendererPid());
        QVERIFY(renderer);
        for (const char *name : {"1", "2"}) {
            const int before = s->tabs.count();
            const QUrl url(QStringLiteral("http://a.test/") + QLatin1String(name));
            Q_EMIT opener->newTabRequested({url, test::pageOf(url), LinkTarget::NewBackgroundTab}, opener);
            QCOMPARE(s->tabs.count(), before + 1);
        }
        QTRY_COMPARE(s->order(), QStringLiteral("a 1 2 z"));
        QCOMPARE(s->tabs.active(), opener);
    }

    void closingTheActiveOneActivatesItsNeighbour()
    {
        for (const char *name : {"a", "b", "c"})
            s->open(name);
        s->tabs.activate(1);
        QSignalSpy removed(&s->tabs, &TabList::tabRemoved);
        s->tabs.close(s->tabs.active());
        QCOMPARE(s->order(), QStringLiteral("a c"));
        QCOMPARE(s->tabs.activeIndex(), 1);
        s->tabs.close(s->tabs.active());
        QCOMPARE(s->tabs.activeIndex(), 0);
        QSignalSpy last(&s->tabs, &TabList::lastTabClosed);
        s->tabs.close(s->tabs.active());
        QCOMPARE(last.size(), 1);
        QCOMPARE(removed.size(), 3);
        QVERIFY(!s->tabs.active());
    }

    void movingKeepsTheActiveOneActive()
    {
        for (const char *name : {"a", "b", "c"})
            s->open(name);
        Tab *c = s->tabs.active();
        s->tabs.move(2, 0);
        QCOMPARE(s->order(), QStringLiteral("c a b"));
        QCOMPARE(s->tabs.active(), c);
        QSignalSpy moved(&s->tabs, &TabList::tabMoved);
        s->tabs.move(0, 3);
        s->tabs.move(-1, 0);
        QCOMPARE(moved.size(), 0);
    }

    void reopenedTabsComeBackWhereTheyWereWithTheirHistory()
    {
        s->open("a");
        Tab *b = s->open("b");
        b->navigate(QUrl(QStringLiteral("http://a.test/b2")), test::person());
        QTRY_COMPARE(b->history().count(), 2);
        s->open("c");
        s->tabs.close(b);
        QCOMPARE(s->order(), QStringLiteral("a c"));
        QVERIFY(s->tabs.canReopen());
        Tab *again = s->tabs.reopen();
        QTRY_COMPARE(s->order(), QStringLiteral("a b2 c"));
        QCOMPARE(again->history().count(), 2);
        QVERIFY(again->canGoBack());
        QCOMPARE(s->tabs.active(), again);
        QVERIFY(!s->tabs.canReopen());
        QVERIFY(!s->tabs.reopen());
    }

    void aDuplicateHasItsHistory()
    {
        Tab *a = s->open("a");
        a->navigate(QUrl(QStringLiteral("http://a.test/b")), test::person());
        QTRY_COMPARE(a->history().count(), 2);
        Tab *copy = s->tabs.duplicate(a);
        QCOMPARE(s->tabs.indexOf(copy), 1);
        QCOMPARE(copy->history().count(), 2);
        QVERIFY(copy->id() != a->id());
        QCOMPARE(s->tabs.byId(copy->id()), copy);
        QVERIFY(!s->tabs.byId(999));
    }

    void tabsOfOneSiteShareAProcessAndTheLastLetsItGo()
    {
        Tab *a = s->open("a");
        Tab *b = s->open("b");
        QCOMPARE(a->rendererPid(), b->rendererPid());
        Tab *other = s->tabs.open(QUrl(QStringLiteral("http://other.test/")), test::person());
        QTRY_VERIFY(other->rendererPid() > 0);
        QVERIFY(other->rendererPid() != a->rendererPid());
        s->tabs.close(a);
        QVERIFY(b->rendererPid() > 0);
    }
};

QTEST_MAIN(TabListTest)
#include "tab_list_test.moc"
