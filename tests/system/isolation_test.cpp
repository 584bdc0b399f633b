// SPDX-License-Identifier: BSD-3-Clause
// Walks through real documents in ten tabs, over file: and http:, while a random renderer is killed every second.
#include "tests/support/doc_corpus.h"
#include "tests/support/loopback_server.h"
#include "tests/support/resource_counter.h"
#include "tests/system/real_session.h"

#include <QMimeDatabase>
#include <QRandomGenerator>
#include <QSet>
#include <QtTest>

#include <csignal>

using namespace bulkhead;

namespace {

constexpr int Tabs = 10;
constexpr int PagesPerTab = 20;

struct Walk
{
    Tab *tab = nullptr;
    QList<QUrl> pages;
    int next = 0;
    int crashes = 0;
    int reloads = 0;
    QStringList problems;
};

/// Twenty different pages for tab @p tab, spread over @p corpus. Without the few that take so long to lay out that, on a
/// busy machine, a kill every second would never let them finish.
QStringList pagesOf(const DocCorpus &corpus, int tab)
{
    constexpr qint64 MostBytes = 120'000;
    QStringList small;
    for (const QString &page : corpus.pages()) {
        if (QFileInfo(corpus.folder() + u'/' + page).size() <= MostBytes)
            small << page;
    }
    QStringList chosen;
    for (int i = 0; i < PagesPerTab; ++i)
        chosen << small[(i * 37 + tab * 11) % small.size()];
    return chosen;
}

}  // namespace

class IsolationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoHundredPagesInTenTabsWhileRenderersAreKilled()
    {
        const DocCorpus python(Doc::Python), debian(Doc::DebianReference), apache(Doc::Apache);
        for (const DocCorpus *corpus : {&python, &debian, &apache}) {
            if (!corpus->isInstalled())
                QSKIP(qPrintable(corpus->whyMissing()));
        }
        LoopbackServer pythonServer(python.folder()), apacheServer(apache.folder());
        QMimeDatabase().mimeTypeForFile(QStringLiteral("/etc/hostname"));  // keeps its cache file open from now on
        const ResourceCounter resources;
        {
            RealSession session;
            int dying = 0;  // killed, and its end not told yet
            std::vector<std::unique_ptr<Walk>> walks;
            for (int i = 0; i < Tabs; ++i) {
                auto walk = std::make_unique<Walk>();
                const DocCorpus &corpus = i % 5 == 0 ? debian : i % 5 < 3 ? python : apache;
                const LoopbackServer *server = i % 5 == 2 ? &pythonServer : i % 5 == 4 ? &apacheServer : nullptr;
                const QStringList pages = pagesOf(corpus, i);
                for (const QString &page : pages)
                    walk->pages << (server ? server->url(u'/' + page) : corpus.fileUrl(page));
                walk->tab = session.tabs.open(QUrl());
                walks.push_back(std::move(walk));
            }
            for (auto &owned : walks) {
                Walk *walk = owned.get();
                connect(walk->tab, &Tab::loaded, this, [walk] {
                    if (walk->next > 0 && walk->tab->title().isEmpty())
                        walk->problems << QStringLiteral("no title: ") + walk->tab->url().toString();
                    if (walk->next < walk->pages.size())
                        walk->tab->navigate(walk->pages[walk->next]);
                    ++walk->next;
                });
                connect(walk->tab, &Tab::loadFailed, this, [walk](const FetchError &error) {
                    walk->problems << walk->tab->url().toString() + QStringLiteral(": ") + error.message;
                });
                connect(walk->tab, &Tab::crashChanged, this, [walk, &dying] {
                    const auto &crash = walk->tab->crash();
                    if (!crash)
                        return;
                    ++walk->crashes;
                    if (dying == 0)
                        walk->problems << walk->tab->url().toString() + QStringLiteral(": crashed without a kill");
                    if (crash->code() != u"signal 9 SIGKILL")
                        walk->problems << walk->tab->url().toString() + QStringLiteral(": ") + crash->code();
                    QMetaObject::invokeMethod(
                        walk->tab,
                        [walk] {
                            ++walk->reloads;
                            walk->tab->reload();
                        },
                        Qt::QueuedConnection);
                });
                walk->tab->navigate(walk->pages[0]);
                walk->next = 1;
            }

            int kills = 0;
            QStringList surprises;
            QTimer killer;
            connect(&killer, &QTimer::timeout, this, [&] {
                std::vector<RendererHost *> candidates;
                for (RendererHost *host : session.renderers.hosts()) {
                    if (host->isReady() && !host->pages().empty())
                        candidates.push_back(host);
                }
                if (candidates.empty())
                    return;
                RendererHost *victim = candidates[std::size_t(QRandomGenerator::global()->bounded(int(candidates.size())))];
                // Until the victim's end has been told: whoever crashes must have had a page in it, or have gone there
                // since the kill.
                auto *watch = new QObject(&killer);
                for (const auto &owned : walks) {
                    Walk *walk = owned.get();
                    const bool held = walk->tab->holdsPageIn(victim);
                    const int before = walk->next + walk->reloads;
                    connect(walk->tab, &Tab::crashChanged, watch, [&surprises, walk, held, before] {
                        if (walk->tab->crash() && !held && walk->next + walk->reloads == before)
                            surprises << QStringLiteral("a tab of another process crashed: ") + walk->tab->url().toString();
                    });
                }
                connect(victim, &RendererHost::gone, watch, [&dying, watch] {
                    --dying;
                    watch->deleteLater();
                });
                ++kills;
                ++dying;
                ::kill(pid_t(victim->pid()), SIGKILL);
            });
            killer.start(1000);
            const bool done = QTest::qWaitFor(
                [&] {
                    return std::all_of(walks.begin(), walks.end(),
                                       [](const auto &walk) { return walk->next > walk->pages.size(); });
                },
                400'000);
            killer.stop();
            // The last one may have been killed just now.
            const bool settled = QTest::qWaitFor(
                [&] {
                    return dying == 0 && std::all_of(walks.begin(), walks.end(), [](const auto &walk) {
                               return !walk->tab->crash() && walk->tab->loadState() == LoadState::Idle;
                           });
                },
                60'000);
            int crashes = 0, pages = 0;
            QStringList problems = surprises;
            for (const auto &walk : walks) {
                crashes += walk->crashes;
                pages += std::min<int>(walk->next - 1, int(walk->pages.size()));
                problems += walk->problems;
            }
            qInfo("%d pages shown, %d renderers killed, %d tabs lost and reloaded", pages, kills, crashes);
            QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
            QVERIFY(done && settled);
            QCOMPARE(pages, Tabs * PagesPerTab);
            QVERIFY(kills > 0);
            for (const auto &walk : walks) {
                QVERIFY(!walk->tab->crash());
                QVERIFY(!walk->tab->frame().isNull());
            }
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        const QString left = resources.waitUntilRestored();
        QVERIFY2(left.isEmpty(), qPrintable(left));
    }
};

QTEST_GUILESS_MAIN(IsolationTest)
#include "isolation_test.moc"
