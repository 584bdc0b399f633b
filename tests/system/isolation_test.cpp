// SPDX-License-Identifier: BSD-3-Clause
// Walks through real documents in ten tabs, over file: and http:, while a random renderer is killed every second.
#include "tests/support/doc_corpus.h"
#include "tests/support/loopback_server.h"
#include "tests/support/resource_counter.h"
#include "tests/system/real_session.h"

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
        const ResourceCounter resources;
        {
            RealSession session;
            QHash<qint64, QStringList> killed;  // pid -> sites it held
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
                connect(walk->tab, &Tab::crashChanged, this, [walk] {
                    const auto &crash = walk->tab->crash();
                    if (!crash)
                        return;
                    ++walk->crashes;
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

            int kills = 0, victims = 0, crashesBefore = 0;
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
                // Every page of this process may go, and nothing else.
                QSet<Tab *> expected;
                for (int i = 0; i < session.tabs.count(); ++i) {
                    if (session.tabs.at(i)->holdsPageIn(victim))
                        expected.insert(session.tabs.at(i));
                }
                QSet<Tab *> *crashed = new QSet<Tab *>;
                QObject *listener = new QObject(&killer);
                for (int i = 0; i < session.tabs.count(); ++i) {
                    Tab *tab = session.tabs.at(i);
                    connect(tab, &Tab::crashChanged, listener, [tab, crashed] {
                        if (tab->crash())
                            crashed->insert(tab);
                    });
                }
                ++kills;
                victims += int(expected.size());
                ::kill(pid_t(victim->pid()), SIGKILL);
                connect(victim, &RendererHost::gone, listener, [&, crashed, listener, expected] {
                    if (!(*crashed - expected).isEmpty())
                        surprises << QStringLiteral("a tab of another process crashed");
                    delete crashed;
                    listener->deleteLater();
                });
            });
            killer.start(1000);
            const bool done = QTest::qWaitFor(
                [&] {
                    return std::all_of(walks.begin(), walks.end(),
                                       [](const auto &walk) { return walk->next > walk->pages.size(); });
                },
                400'000);
            killer.stop();
            int crashes = 0, pages = 0;
            QStringList problems = surprises;
            for (const auto &walk : walks) {
                crashes += walk->crashes;
                pages += std::min<int>(walk->next - 1, int(walk->pages.size()));
                problems += walk->problems;
            }
            qInfo("%d pages shown, %d renderers killed, %d tabs lost and reloaded", pages, kills, crashes);
            QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
            QVERIFY(done);
            QCOMPARE(pages, Tabs * PagesPerTab);
            QVERIFY(kills > 0);
            QVERIFY(crashes <= victims + crashesBefore);
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
