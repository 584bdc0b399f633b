// SPDX-License-Identifier: BSD-3-Clause
// Tabs over real processes: sites and processes, history, links, find, text, crashes, slow and endless servers.
#include "tests/support/doc_corpus.h"
#include "tests/support/initiators.h"
#include "tests/support/loopback_server.h"
#include "tests/support/tab_click.h"
#include "tests/system/real_session.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QWheelEvent>
#include <QtTest>

#include <algorithm>
#include <csignal>

using namespace bulkhead;

namespace {

bool openAndWait(Tab *tab, const QUrl &url)
{
    QSignalSpy loaded(tab, &Tab::loaded);
    tab->navigate(url, test::person());
    return QTest::qWaitFor([&] { return loaded.count() > 0 && !tab->frame().isNull(); }, 30'000);
}

LoopbackAnswer page(const QByteArray &body)
{
    return LoopbackAnswer::page("<!doctype html><title>" + body.left(20) + "</title><body>" + body);
}

qint64 residentKilobytes()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const auto lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

} // namespace

class PagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesOfOneSiteShareAProcessAndOthersDoNot()
    {
        LoopbackServer one, two;
        for (LoopbackServer *server : {&one, &two}) {
            server->set(QStringLiteral("/a"), page("a"));
            server->set(QStringLiteral("/b"), page("b"));
        }
        RealSession session;
        Tab *a = session.tabs.openEmpty();
        Tab *b = session.tabs.openEmpty();
        Tab *c = session.tabs.openEmpty();
        QVERIFY(openAndWait(a, one.url(QStringLiteral("/a"))));
        QVERIFY(openAndWait(b, one.url(QStringLiteral("/b"))));
        QVERIFY(openAndWait(c, two.url(QStringLiteral("/a"))));
        QCOMPARE(a->rendererPid(), b->rendererPid());
        QVERIFY(a->rendererPid() != c->rendererPid());

        QVERIFY(::kill(pid_t(a->rendererPid()), SIGKILL) == 0);
        QTRY_VERIFY(a->crash() && b->crash());
        QVERIFY(!c->crash());
        QSignalSpy frames(c, &Tab::frameChanged);
        c->setZoom(2);
        QTRY_VERIFY(frames.count() > 0);
    }

    void theProcessModelDecidesWhoSharesAProcess_data()
    {
        QTest::addColumn<int>("model");
        QTest::addColumn<int>("processes");
        QTest::newRow("per site") << int(ProcessModel::PerSite) << 2;
        QTest::newRow("per tab") << int(ProcessModel::PerTab) << 3;
        QTest::newRow("single") << int(ProcessModel::Single) << 1;
    }
    void theProcessModelDecidesWhoSharesAProcess()
    {
        QFETCH(int, model);
        QFETCH(int, processes);
        LoopbackServer one, two;
        one.set(QStringLiteral("/"), page("one"));
        two.set(QStringLiteral("/"), page("two"));
        PageProcessPool::Options options;
        options.model = ProcessModel(model);
        RealSession session(options);
        QSet<qint64> pids;
        for (const QUrl &url : {one.url(), one.url(), two.url()}) {
            Tab *tab = session.tabs.openEmpty();
            QVERIFY(openAndWait(tab, url));
            pids.insert(tab->rendererPid());
        }
        QCOMPARE(pids.size(), processes);
    }

