// SPDX-License-Identifier: BSD-3-Clause
// Walks through real documents in ten tabs, over file: and http:, while a random renderer is killed every second.
#include "tests/support/doc_corpus.h"
#include "tests/support/initiators.h"
#include "tests/support/loopback_server.h"
#include "tests/support/resource_counter.h"
#include "tests/system/real_session.h"

#include <QMimeDatabase>
#include <QRandomGenerator>
#include <QSet>
#include <QtTest>

#include <algorithm>
#include <csignal>

using namespace bulkhead;

namespace {

constexpr int Tabs = 10;
constexpr int PagesPerTab = 20;

/// Twenty different pages for tab @p tab, spread over @p corpus. Without the few that take so long to lay out that, on
/// a busy machine, a kill every second would never let them finish.
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

/// A tab on its way through pages; where it crashes it loads again.
class Walk : public QObject
{
public:
    /// @p dying: how many processes were killed whose end was not told yet. Both outlive the walk.
    Walk(Tab &tab, QList<QUrl> pages, const int &dying) : m_tab(tab), m_pages(std::move(pages)), m_dying(dying)
    {
        connect(&m_tab, &Tab::loaded, this, &Walk::goOn);
        connect(&m_tab, &Tab::loadFailed, this, [this](const FetchError &error) { note(error.message); });
        connect(&m_tab, &Tab::crashChanged, this, &Walk::comeBack);
        m_tab.navigate(m_pages[0], test::person());
    }

    Tab &tab() const { return m_tab; }
    bool isDone() const { return m_next > m_pages.size(); }
    bool isAtRest() const { return !m_tab.crash() && m_tab.loadState() == LoadState::Idle; }
    int pagesShown() const { return std::min<int>(m_next - 1, int(m_pages.size())); }
    int crashes() const { return m_crashes; }
    /// Rises with everything that may take it to another process.
    int moves() const { return m_next + m_reloads; }
    QStringList problems() const { return m_problems; }

private:
    void note(const QString &problem) { m_problems << m_tab.url().toString() + QStringLiteral(": ") + problem; }

    void goOn()
    {
        // Not Tab::title(), which is the address where the document has none.
        // A page may be complete before its first frame is on screen; until then it is not in the history.
        const std::optional<NavigationEntry> coming = m_tab.wanted();
        const NavigationEntry *entry = coming ? &*coming : m_tab.history().current();
        if (!entry || entry->title.isEmpty())
            note(QStringLiteral("no title of its own"));
        if (m_next < m_pages.size())
            m_tab.navigate(m_pages[m_next], test::person());
        ++m_next;
    }

    void comeBack()
    {
        const auto &crash = m_tab.crash();
        if (!crash)
            return;
        ++m_crashes;
        if (m_dying == 0)
            note(QStringLiteral("crashed without a kill"));
        if (crash->code() != u"signal 9 SIGKILL")
            note(crash->code());
        QMetaObject::invokeMethod(
            this,
            [this] {
                ++m_reloads;
                m_tab.reload();
            },
            Qt::QueuedConnection);
    }

    Tab &m_tab;
    const QList<QUrl> m_pages;
    const int &m_dying;
    int m_next = 1;
    int m_crashes = 0;
    int m_reloads = 0;
    QStringList m_problems;
};
using Walks = std::vector<std::unique_ptr<Walk>>;

/// Kills the process of somebody's page every second.
class Killer : public QObject
{
public:
    /// All outlive the killer. It counts up @p dying.
    Killer(PageProcessPool &renderers, const Walks &walks, int &dying)
        : m_renderers(renderers), m_walks(walks), m_dying(dying)
    {
        connect(&m_timer, &QTimer::timeout, this, &Killer::killOne);
        m_timer.start(1000);
    }

    void stop() { m_timer.stop(); }
    int kills() const { return m_kills; }
    /// Tabs that crashed although they had no page in a process that was killed.
    QStringList surprises() const { return m_surprises; }

private:
    void killOne()
    {
        if (m_dying > 0)
            return; // on a busy machine: whose end is told must be the one that was killed
        std::vector<PageProcess *> candidates;
        for (PageProcess *host : m_renderers.hosts()) {
            if (host->isReady() && !host->pages().empty())
                candidates.push_back(host);
        }
        if (candidates.empty())
            return;
        PageProcess *victim = candidates[std::size_t(QRandomGenerator::global()->bounded(int(candidates.size())))];
        // Until the victim's end has been told: whoever crashes must have had a page in it, or have gone there since
        // the kill.
        auto *watch = new QObject(this);
        for (const auto &owned : m_walks) {
            const Walk *walk = owned.get();
            const bool held = walk->tab().holdsPageIn(victim);
            const int before = walk->moves();
            connect(&walk->tab(), &Tab::crashChanged, watch, [this, walk, held, before] {
                if (walk->tab().crash() && !held && walk->moves() == before)
                    m_surprises << QStringLiteral("a tab of another process crashed: ") + walk->tab().url().toString();
            });
        }
        connect(victim, &PageProcess::gone, watch, [this, watch] {
            --m_dying;
            watch->deleteLater();
        });
        ++m_kills;
        ++m_dying;
        ::kill(pid_t(victim->pid()), SIGKILL);
    }

    PageProcessPool &m_renderers;
    const Walks &m_walks;
    int &m_dying;
    QTimer m_timer;
    int m_kills = 0;
    QStringList m_surprises;
};

} // namespace

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
        QMimeDatabase().mimeTypeForFile(QStringLiteral("/etc/hostname")); // keeps its cache file open from now on
        const ResourceCounter resources;
        {
            RealSession session;
            int dying = 0; // killed, and its end not told yet
            Walks walks;
            for (int i = 0; i < Tabs; ++i) {
                const DocCorpus &corpus = i % 5 == 0 ? debian : i % 5 < 3 ? python : apache;
                const LoopbackServer *server = i % 5 == 2 ? &pythonServer : i % 5 == 4 ? &apacheServer : nullptr;
                QList<QUrl> pages;
                for (const QString &page : pagesOf(corpus, i))
                    pages << (server ? server->url(u'/' + page) : corpus.fileUrl(page));
                walks.push_back(std::make_unique<Walk>(*session.tabs.openEmpty(), pages, dying));
            }
            Killer killer(session.renderers, walks, dying);
            const auto all = [&walks](bool (Walk::*is)() const) {
                return std::all_of(walks.begin(), walks.end(), [is](const auto &walk) { return (*walk.*is)(); });
            };
            const bool done = QTest::qWaitFor([&] { return all(&Walk::isDone); }, 400'000);
            killer.stop();
            // The last one may have been killed just now.
            const bool settled = QTest::qWaitFor([&] { return dying == 0 && all(&Walk::isAtRest); }, 60'000);
            int crashes = 0, pages = 0;
            QStringList problems = killer.surprises();
            for (const auto &walk : walks) {
                crashes += walk->crashes();
                pages += walk->pagesShown();
                problems += walk->problems();
            }
            qInfo("%d pages shown, %d renderers killed, %d tabs lost and reloaded", pages, killer.kills(), crashes);
            QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
            QVERIFY(done && settled);
            QCOMPARE(pages, Tabs * PagesPerTab);
            QVERIFY(killer.kills() > 0);
            for (const auto &walk : walks) {
                QVERIFY(!walk->tab().crash());
                QVERIFY(!walk->tab().frame().isNull());
            }
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        const QString left = resources.waitUntilRestored();
        QVERIFY2(left.isEmpty(), qPrintable(left));
    }
};

QTEST_GUILESS_MAIN(IsolationTest)
#include "isolation_test.moc"
