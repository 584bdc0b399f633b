// SPDX-License-Identifier: BSD-3-Clause
// What happens when there are as many processes as there may be: sites do not share, hidden tabs are discarded,
// navigations wait and are refused with a sentence. Real processes that show one frame
// (tests/browser/pages/page_processes/hostile_renderer.cpp, "honest-always").
#include "browser/host/processes/log.h"
#include "browser/pages/network/profile_fetcher.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/tabs/tab_list.h"
#include "ipc/core/spawn.h"
#include "tests/support/initiators.h"
#include "tests/support/loopback_server.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;

namespace {

class HonestLauncher : public ChildLauncher
{
public:
    void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) override
    {
        auto process = spawn(HOSTILE_RENDERER, {"honest-always"}, request.channel, request.logWriteEnd);
        if (!process)
            return done(tl::unexpected(process.error()));
        done(LaunchedChild{process->pid, std::move(process->pidFd), {}});
    }
};

PageProcessPool::Options withLimit(int limit)
{
    PageProcessPool::Options options;
    options.softLimit = limit;
    options.memoryLimit = 0;
    options.keepSpare = false;
    options.patience = std::chrono::minutes(5);
    return options;
}

/// A browser without its window. Its active tab is empty: all others are in the background until they are shown.
struct Fixture
{
    explicit Fixture(int limit) : Fixture(withLimit(limit)) {}
    explicit Fixture(const PageProcessPool::Options &options) : pool(launcher, options)
    {
        spdlog::set_level(spdlog::level::off);
        tabs.openEmpty();
    }

    /// A document of a site of its own.
    QUrl page(const QString &site) const
    {
        QDir(folder.path()).mkpath(site);
        QFile file(folder.filePath(site + QStringLiteral("/page.html")));
        file.open(QIODevice::WriteOnly);
        file.write("<p>page");
        return QUrl::fromLocalFile(file.fileName());
    }
    Tab *open(const QUrl &url)
    {
        Tab *tab = tabs.open(url, test::person(), Activation::Background);
        tab->setView({100, 100}, 1);
        return tab;
    }
    Tab *openAndWait(const QUrl &url)
    {
        Tab *tab = open(url);
        return QTest::qWaitFor([tab] { return isThere(tab); }, 20'000) ? tab : nullptr;
    }
    static bool isThere(const Tab *tab) { return tab->loadState() == LoadState::Idle && tab->rendererPid() > 0; }
    /// Seen for a moment.
    static void show(Tab *tab)
    {
        tab->setVisible(true);
        tab->setVisible(false);
    }
    /// Without the spare one.
    int processes() const
    {
        const auto hosts = pool.hosts();
        return int(std::count_if(hosts.begin(), hosts.end(),
                                 [](const PageProcess *host) { return !host->isGone() && !host->sites().empty(); }));
    }

    QTemporaryDir folder;
    HonestLauncher launcher;
    ProfileFetcher fetcher{ProfileSettings{}};
    PageProcessPool pool;
    TabList tabs{fetcher, pool};
};

} // namespace

class ProcessLimitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("XDG_RUNTIME_DIR"); }

    void sitesNeverShareAProcessAtTheLimit()
    {
        Fixture f(2);
        QList<Tab *> tabs;
        QSet<qint64> pids;
        for (const char *site : {"a", "b", "c", "d"}) {
            tabs << f.openAndWait(f.page(QLatin1String(site)));
            QVERIFY(tabs.last());
            pids << tabs.last()->rendererPid();
            QVERIFY(f.processes() <= 2);
            for (const PageProcess *host : f.pool.hosts())
                QVERIFY(host->sites().size() <= 1);
        }
        QCOMPARE(pids.size(), 4);
        QVERIFY(tabs[0]->isDiscarded() && tabs[1]->isDiscarded());
        QVERIFY(!tabs[2]->isDiscarded() && !tabs[3]->isDiscarded());
    }

    void aDiscardedTabKeepsWhatItIsAndLoadsAgainWhenItIsShown()
    {
        Fixture f(1);
        Tab *tab = f.openAndWait(f.page(QStringLiteral("a")));
        QVERIFY(tab);
        const QString title = tab->title().plain();
        QSignalSpy discarded(tab, &Tab::discardedChanged);
        QVERIFY(f.openAndWait(f.page(QStringLiteral("b"))));
        QVERIFY(tab->isDiscarded());
        QCOMPARE(discarded.count(), 1);
        QCOMPARE(tab->rendererPid(), 0);
        QVERIFY(!tab->crash());
        QCOMPARE(tab->url(), f.page(QStringLiteral("a")));
        QCOMPARE(tab->title().plain(), title);
        QCOMPARE(tab->history().count(), 1);
        tab->setVisible(true);
        QTRY_VERIFY(Fixture::isThere(tab));
        QVERIFY(!tab->isDiscarded());
        QCOMPARE(tab->url(), f.page(QStringLiteral("a")));
        QCOMPARE(tab->history().count(), 1);
    }

    void theOneThatWasNotSeenForLongestGoesFirst()
    {
        Fixture f(3);
        QMap<QString, Tab *> tabs;
        for (const char *site : {"a", "b", "c"})
            tabs[QLatin1String(site)] = f.openAndWait(f.page(QLatin1String(site)));
        for (const char *site : {"b", "c", "a"})
            Fixture::show(tabs[QLatin1String(site)]);
        QVERIFY(f.openAndWait(f.page(QStringLiteral("d"))));
        // "d" was never seen, and would be next.
        Fixture::show(f.tabs.at(f.tabs.count() - 1));
        QVERIFY(f.openAndWait(f.page(QStringLiteral("e"))));
        QVERIFY(tabs[QStringLiteral("b")]->isDiscarded() && tabs[QStringLiteral("c")]->isDiscarded());
        QVERIFY(!tabs[QStringLiteral("a")]->isDiscarded());
    }

    void whatIsSeenStaysAndTheNavigationWaits()
    {
        Fixture f(2);
        Tab *one = f.openAndWait(f.page(QStringLiteral("a")));
        Tab *two = f.openAndWait(f.page(QStringLiteral("b")));
        one->setVisible(true);
        two->setVisible(true);
        Tab *three = f.open(f.page(QStringLiteral("c")));
        QTRY_VERIFY(!three->processWait().isEmpty());
        QVERIFY2(three->processWait().contains(u'2'), qPrintable(three->processWait()));
        QVERIFY(three->loadState() == LoadState::Waiting);
        QVERIFY(!one->isDiscarded() && !two->isDiscarded());
        // Another page of a site that is there waits for nothing.
        QVERIFY(f.openAndWait(f.page(QStringLiteral("a"))));
        QSignalSpy changed(three, &Tab::processWaitChanged);
        two->setVisible(false);
        QTRY_VERIFY(Fixture::isThere(three));
        QVERIFY(two->isDiscarded());
        QCOMPARE(changed.count(), 1);
        QVERIFY(three->processWait().isEmpty());
    }

    void theEndOfAProcessLetsTheNextOneIn()
    {
        Fixture f(1);
        Tab *one = f.openAndWait(f.page(QStringLiteral("a")));
        one->setVisible(true);
        Tab *two = f.open(f.page(QStringLiteral("b")));
        Tab *three = f.open(f.page(QStringLiteral("c")));
        QTRY_VERIFY(!two->processWait().isEmpty() && !three->processWait().isEmpty());
        f.tabs.close(one);
        QTRY_VERIFY(Fixture::isThere(two) || Fixture::isThere(three));
        QTRY_VERIFY(Fixture::isThere(three) || three->isDiscarded());
    }

    void waitingCanBeStoppedAndATabClosedMeanwhile()
    {
        Fixture f(1);
        Tab *one = f.openAndWait(f.page(QStringLiteral("a")));
        one->setVisible(true);
        Tab *two = f.open(f.page(QStringLiteral("b")));
        Tab *three = f.open(f.page(QStringLiteral("c")));
        QTRY_VERIFY(!two->processWait().isEmpty() && !three->processWait().isEmpty());
        two->stop();
        QVERIFY(two->processWait().isEmpty());
        QVERIFY(two->loadState() == LoadState::Idle);
        QPointer<Tab> closed = three;
        f.tabs.close(three);
        QTRY_VERIFY(!closed);
        f.tabs.close(one);
        QTRY_COMPARE(f.processes(), 0);
        QCOMPARE(two->rendererPid(), 0);
    }

    void afterTooLongItIsRefusedWithWhatToDo()
    {
        PageProcessPool::Options options = withLimit(1);
        options.patience = std::chrono::milliseconds(100);
        Fixture f(options);
        Tab *one = f.openAndWait(f.page(QStringLiteral("a")));
        one->setVisible(true);
        Tab *two = f.open(f.page(QStringLiteral("b")));
        QSignalSpy failed(two, &Tab::loadFailed);
        QTRY_COMPARE(failed.count(), 1);
        const QString message = failed[0][0].value<FetchError>().message;
        QVERIFY2(message.contains(QStringLiteral("Close")) && message.contains(QStringLiteral("--renderer-limit")),
                 qPrintable(message));
        // The error page is the app's own: it gets its process.
        QTRY_VERIFY(Fixture::isThere(two));
        QCOMPARE(two->siteKey(), QStringLiteral("about:error"));
        QVERIFY(!one->isDiscarded() && Fixture::isThere(one));
    }

    void aTabMayLeaveItsSiteThoughThereIsNoRoomForMore()
    {
        Fixture f(1);
        Tab *tab = f.openAndWait(f.page(QStringLiteral("a")));
        tab->setVisible(true);
        const qint64 before = tab->rendererPid();
        tab->navigate(f.page(QStringLiteral("b")), test::person());
        QTRY_VERIFY(Fixture::isThere(tab) && tab->rendererPid() != before);
        QTRY_COMPARE(f.processes(), 1);
        QCOMPARE(tab->url(), f.page(QStringLiteral("b")));
    }

    void aDomainThatOpensManyPagesDiscardsItsOwn()
    {
        Fixture f(6); // four of one domain
        Tab *old =
            f.openAndWait(f.page(QStringLiteral("old"))); // seen by nobody: the first to go, if it were about that
        QVERIFY(old);
        std::vector<std::unique_ptr<LoopbackServer>> servers;
        QList<Tab *> tabs;
        for (int i = 0; i < 8; ++i) {
            servers.push_back(std::make_unique<LoopbackServer>());
            servers.back()->set(QStringLiteral("/"), LoopbackAnswer::page("<p>x"));
            tabs << f.openAndWait(servers.back()->url());
            QVERIFY(tabs.last());
            Fixture::show(tabs.last());
            QVERIFY(f.processes() <= 5);
        }
        QVERIFY(!old->isDiscarded());
        QCOMPARE(std::count_if(tabs.begin(), tabs.end(), [](const Tab *tab) { return tab->isDiscarded(); }), 4);
    }

    void aDomainAtItsCeilingWaitsForItselfOnly()
    {
        Fixture f(6);
        std::vector<std::unique_ptr<LoopbackServer>> servers;
        Tab *last = nullptr;
        for (int i = 0; i < 5; ++i) {
            servers.push_back(std::make_unique<LoopbackServer>());
            servers.back()->set(QStringLiteral("/"), LoopbackAnswer::page("<p>x"));
            if (i == 4) {
                last = f.open(servers.back()->url());
                break;
            }
            Tab *tab = f.openAndWait(servers.back()->url());
            tab->setVisible(true);
        }
        QTRY_VERIFY(last->processWait().contains(QStringLiteral("127.0.0.1")));
        QVERIFY(f.openAndWait(f.page(QStringLiteral("other"))));
        QVERIFY(!last->processWait().isEmpty());
    }

    void oneSitesPagesInTheBackgroundAreBounded()
    {
        Fixture f(10);
        QList<Tab *> tabs;
        for (int i = 0; i < TabDiscarder::MostHiddenOfOneDomain + 3; ++i)
            tabs << f.openAndWait(f.page(QStringLiteral("a")));
        const auto discarded = [&tabs] {
            return std::count_if(tabs.begin(), tabs.end(), [](const Tab *tab) { return tab->isDiscarded(); });
        };
        QTRY_COMPARE(discarded(), 3);
        QVERIFY(tabs[0]->isDiscarded() && tabs[2]->isDiscarded());
    }

    void thePersonsOwnChoiceOfOneProcessStaysAsItIs()
    {
        PageProcessPool::Options options = withLimit(1);
        options.model = ProcessModel::Single;
        Fixture f(options);
        Tab *one = f.openAndWait(f.page(QStringLiteral("a")));
        Tab *two = f.openAndWait(f.page(QStringLiteral("b")));
        QVERIFY(one && two);
        QCOMPARE(one->rendererPid(), two->rendererPid());
        QVERIFY(!one->isDiscarded());
    }
};

QTEST_GUILESS_MAIN(ProcessLimitTest)
#include "process_limit_test.moc"

#include <algorithm>