    void atTheLimitTheTabThatNobodySeesIsDiscardedAndComesBackWhereItWas()
    {
        LoopbackServer one, two, three;
        for (LoopbackServer *server : {&one, &two, &three})
            server->set(QStringLiteral("/"),
                        LoopbackAnswer::page("<title>long</title><div style='height:5000px'>x</div>"));
        PageProcessPool::Options options;
        options.softLimit = 2;
        RealSession session(options);
        QList<Tab *> tabs;
        for (const QUrl &url : {one.url(), two.url()}) {
            tabs << session.tabs.openEmpty();
            QVERIFY(openAndWait(tabs.last(), url));
        }
        tabs[0]->scrollTo({0, 700});
        QTRY_COMPARE(tabs[0]->scrollPosition(), QPoint(0, 700));
        const qint64 before = tabs[0]->rendererPid();
        tabs[0]->setVisible(false);
        tabs << session.tabs.openEmpty();
        QVERIFY(openAndWait(tabs[2], three.url()));
        QVERIFY(tabs[0]->isDiscarded());
        QCOMPARE(tabs[0]->title().plain(), QStringLiteral("long"));
        QVERIFY(tabs[2]->rendererPid() != tabs[1]->rendererPid() && tabs[2]->rendererPid() != before);
        tabs[1]->setVisible(false);
        tabs[0]->setVisible(true);
        QTRY_COMPARE(tabs[0]->scrollPosition(), QPoint(0, 700));
        QVERIFY(tabs[1]->isDiscarded());
    }

