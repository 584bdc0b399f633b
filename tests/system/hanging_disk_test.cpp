// SPDX-License-Identifier: BSD-3-Clause
// A file system that never answers holds up who wants something of it, and nobody else: not the window, not another
// site, not the end.
#include "browser/desktop/library/download_manager.h"
#include "browser/desktop/library/history.h"
#include "browser/desktop/session/session_file.h"
#include "browser/desktop/window/address_bar.h"
#include "browser/desktop/window/tab_page.h"
#include "tests/support/hanging_folder.h"
#include "tests/support/initiators.h"
#include "tests/support/loopback_server.h"
#include "tests/support/remote_browser.h"
#include "tests/support/tab_click.h"
#include "tests/system/real_session.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <initializer_list>
#include <thread>

using namespace bulkhead;

namespace {

/// What one turn of the event loop may take, on a machine that has much else to do. A wait for the disk would be a
/// hundred times that.
constexpr qint64 LongestTurn = 1000;

std::optional<Error> whyNot; ///< nothing could be mounted

/// What a machine without the rights or without FUSE answers; anything else is a fault of the test.
bool isLacking(const Error &error)
{
    const std::initializer_list<int> lacking = {EPERM, EACCES, ENOENT, ENXIO, ENODEV, ENOSYS, ENOSPC};
    return std::find(lacking.begin(), lacking.end(), error.number) != lacking.end();
}

/// Two folders, of which one hangs; and whether the event loop still turns.
class LostFolder
{
public:
    LostFolder()
    {
        if (whyNot)
            return;
        root = QFileInfo(m_dir.path()).canonicalFilePath();
        QDir(root).mkpath(QStringLiteral("docs/lost"));
        Result<HangingFolder> mounted = HangingFolder::mount((root + QStringLiteral("/docs/lost")).toStdString());
        if (!mounted) {
            whyNot = mounted.error();
            return;
        }
        m_folder.emplace(std::move(*mounted));
        // A test that is held up fails; it does not hang.
        m_rescue = std::thread([this] {
            std::unique_lock lock(m_mutex);
            if (!m_over.wait_for(lock, std::chrono::seconds(100), [this] { return m_isOver; }))
                m_folder->giveUp();
        });
        m_heart.setInterval(5);
        QObject::connect(&m_heart, &QTimer::timeout, [this] { m_longest = std::max(m_longest, m_beat.restart()); });
        m_beat.start();
        m_heart.start();
    }
    ~LostFolder()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isOver = true;
        }
        m_over.notify_all();
        if (m_rescue.joinable())
            m_rescue.join();
    }

    QUrl url(const char *name) const
    {
        return QUrl::fromLocalFile(root + QStringLiteral("/docs/lost/") + QLatin1String(name));
    }
    QString path(const char *name) const { return url(name).toLocalFile(); }
    QUrl page(const char *name, const QByteArray &body) const
    {
        QFile file(root + QStringLiteral("/docs/") + QLatin1String(name));
        if (file.open(QIODevice::WriteOnly))
            file.write("<!doctype html><title>page</title>" + body);
        return QUrl::fromLocalFile(file.fileName());
    }
    qint64 longestTurn()
    {
        QTest::qWait(20);
        return m_longest;
    }

    QString root;

private:
    QTemporaryDir m_dir;
    std::optional<HangingFolder> m_folder;
    std::thread m_rescue;
    std::mutex m_mutex;
    std::condition_variable m_over;
    bool m_isOver = false;
    QTimer m_heart;
    QElapsedTimer m_beat;
    qint64 m_longest = 0;
};

bool openAndWait(Tab *tab, const QUrl &url)
{
    QSignalSpy loaded(tab, &Tab::loaded);
    tab->navigate(url, test::person());
    return QTest::qWaitFor([&] { return loaded.count() > 0 && !tab->frame().isNull(); }, 30'000);
}

} // namespace

#define REQUIRE_LOST_FOLDER(lost)                                                                                      \
    LostFolder lost;                                                                                                   \
    if (whyNot && isLacking(*whyNot))                                                                                  \
        QSKIP(("this machine lacks /dev/fuse, or the right to mount: " + whyNot->what).c_str());                       \
    QVERIFY2(!whyNot, whyNot ? whyNot->what.c_str() : "")

class HangingDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatThePersonOpensThereHoldsUpNobodyElse()
    {
        REQUIRE_LOST_FOLDER(lost);
        LoopbackServer server;
        server.set(QStringLiteral("/"), LoopbackAnswer::page("<title>other</title>other"));
        RealSession session;
        Tab *waiting = session.tabs.openEmpty();
        Tab *other = session.tabs.openEmpty();
        for (const char *name : {"a.html", "b.html", "c.html", "folder/"}) {
            waiting->navigate(lost.url(name), test::person());
            QTest::qWait(50);
        }
        QVERIFY(openAndWait(other, server.url(QStringLiteral("/"))));
        // Its neighbour, many folders down.
        QVERIFY(openAndWait(other, lost.page("page.html", "a file beside what hangs")));
        QCOMPARE(waiting->loadState(), LoadState::Waiting);
        session.tabs.close(waiting);
        QTRY_COMPARE(session.tabs.count(), 1);
        const qint64 longest = lost.longestTurn();
        QVERIFY2(longest < LongestTurn, qPrintable(QString::number(longest)));
    }

    void aPageThatLeadsThereAndShowsThingsFromThereHoldsUpNobodyElse()
    {
        REQUIRE_LOST_FOLDER(lost);
        LoopbackServer server;
        server.set(QStringLiteral("/"), LoopbackAnswer::page("<title>other</title>other"));
        RealSession session;
        Tab *leading = session.tabs.openEmpty();
        QByteArray body = "<body style='margin:0'><a href='lost/next.html' "
                          "style='display:block;height:400px;background:#eee'>next</a>";
        for (int i = 0; i < 20; ++i)
            body += "<img src='lost/" + QByteArray::number(i) + ".png'>";
        leading->navigate(lost.page("leading.html", body), test::person());
        QTRY_VERIFY_WITH_TIMEOUT(!leading->frame().isNull() && leading->title().plain() == u"page", 30'000);
        test::click(leading, {100, 100});
        QTRY_COMPARE(leading->loadState(), LoadState::Waiting);
        Tab *other = session.tabs.openEmpty();
        QVERIFY(openAndWait(other, server.url(QStringLiteral("/"))));
        const QTemporaryDir elsewhere;
        QFile file(elsewhere.filePath(QStringLiteral("page.html")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("<img src='missing.png'>a file of another site");
        file.close();
        QVERIFY(openAndWait(other, QUrl::fromLocalFile(file.fileName())));
        leading->stop();
        QCOMPARE(leading->loadState(), LoadState::Idle);
        session.tabs.close(leading);
        const qint64 longest = lost.longestTurn();
        QVERIFY2(longest < LongestTurn, qPrintable(QString::number(longest)));
    }

    void whatIsSaidOfAFolderThereIsJudgedByItsName()
    {
        REQUIRE_LOST_FOLDER(lost);
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, lost.page("page.html", "page")));
        const QUrl there = tab->url();
        // What a restored session and a folder that is asked about say of it is judged without the disk, too.
        const Session restored = Session::fromJson("{\"format\":1,\"tabs\":[{\"current\":0,\"entries\":[{\"url\":\"" +
                                                   lost.url("x.html").toEncoded() + "\"}]}]}");
        QCOMPARE(restored.tabs.size(), 1);
        QVERIFY(!restored.tabs[0].history.at(0).initiator.isPerson());
        TabPage page(*tab);
        page.show();
        Q_EMIT tab->fileAccessDenied(lost.path("x"));
        tab->allowFolder(lost.path("x"), GrantLasts::Always);
        QTRY_VERIFY(tab->loadState() == LoadState::Idle);
        QCOMPARE(tab->url(), there);
        const qint64 longest = lost.longestTurn();
        QVERIFY2(longest < LongestTurn, qPrintable(QString::number(longest)));
    }

    void aTypedPathThereOpensATabThatWaits()
    {
        REQUIRE_LOST_FOLDER(lost);
        RealSession session;
        session.tabs.openEmpty();
        History history{QString()};
        AddressBar bar(session.tabs, history);
        bar.setTab(session.tabs.at(0));
        QSignalSpy opened(&bar, &AddressBar::opened);
        bar.show();
        bar.setText(lost.path("typed.html"));
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(&bar, Qt::Key_Return);
        QVERIFY(clock.elapsed() < LongestTurn);
        QTRY_COMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].toUrl(), lost.url("typed.html"));
        // Giving it up in time opens nothing.
        bar.setText(lost.path("other.html"));
        QTest::keyClick(&bar, Qt::Key_Return);
        QTest::keyClick(&bar, Qt::Key_Escape);
        QTest::qWait(int(TypedLookup::Patience.count()) + 300);
        QCOMPARE(opened.count(), 1);
        const qint64 longest = lost.longestTurn();
        QVERIFY2(longest < LongestTurn, qPrintable(QString::number(longest)));
    }

    void aSiteThatSavesThereHoldsUpNobodysDownloads()
    {
        REQUIRE_LOST_FOLDER(lost);
        LoopbackServer hanging, healthy;
        for (LoopbackServer *server : {&hanging, &healthy})
            server->set(QStringLiteral("/file.bin"), LoopbackAnswer::page("bytes"));
        QElapsedTimer ending;
        {
            ProfileFetcher fetcher{ProfileSettings{}};
            DownloadManager downloads(fetcher);
            const auto start = [&downloads](LoopbackServer &server, const Initiator &initiator, const QString &folder) {
                downloads.setFolder(folder);
                return downloads.start(server.url(QStringLiteral("/file.bin")), initiator);
            };
            const QString good = lost.root + QStringLiteral("/good");
            const QUrl page = hanging.url(QStringLiteral("/"));
            for (int i = 0; i < DownloadManager::MostOfOneSite; ++i)
                QVERIFY(start(hanging, test::pageOf(page), lost.path("downloads")));
            QTRY_VERIFY(downloads.at(5)->state() == DownloadState::Running ||
                        downloads.at(5)->state() == DownloadState::Finishing);
            Download *other = start(healthy, test::pageOf(healthy.url(QStringLiteral("/"))), good);
            Download *persons = start(healthy, test::person(), good);
            QTRY_COMPARE_WITH_TIMEOUT(other->state(), DownloadState::Finished, 20'000);
            QTRY_COMPARE_WITH_TIMEOUT(persons->state(), DownloadState::Finished, 20'000);
            // What is stuck can be given up, and does not hold up the end.
            downloads.at(0)->cancel();
            downloads.remove(downloads.at(0));
            const qint64 longest = lost.longestTurn();
            QVERIFY2(longest < LongestTurn, qPrintable(QString::number(longest)));
            ending.start();
        }
        QVERIFY2(ending.elapsed() < 15'000, qPrintable(QString::number(ending.elapsed())));
    }

    void theProgramEndsWhileATabWaits()
    {
        REQUIRE_LOST_FOLDER(lost);
        const QTemporaryDir profile;
        RemoteBrowser browser(profile.path());
        QVERIFY(browser.isReady());
        browser.call(QStringLiteral("open"),
                     {{QStringLiteral("urls"), QJsonArray{QString::fromLatin1(lost.url("a.html").toEncoded()),
                                                          QString::fromLatin1(lost.url("b.html").toEncoded())}}});
        QVERIFY(browser.openAndWait(QStringLiteral("about:version")) > 0);
        browser.call(QStringLiteral("quit"));
        QVERIFY(browser.process().waitForEnd(std::chrono::seconds(20)));
        QCOMPARE(browser.process().exitCode(), 0);
    }

    void theProgramStartsWithAnAddressThere()
    {
        REQUIRE_LOST_FOLDER(lost);
        const QTemporaryDir profile;
        RemoteBrowser browser(profile.path(),
                              {lost.path("a.html"), QString::fromLatin1(lost.url("b.html").toEncoded())});
        QVERIFY(browser.isReady());
        QVERIFY(browser.openAndWait(QStringLiteral("about:version")) > 0);
        browser.call(QStringLiteral("quit"));
        QVERIFY(browser.process().waitForEnd(std::chrono::seconds(20)));
    }
};

int main(int argc, char **argv)
{
    // Before there are threads: they would keep the view of the file systems that there is now.
    if (const Result<void> isolated = HangingFolder::isolate(); !isolated)
        whyNot = isolated.error();
    QApplication app(argc, argv);
    HangingDiskTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "hanging_disk_test.moc"