    void aLinkToAnotherSiteMovesTheTabToAnotherProcess()
    {
        LoopbackServer one, two;
        two.set(QStringLiteral("/there"), page("there"));
        one.set(QStringLiteral("/"),
                LoopbackAnswer::page("<body style='margin:0'><a style='display:block;font-size:60px' href='" +
                                     two.url(QStringLiteral("/there")).toEncoded() + "'>go</a>"));
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, one.url()));
        const qint64 before = tab->rendererPid();
        test::click(tab, {20, 30});
        QTRY_COMPARE(tab->url(), two.url(QStringLiteral("/there")));
        QTRY_VERIFY(tab->rendererPid() != before && tab->rendererPid() != 0);
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("there"));
        tab->goBack();
        QTRY_COMPARE(tab->url(), one.url());
    }

    void historyKeepsScrollPositions()
    {
        const DocCorpus python(Doc::Python);
        if (!python.isInstalled())
            QSKIP(qPrintable(python.whyMissing()));
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, python.fileUrl(QStringLiteral("index.html"))));
        tab->scrollTo({0, 200});
        QTRY_COMPARE(tab->scrollPosition(), QPoint(0, 200));
        QVERIFY(openAndWait(tab, python.fileUrl(QStringLiteral("glossary.html"))));
        QTRY_COMPARE(tab->scrollPosition(), QPoint(0, 0));
        tab->goBack();
        QTRY_COMPARE(tab->url(), python.fileUrl(QStringLiteral("index.html")));
        QTRY_COMPARE(tab->scrollPosition(), QPoint(0, 200));
        QVERIFY(tab->canGoForward());
    }

    void aReloadAfterACrashComesBackToTheSamePlace()
    {
        const DocCorpus python(Doc::Python);
        if (!python.isInstalled())
            QSKIP(qPrintable(python.whyMissing()));
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, python.fileUrl(QStringLiteral("glossary.html"))));
        const QString title = tab->title().plain();
        tab->scrollTo({0, 1500});
        QTRY_COMPARE(tab->scrollPosition(), QPoint(0, 1500));
        ::kill(pid_t(tab->rendererPid()), SIGSEGV);
        QTRY_VERIFY(tab->crash());
        QCOMPARE(tab->crash()->code(), QStringLiteral("signal 11 SIGSEGV"));
        QCOMPARE(tab->title().plain(), title);
        tab->reload();
        QTRY_VERIFY(!tab->crash());
        QTRY_COMPARE_WITH_TIMEOUT(tab->scrollPosition(), QPoint(0, 1500),
                                  30'000); // a large page, on a machine that is busy
    }

    void anAnchorInTheSameDocumentScrollsWithoutLoading()
    {
        const DocCorpus python(Doc::Python);
        if (!python.isInstalled())
            QSKIP(qPrintable(python.whyMissing()));
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QUrl url = python.fileUrl(QStringLiteral("glossary.html"));
        QVERIFY(openAndWait(tab, url));
        QSignalSpy loaded(tab, &Tab::loaded);
        url.setFragment(QStringLiteral("term-decorator"));
        tab->navigate(url, test::person());
        QTRY_VERIFY(tab->scrollPosition().y() > 500);
        QCOMPARE(loaded.count(), 0);
        QVERIFY(tab->canGoBack());
        tab->goBack();
        QTRY_COMPARE(tab->scrollPosition().y(), 0);
    }

    void findCountsItsMatchesAndTextIsTheWholePage()
    {
        LoopbackServer server;
        server.set(QStringLiteral("/"), page("<p>one fish two fish</p><p>red Fish</p>"));
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, server.url()));
        QSignalSpy found(tab, &Tab::findResult);
        tab->find(QStringLiteral("fish"), FindStep::Next, Qt::CaseInsensitive);
        QTRY_COMPARE(found.count(), 1);
        QCOMPARE(found[0][0].toInt(), 3);
        QCOMPARE(found[0][1].toInt(), 1);
        tab->find(QStringLiteral("Fish"), FindStep::Next, Qt::CaseSensitive);
        QTRY_COMPARE(found.count(), 2);
        QCOMPARE(found[1][0].toInt(), 1);
        QString text;
        tab->requestText([&](const QString &t) { text = t; });
        QTRY_VERIFY(!text.isEmpty());
        QVERIFY(text.contains(QStringLiteral("one fish two fish")));
        QVERIFY(text.contains(QStringLiteral("red Fish")));
    }

    void theWheelScrollsAndFramesShowIt()
    {
        const DocCorpus python(Doc::Python);
        if (!python.isInstalled())
            QSKIP(qPrintable(python.whyMissing()));
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, python.fileUrl(QStringLiteral("glossary.html"))));
        for (int i = 0; i < 20; ++i) {
            QWheelEvent wheel(QPointF(100, 100), QPointF(100, 100), QPoint(), QPoint(0, -120), Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            tab->sendWheelEvent(wheel);
        }
        QTRY_COMPARE(tab->scrollPosition().y(), 20 * 120);
    }

    void resizingWhileFramesAreInFlightAlwaysShowsAWholeFrame()
    {
        const DocCorpus python(Doc::Python);
        if (!python.isInstalled())
            QSKIP(qPrintable(python.whyMissing()));
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, python.fileUrl(QStringLiteral("index.html"))));
        bool blank = false;
        connect(tab, &Tab::frameChanged, this, [&] { blank = blank || tab->frame().isNull(); });
        QSize size;
        for (int i = 0; i < 60; ++i) {
            size = QSize(300 + (i * 97) % 1500, 200 + (i * 61) % 1000);
            tab->setView(size, 1);
            QTest::qWait(5);
        }
        QTRY_COMPARE(tab->frame().size(), size);
        QVERIFY(!blank);
    }

    void aReloadPastTheCacheFetchesAlsoWhatThePageNeeds()
    {
        LoopbackServer server;
        LoopbackAnswer style;
        style.type = "text/css";
        style.body = "p { color: red }";
        style.headers = {{"Cache-Control", "max-age=1000"}};
        server.set(QStringLiteral("/style.css"), style);
        LoopbackAnswer document = page("<link rel=stylesheet href=style.css><p>text</p>");
        document.headers = style.headers;
        server.set(QStringLiteral("/"), document);
        const QString styleSheet = QStringLiteral("/style.css");
        const QTemporaryDir folder;
        ProfileSettings profile;
        profile.cacheFolder = folder.path();
        RealSession session({}, profile);
        Tab *tab = session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, server.url()));
        QTRY_COMPARE(tab->loadState(), LoadState::Idle);
        QCOMPARE(server.requestCount(styleSheet), 1);
        tab->reload();
        QTRY_COMPARE(server.requestCount(QStringLiteral("/")), 2);
        QTRY_COMPARE(tab->loadState(), LoadState::Idle);
        QCOMPARE(server.requestCount(styleSheet), 1);
        tab->reload(ReloadMode::BypassCache);
        QTRY_COMPARE(server.requestCount(QStringLiteral("/")), 3);
        QTRY_COMPARE(server.requestCount(styleSheet), 2);
        QTRY_COMPARE(tab->loadState(), LoadState::Idle);
    }

    void aServerThatNeverAnswersCanBeStopped()
    {
        LoopbackServer server;
        server.set(QStringLiteral("/"), page("first"));
        server.set(QStringLiteral("/never"), LoopbackAnswer::never());
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, server.url()));
        tab->navigate(server.url(QStringLiteral("/never")), test::person());
        QTRY_COMPARE(server.requestCount(QStringLiteral("/never")), 1);
        QCOMPARE(tab->loadState(), LoadState::Waiting);
        const int open = server.openConnections(); // others may be idle, kept for later requests
        QVERIFY(open > 0);
        tab->stop();
        QCOMPARE(tab->loadState(), LoadState::Idle);
        QCOMPARE(tab->url(), server.url());
        QVERIFY(!tab->crash());
        QTRY_VERIFY(server.openConnections() < open);
    }

    void abodyOfAGigabyteNeitherFillsTheBrowserNorBlocksIt()
    {
        LoopbackServer server;
        LoopbackAnswer huge = LoopbackAnswer::stream(qint64(1) << 30);
        huge.type = "text/plain";
        server.set(QStringLiteral("/huge"), huge);
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        const qint64 before = residentKilobytes();
        tab->navigate(server.url(QStringLiteral("/huge")), test::person());
        qint64 longest = 0, most = 0;
        QElapsedTimer turn, run;
        run.start();
        while (run.elapsed() < 15'000 && server.bytesSent(QStringLiteral("/huge")) < (qint64(200) << 20) &&
               !tab->crash() && tab->loadState() != LoadState::Idle) {
            turn.start();
            QCoreApplication::processEvents(QEventLoop::AllEvents);
            longest = std::max(longest, turn.elapsed());
            most = std::max(most, residentKilobytes());
        }
        qInfo("%lld MB sent, browser grew by %lld kB, longest turn %lld ms",
              static_cast<long long>(server.bytesSent(QStringLiteral("/huge")) >> 20),
              static_cast<long long>(most - before), static_cast<long long>(longest));
        QVERIFY(server.bytesSent(QStringLiteral("/huge")) > (qint64(1) << 20));
        QVERIFY(most - before < 60'000);
        QVERIFY(longest < 2000);
        tab->stop();
    }

    void whatCannotBeShownIsOfferedAsADownload()
    {
        LoopbackServer server;
        LoopbackAnswer binary;
        binary.type = "application/octet-stream";
        binary.body = QByteArray(1000, '\0');
        server.set(QStringLiteral("/program.bin"), binary);
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QString name;
        connect(tab, &Tab::downloadRequested, this,
                [&](const std::shared_ptr<Fetch> &, const ResponseHead &head) { name = head.suggestedName; });
        tab->navigate(server.url(QStringLiteral("/program.bin")), test::person());
        QTRY_COMPARE(name, QStringLiteral("program.bin"));
        QCOMPARE(tab->loadState(), LoadState::Idle);
    }

    void aPageThatCannotBeLoadedShowsWhy()
    {
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QSignalSpy failed(tab, &Tab::loadFailed);
        QVERIFY(openAndWait(tab, QUrl(QStringLiteral("file:///no/such/file.html"))));
        QCOMPARE(failed.count(), 1);
        QCOMPARE(tab->url(), QUrl(QStringLiteral("file:///no/such/file.html")));
        QString text;
        tab->requestText([&](const QString &t) { text = t; });
        QTRY_VERIFY(text.contains(failed[0][0].value<FetchError>().message.left(15)));
    }

    void aPageFromTheNetworkReadsNoFiles()
    {
        QTemporaryDir folder;
        QImage(20, 20, QImage::Format_RGB32).save(folder.filePath(QStringLiteral("secret.png")));
        LoopbackServer server;
        server.set(QStringLiteral("/"),
                   LoopbackAnswer::page(
                       "<body><img src='file://" + folder.path().toUtf8() +
                       "/secret.png'><a style='display:block;font-size:80px' href='file:///etc/passwd'>x</a>"));
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, server.url()));
        test::click(tab, {20, 90});
        QSignalSpy failed(tab, &Tab::loadFailed);
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(int(failed[0][0].value<FetchError>().kind), int(FetchErrorKind::Denied));
    }

    void aFilePageAsksBeforeItReadsOutsideItsFolder()
    {
        QTemporaryDir folder;
        QDir(folder.path()).mkdir(QStringLiteral("pages"));
        QImage picture(40, 40, QImage::Format_RGB32);
        picture.fill(Qt::red);
        picture.save(folder.filePath(QStringLiteral("outside.png")));
        QFile html(folder.filePath(QStringLiteral("pages/page.html")));
        QVERIFY(html.open(QIODevice::WriteOnly));
        html.write("<body style='margin:0'><img src='../outside.png' width=40 height=40>");
        html.close();
        RealSession session;
        Tab *tab = session.tabs.openEmpty();
        QSignalSpy denied(tab, &Tab::fileAccessDenied);
        QVERIFY(openAndWait(tab, QUrl::fromLocalFile(html.fileName())));
        QTRY_COMPARE(denied.count(), 1);
        QVERIFY(tab->frame().pixelColor(20, 20) != QColor(Qt::red));
        tab->allowFolder(denied[0][0].toString(), GrantLasts::ThisTab);
        QTRY_COMPARE(tab->frame().pixelColor(20, 20), QColor(Qt::red));
    }

    void everyMisbehaviourEndsItsOwnProcessOnly_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("code");
        QTest::newRow("crash") << QStringLiteral("crash") << QStringLiteral("signal 11 SIGSEGV");
        QTest::newRow("abort") << QStringLiteral("abort") << QStringLiteral("signal 6 SIGABRT");
        QTest::newRow("kill") << QStringLiteral("kill") << QStringLiteral("signal 9 SIGKILL");
#ifndef __SANITIZE_ADDRESS__ // such a build has no limit of memory, and would take the machine's
        QTest::newRow("oom") << QStringLiteral("oom") << QStringLiteral("out-of-memory");
#endif
    }
    void everyMisbehaviourEndsItsOwnProcessOnly()
    {
        QFETCH(QString, name);
        QFETCH(QString, code);
        PageProcessPool::Options options;
        options.memoryLimit = quint64(200) << 20;
        RealSession session(options);
        Tab *other = session.tabs.openEmpty();
        QVERIFY(openAndWait(other, QUrl(QStringLiteral("about:blank"))));
        Tab *tab = session.tabs.open(QUrl(QStringLiteral("about:") + name), test::person());
        QTRY_VERIFY(tab->crash());
        QCOMPARE(tab->crash()->code(), code);
        QVERIFY(!other->crash());
    }

    void aHungPageDoesNotHoldUpTheBrowserAndCanBeEnded()
    {
        RealSession session;
        Tab *tab = session.tabs.open(QUrl(QStringLiteral("about:hang")), test::person());
        QTRY_VERIFY(!tab->frame().isNull());
        QTest::qWait(500);
        Tab *other = session.tabs.openEmpty();
        QVERIFY(openAndWait(other, QUrl(QStringLiteral("about:blank"))));
        QVERIFY(!tab->crash());
        tab->endProcess();
        QTRY_VERIFY(tab->crash());
        QCOMPARE(tab->crash()->code(), QStringLiteral("killed-by-user"));
    }
};

QTEST_MAIN(PagesTest)
#include "pages_test.moc"
