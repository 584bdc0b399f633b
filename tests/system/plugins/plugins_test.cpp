// SPDX-License-Identifier: BSD-3-Clause
// Plugins in real processes in the real sandbox: shown, embedded, crashing, hanging, refused, and gone without a trace.
#include "browser/desktop/window/print_job.h"
#include "browser/tools/model/blast_radius.h"
#include "browser/tools/model/process_list.h"
#include "browser/tools/model/renderer_processes.h"
#include "tests/support/initiators.h"
#include "tests/support/lacking.h"
#include "tests/support/resource_counter.h"
#include "tests/support/tab_click.h"
#include "tests/support/wait_for.h"
#include "tests/system/plugins/plugin_session.h"

#include <QMouseEvent>
#include <QPrinter>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QWheelEvent>
#include <QtTest>

#include <algorithm>
#include <csignal>

using namespace bulkhead;

namespace {

/// Documents in a folder of their own.
class Documents
{
public:
    QUrl write(const QString &name, const QByteArray &bytes) const
    {
        PluginFolder::write(m_folder.filePath(name), bytes);
        return QUrl::fromLocalFile(m_folder.filePath(name));
    }

private:
    QTemporaryDir m_folder;
};

bool openAndWait(Tab *tab, const QUrl &url)
{
    QSignalSpy loaded(tab, &Tab::loaded);
    tab->navigate(url, test::person());
    return waitFor([&] { return (loaded.count() > 0 && !tab->frame().isNull()) || tab->crash(); }) && !tab->crash();
}

QString textOf(Tab *tab)
{
    QString text;
    bool done = false;
    tab->requestText([&](const QString &given) {
        text = given;
        done = true;
    });
    return waitFor([&] { return done; }) ? text : QString();
}

bool hasColor(const QImage &image, QRgb color)
{
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3) {
            if ((image.pixel(x, y) & 0xffffff) == (color & 0xffffff))
                return true;
        }
    }
    return false;
}

constexpr QRgb HelloBlue = 0x1a5fb4;

QByteArray fixtureLibrary(const char *name)
{
    QFile file(QStringLiteral(PLUGIN_FIXTURES "/plugin_%1.so").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject fixtureManifest()
{
    QJsonObject manifest = goodManifest(QStringLiteral("org.example.fixture"));
    manifest[QStringLiteral("handles")] =
        QJsonArray{QJsonObject{{QStringLiteral("mime"), QStringLiteral("application/x-fixture")},
                               {QStringLiteral("extensions"), QJsonArray{QStringLiteral("fixture")}}}};
    return manifest;
}

} // namespace

class PluginsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDocumentIsShownFullPageInALockedDownProcess()
    {
        PluginSession s;
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.hello"), "World")));
        QCOMPARE(tab->title().plain(), QStringLiteral("Hello, World"));
        QVERIFY(hasColor(tab->frame(), HelloBlue));
        const auto connections = s.hosts.connections();
        QCOMPARE(connections.size(), 1u);
        QCOMPARE(connections[0]->host().pid(), tab->rendererPid());
        QVERIFY(connections[0]->host().sandbox().role() == "plugin");
        SKIP_WHEN_LACKING(lacking::namespaces()); // the sandbox has fewer layers then
        QVERIFY(connections[0]->host().sandbox().mode() != wire::NO_NAMESPACES);
        for (const wire::SandboxStep &step : connections[0]->host().sandbox().steps()) {
            if (step.layer() == wire::LAYER_EMPTY_ROOT || step.layer() == wire::LAYER_SYSTEM_CALL_FILTER)
                QVERIFY(step.done());
        }
    }

    void aSoundIsShownByAPluginWithoutQt()
    {
        PluginSession s;
        const Documents documents;
        QByteArray sound(44 + 20'000, '\0');
        sound.replace(0, 44,
                      QByteArray::fromHex(
                          "52494646444e000057415645666d74201000000001000100401f0000803e00000200100064617461204e0000"));
        for (int i = 0; i < 10'000; ++i)
            sound[44 + i * 2 + 1] = char(i % 100 - 50);
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.wav"), sound)));
        QVERIFY(tab->title().plain().contains(QStringLiteral("8000 Hz")));
        QFile maps(QStringLiteral("/proc/%1/maps").arg(tab->rendererPid()));
        if (::geteuid() != 0)
            QSKIP("only root may look into locked-down processes");
        QVERIFY(maps.open(QIODevice::ReadOnly));
        const QByteArray loaded = maps.readAll();
        QVERIFY(loaded.contains("libsndfile"));
        QVERIFY(!loaded.contains("libQt6"));
    }

    void documentsOfOneSiteShareThePluginsProcess()
    {
        PluginSession s;
        const Documents documents;
        Tab *one = s.session.tabs.openEmpty();
        Tab *two = s.session.tabs.openEmpty();
        one->setVisible(true);
        two->setVisible(true);
        QVERIFY(openAndWait(one, documents.write(QStringLiteral("a.hello"), "one")));
        QVERIFY(openAndWait(two, documents.write(QStringLiteral("b.hello"), "two")));
        QCOMPARE(one->rendererPid(), two->rendererPid());
    }

    void whatOneSiteDoesToAPluginAnotherSiteFeelsOnlyIfThePersonChoseSo_data()
    {
        QTest::addColumn<bool>("perType");
        QTest::newRow("per site") << false;
        QTest::newRow("per type") << true;
    }
    void whatOneSiteDoesToAPluginAnotherSiteFeelsOnlyIfThePersonChoseSo()
    {
        QFETCH(bool, perType);
        PluginSession s({QStringLiteral(PLUGINS)}, perType ? PluginProcessModel::PerType : PluginProcessModel::PerSite);
        const Documents here, there;
        Tab *one = s.session.tabs.openEmpty();
        Tab *two = s.session.tabs.openEmpty();
        QVERIFY(openAndWait(one, here.write(QStringLiteral("a.chaos"), "")));
        QVERIFY(openAndWait(two, there.write(QStringLiteral("a.chaos"), "")));
        QCOMPARE(one->rendererPid() == two->rendererPid(), perType);
        QCOMPARE(s.hosts.connections().size(), perType ? 1u : 2u);
        for (const PluginConnection *connection : s.hosts.connections())
            QCOMPARE(connection->host().sites().size(), perType ? 2u : 1u);
        ::kill(pid_t(one->rendererPid()), SIGSEGV);
        QVERIFY(waitFor([&] { return one->crash() && (!perType || two->crash()); }));
        QCOMPARE(two->crash().has_value(), perType);
    }

    void aManifestMayAskForMoreProcessesNeverForFewer_data()
    {
        QTest::addColumn<QString>("isolation");
        QTest::addColumn<bool>("perType");
        QTest::addColumn<int>("ofOneSite"); // processes for two documents of one site
        QTest::addColumn<int>("ofTwoSites");
        QTest::newRow("type") << QStringLiteral("type") << false << 1 << 2;
        QTest::newRow("site") << QStringLiteral("site") << false << 1 << 2;
        QTest::newRow("instance") << QStringLiteral("instance") << false << 2 << 2;
        QTest::newRow("type, one for all chosen") << QStringLiteral("type") << true << 1 << 1;
        QTest::newRow("site, one for all chosen") << QStringLiteral("site") << true << 1 << 2;
        QTest::newRow("instance, one for all chosen") << QStringLiteral("instance") << true << 2 << 2;
    }
    void aManifestMayAskForMoreProcessesNeverForFewer()
    {
        QFETCH(QString, isolation);
        QFETCH(bool, perType);
        QFETCH(int, ofOneSite);
        QFETCH(int, ofTwoSites);
        PluginFolder folder;
        QJsonObject manifest = fixtureManifest();
        manifest[QStringLiteral("isolation")] = isolation;
        folder.add(manifest, fixtureLibrary("good"));
        PluginSession s({folder.path()}, perType ? PluginProcessModel::PerType : PluginProcessModel::PerSite);
        ResponseHead head;
        head.mimeType = QStringLiteral("application/x-fixture");
        head.url = QUrl(QStringLiteral("file:///tmp/a.fixture"));
        const auto host = [&](const char *site) {
            return s.hosts.hostFor(head, Site::forUrl(QUrl(QString::fromLatin1(site))), ViewerUse::Full);
        };
        const QSet<PageProcess *> same{host("https://a.org"), host("https://a.org")};
        const QSet<PageProcess *> other{*same.begin(), host("https://b.org")};
        QVERIFY(!same.contains(nullptr));
        QCOMPARE(int(same.size()), ofOneSite);
        QCOMPARE(int(other.size()), ofTwoSites);
    }

    void oneDomainHasABoundedNumberOfPluginProcesses()
    {
        PluginFolder folder;
        QJsonObject manifest = fixtureManifest();
        manifest[QStringLiteral("isolation")] = QStringLiteral("instance");
        folder.add(manifest, fixtureLibrary("good"));
        PluginSession s({folder.path()});
        const Documents documents;
        QByteArray page = "<!doctype html>";
        for (int i = 0; i < PluginHosts::MostOfOneDomain + 2; ++i)
            page += "<embed src=a.fixture width=20 height=20>";
        documents.write(QStringLiteral("a.fixture"), "x");
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.html"), page)));
        const auto count = [&](bool refused) {
            int boxes = 0;
            for (int i = 0; tab->embeds() && i < tab->embeds()->count(); ++i)
                boxes += refused ? tab->embeds()->endOf(i) == u"failed-to-start"
                                 : tab->embeds()->endOf(i).isEmpty() && tab->embeds()->pageOf(i);
            return boxes;
        };
        QVERIFY(waitFor([&] { return count(true) == 2 && count(false) == PluginHosts::MostOfOneDomain; }));
        ResponseHead head;
        head.url = QUrl(QStringLiteral("file:///tmp/a.fixture"));
        head.mimeType = QStringLiteral("application/x-fixture");
        const auto other = s.hosts.hostFor(head, Site::forUrl(QUrl(QStringLiteral("https://b.org"))), ViewerUse::Full);
        QVERIFY(waitFor([&] { return other->isReady(); }));
    }

    void whatIsWrongIsSaidWithItsCode_data()
    {
        QTest::addColumn<QByteArray>("fixture");
        QTest::addColumn<QString>("code");
        for (const auto &[fixture, code] :
             {std::pair("crashing_constructor", "PLUG-CONSTRUCTOR"), std::pair("slow_constructor", "PLUG-START-TIME"),
              std::pair("eats_seccomp", "PLUG-SANDBOX"), std::pair("other_id", "PLUG-ENTRY-ID"),
              std::pair("undefined", "PLUG-SYMBOL-MISSING"), std::pair("abi_major", "PLUG-ABI-MAJOR")})
            QTest::newRow(fixture) << QByteArray(fixture) << QString::fromLatin1(code);
    }
    void whatIsWrongIsSaidWithItsCode()
    {
        QFETCH(QByteArray, fixture);
        QFETCH(QString, code);
        PluginFolder folder;
        QJsonObject manifest = fixtureManifest();
        manifest[QStringLiteral("limits")] = QJsonObject{{QStringLiteral("start_ms"), 1000}};
        folder.add(manifest, fixtureLibrary(fixture.constData()));
        PluginSession s({folder.path()});
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(!openAndWait(tab, documents.write(QStringLiteral("a.fixture"), "x")));
        QVERIFY(tab->crash());
        QCOMPARE(tab->crash()->code(), code);
        QVERIFY2(tab->crash()->sentence().contains(code), qPrintable(tab->crash()->sentence()));
        QVERIFY(s.hosts.failures().contains(QStringLiteral("org.example.fixture")));
    }

    void aChangedLibraryIsRefusedBeforeAnyProcessIsStarted()
    {
        PluginFolder folder;
        const QString path = folder.add(fixtureManifest(), fixtureLibrary("good"));
        PluginSession s({folder.path()});
        PluginFolder::write(path + QStringLiteral("/viewer.so"), "something else");
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(!openAndWait(tab, documents.write(QStringLiteral("a.fixture"), "x")));
        QVERIFY(tab->crash());
        QCOMPARE(tab->crash()->code(), QStringLiteral("PLUG-CHECKSUM"));
    }

    void anInstanceThatIsNotMadeBecomesASentence()
    {
        PluginFolder folder;
        folder.add(fixtureManifest(), fixtureLibrary("create_null"));
        PluginSession s({folder.path()});
        const Documents documents;
        Tab *tab = s.session.tabs.open(documents.write(QStringLiteral("a.fixture"), "x"), test::person());
        PageProcess *host = nullptr;
        QVERIFY(waitFor([&] {
            host = s.hosts.connections().empty() ? nullptr : &s.hosts.connections()[0]->host();
            return host && !host->pages().empty() && host->pages()[0]->notice().contains(QStringLiteral("PLUG-CREATE"));
        }));
        QVERIFY(!tab->crash());
    }

    void whatAPluginTriesInVainFails_data()
    {
        QTest::addColumn<QByteArray>("deed");
        for (const char *deed : {"read", "write", "connect"})
            QTest::newRow(deed) << QByteArray(deed);
    }
    void whatAPluginTriesInVainFails()
    {
        QFETCH(QByteArray, deed);
        PluginSession s;
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.chaos"), deed + '\n')));
        QString text;
        QVERIFY(waitFor([&] { return (text = textOf(tab)).startsWith(QStringLiteral("1 pressed")); }));
        QVERIFY2(!text.contains(QStringLiteral("done!")), qPrintable(text));
        QVERIFY(!QFile::exists(QStringLiteral("/tmp/bulkhead-chaos")));
    }

    void aConstructorGetsNothing_data()
    {
        QTest::addColumn<QByteArray>("deed");
        for (const char *deed : {"read", "write", "socket"})
            QTest::newRow(deed) << QByteArray(deed);
#ifndef __SANITIZE_ADDRESS__ // the search for leaks forks
        QTest::newRow("fork") << QByteArray("fork");
#endif
    }
    void aConstructorGetsNothing()
    {
        QFETCH(QByteArray, deed);
        PluginFolder folder;
        folder.add(fixtureManifest(), fixtureLibrary("constructor_" + deed));
        PluginSession s({folder.path()});
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        if (openAndWait(tab, documents.write(QStringLiteral("a.fixture"), "x")))
            QTRY_COMPARE(tab->title().plain(), QStringLiteral("refused"));
        else
            QCOMPARE(tab->crash()->code(), QStringLiteral("PLUG-CONSTRUCTOR")); // that call ends the process
        QVERIFY(!QFile::exists(QStringLiteral("/tmp/bulkhead-fixture")));
    }

    void aCallFromAnotherThreadDoesNothing()
    {
#if !defined(NDEBUG)
        QSKIP("in debug builds it ends the process");
#endif
        PluginFolder folder;
        folder.add(fixtureManifest(), fixtureLibrary("other_thread"));
        PluginSession s({folder.path()});
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        QStringList titles;
        connect(tab, &Tab::titleChanged, this, [&] { titles << tab->title().plain(); });
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.fixture"), "x")));
        QVERIFY(waitFor([&] { return titles.contains(QStringLiteral("from the main thread")); }));
        QVERIFY(!titles.contains(QStringLiteral("from another thread")));
    }

    void everyCrashIsASadTabAndOtherPagesGoOn_data()
    {
        QTest::addColumn<QByteArray>("deed");
        for (const char *deed : {"crash", "abort", "outside", "exit"})
            QTest::newRow(deed) << QByteArray(deed);
#ifndef __SANITIZE_ADDRESS__ // such a build has neither limits of memory nor forbidden calls that end a process
        for (const char *deed : {"fork", "leak"})
            QTest::newRow(deed) << QByteArray(deed);
#endif
    }
    void everyCrashIsASadTabAndOtherPagesGoOn()
    {
        QFETCH(QByteArray, deed);
        PluginSession s;
        const Documents documents;
        Tab *other = s.session.tabs.openEmpty();
        other->setVisible(true);
        QVERIFY(openAndWait(other, documents.write(QStringLiteral("a.hello"), "there")));
        Tab *page = s.session.tabs.openEmpty();
        page->setVisible(true);
        QVERIFY(openAndWait(page, documents.write(QStringLiteral("a.html"), "<p>a page")));
        Tab *tab = s.session.tabs.open(documents.write(QStringLiteral("a.chaos"), deed + '\n'), test::person());
        tab->setVisible(true);
        QVERIFY(waitFor([&] { return tab->crash().has_value(); }));
        QVERIFY(!other->crash() && !page->crash());
        QVERIFY(openAndWait(other, documents.write(QStringLiteral("b.hello"), "again")));
        QCOMPARE(other->title().plain(), QStringLiteral("Hello, again"));
        QCOMPARE(textOf(page).trimmed(), QStringLiteral("a page"));
        QCOMPARE(s.hosts.crashes().count(QStringLiteral("org.bulkhead.chaos")), 1);
    }

    void aHangIsSeenAndEndedAndNothingElseWaits()
    {
        PluginSession s;
        const Documents documents;
        Tab *other = s.session.tabs.openEmpty();
        other->setVisible(true);
        QVERIFY(openAndWait(other, documents.write(QStringLiteral("a.hello"), "there")));
        Tab *tab = s.session.tabs.open(documents.write(QStringLiteral("a.chaos"), "hang\n"), test::person());
        tab->setVisible(true);
        QVERIFY(waitFor([&] { return tab->hang().has_value(); }));
        QVERIFY(openAndWait(other, documents.write(QStringLiteral("b.hello"), "meanwhile")));
        QVERIFY(waitFor([&] { return tab->crash().has_value(); }));
        QVERIFY(tab->crash()->kind == ExitKind::Unresponsive || tab->crash()->kind == ExitKind::TimeLimit);
    }

    void floodsLiesAndErrorsEndNothing_data()
    {
        QTest::addColumn<QByteArray>("deed");
        for (const char *deed : {"flood", "damage", "fds", "throw", "error"})
            QTest::newRow(deed) << QByteArray(deed);
    }
    void floodsLiesAndErrorsEndNothing()
    {
        QFETCH(QByteArray, deed);
        PluginSession s;
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.chaos"), deed + '\n')));
        QVERIFY(waitFor([&] { return textOf(tab).startsWith(QStringLiteral("1 pressed")); }));
        QVERIFY(!tab->crash());
        if (deed == "throw" || deed == "error")
            QVERIFY(waitFor([&] { return !s.hosts.connections()[0]->host().pages()[0]->notice().isEmpty(); }));
    }

    void afterASharedCrashEachPageHasAProcessOfItsOwn()
    {
        PluginSession s;
        const Documents documents;
        Tab *one = s.session.tabs.openEmpty();
        Tab *two = s.session.tabs.openEmpty();
        for (Tab *tab : {one, two}) {
            tab->setVisible(true);
            QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.chaos"), "")));
        }
        QCOMPARE(one->rendererPid(), two->rendererPid());
        test::click(one, {80, 88}); // "Write to address 0"
        QVERIFY(waitFor([&] { return one->crash() && two->crash(); }));
        QVERIFY(s.hosts.crashes().needsOwnProcesses(QStringLiteral("org.bulkhead.chaos")));
        for (Tab *tab : {one, two}) {
            tab->reload();
            QVERIFY(waitFor([&] { return !tab->crash() && tab->rendererPid() > 0 && !textOf(tab).isEmpty(); }));
        }
        QVERIFY(one->rendererPid() != two->rendererPid());
    }

    void whatIsFoundSelectedAndListedIsThePluginsOwn()
    {
        PluginSession s;
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        tab->setVisible(true);
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.chaos"), "")));
        QSignalSpy found(tab, &Tab::findResult);
        tab->find(QStringLiteral("CALL"), FindStep::Next, Qt::CaseInsensitive);
        QVERIFY(waitFor([&] { return found.count() == 1; }));
        QCOMPARE(found[0][0].toInt(), 2); // abort() and exit(3)
        QCOMPARE(found[0][1].toInt(), 1);
        tab->find(QStringLiteral("CALL"), FindStep::Previous, Qt::CaseInsensitive);
        QVERIFY(waitFor([&] { return found.count() == 2; }));
        QCOMPARE(found[1][1].toInt(), 2);
        tab->find(QStringLiteral("CALL"), FindStep::Next, Qt::CaseSensitive);
        QVERIFY(waitFor([&] { return found.count() == 3; }));
        QCOMPARE(found[2][0].toInt(), 0);
        QString selected;
        tab->selectAll();
        tab->requestSelectedText([&](const QString &text) { selected = text; });
        QVERIFY(waitFor([&] { return selected.startsWith(QStringLiteral("0 pressed.")); }));
        std::optional<DocumentStructure> structure;
        tab->requestStructure([&](const DocumentStructure &given) { structure = given; });
        QVERIFY(waitFor([&] { return structure.has_value(); }));
        QCOMPARE(structure->chapters.size(), 3);
        QCOMPARE(structure->chapters[2].title, QStringLiteral("The last one"));
        QCOMPARE(structure->chapters[2].level, 2);
        QVERIFY(structure->chapters[2].area.y() > structure->chapters[1].area.y());
        QCOMPARE(structure->pages.size(), 1);
    }

    void aDocumentIsPrintedPageByPage()
    {
        PluginSession s;
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        tab->setVisible(true);
        tab->setView({300, 200}, 1);
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.hello"), "World")));
        QImage sheet;
        bool came = false;
        tab->requestSheet(0, {600, 400}, 2, [&](const QImage &image) {
            sheet = image;
            came = true;
        });
        QVERIFY(waitFor([&] { return came; }));
        QCOMPARE(sheet.size(), QSize(600, 400));
        QCOMPARE(sheet.pixel(3, 3) & 0xffffff, HelloBlue);
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("printed.pdf"));
        auto printer = std::make_unique<QPrinter>(QPrinter::HighResolution);
        printer->setOutputFormat(QPrinter::PdfFormat);
        printer->setOutputFileName(file);
        QSignalSpy finished(new PrintJob(*tab, std::move(printer)), &PrintJob::finished);
        QVERIFY(waitFor([&] { return finished.count() == 1; }));
        QCOMPARE(finished[0][1].toString(), QString());
        QCOMPARE(finished[0][0].toInt(), 1);
        QFile pdf(file);
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        QVERIFY(pdf.readAll().startsWith("%PDF-"));
        // A picture that nobody paints comes as nothing, not never.
        came = false;
        ::kill(pid_t(tab->rendererPid()), SIGKILL);
        tab->requestSheet(0, {600, 400}, 2, [&](const QImage &image) {
            sheet = image;
            came = true;
        });
        std::optional<QString> text;
        tab->requestText([&](const QString &given) { text = given; });
        QVERIFY(waitFor([&] { return came && text.has_value(); }));
        QVERIFY(sheet.isNull() && text->isNull());
    }

    void fingersAndFinishedTextReachAPlugin()
    {
        PluginSession s;
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        tab->setVisible(true);
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.chaos"), "")));
        QVERIFY(tab->takesTouch({5, 5}) && tab->takesText());
        tab->sendTouch(QEvent::TouchBegin, 7, {40, 30}, Qt::NoModifier);
        QVERIFY(waitFor([&] { return textOf(tab).contains(QStringLiteral("Touched  at 40, 30.")); }));
        tab->sendText(QStringLiteral("かな"), Tab::TextState::Composing);
        QVERIFY(waitFor([&] { return textOf(tab).contains(QStringLiteral("Composing かな")); }));
        tab->sendText(QStringLiteral("仮名"), Tab::TextState::Finished);
        QVERIFY(waitFor([&] { return textOf(tab).contains(QStringLiteral("Typed 仮名")); }));
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.html"), "<p>a page")));
        QVERIFY(waitFor([&] { return !tab->takesText(); }));
        QVERIFY(!tab->takesTouch({5, 5}));
    }

    void theTextIsAskedOfWhateverPageIsThereInTheEnd()
    {
        PluginSession s;
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        tab->setVisible(true);
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.chaos"), "")));
        // The page before does not answer until it is gone.
        ::kill(pid_t(tab->rendererPid()), SIGSTOP);
        const qint64 stopped = tab->rendererPid();
        QString text;
        tab->requestText([&](const QString &given) { text = given; });
        const QUrl html = documents.write(QStringLiteral("c.html"), "<p>another page");
        tab->navigate(html, test::person());
        QVERIFY(waitFor([&] { return tab->rendererPid() > 0 && tab->rendererPid() != stopped; }));
        ::kill(pid_t(stopped), SIGKILL);
        QVERIFY(waitFor([&] { return text.trimmed() == QStringLiteral("another page"); }));
    }

    void stateComesBackAfterACrash()
    {
        PluginSession s;
        const Documents documents;
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.chaos"), "")));
        test::click(tab, {250, 180}); // "Lie about damage": one more pressed, and the process lives
        QVERIFY(waitFor([&] { return textOf(tab).startsWith(QStringLiteral("1 pressed")); }));
        QVERIFY(waitFor([&] { return tab->history().current()->state == "1"; }));
        ::kill(pid_t(tab->rendererPid()), SIGKILL);
        QVERIFY(waitFor([&] { return tab->crash().has_value(); }));
        tab->reload();
        QVERIFY(waitFor([&] { return !tab->crash() && textOf(tab).startsWith(QStringLiteral("1 pressed")); }));
    }

    void aServiceWithoutPermissionNamesTheKeyAndOneWithItIsAskedFor()
    {
        PluginSession s;
        const Documents documents;
        int asked = 0;
        bool grant = false;
        s.permissions.setAsker([&](const PluginQuestion &question, const std::function<void(bool)> &done) {
            ++asked;
            QCOMPARE(question.plugin, QStringLiteral("org.bulkhead.chaos"));
            done(grant);
        });
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.chaos"), "fetch\n")));
        QVERIFY(waitFor([&] { return textOf(tab).contains(QStringLiteral("\"permissions\": {\"fetch\"")); }));
        QCOMPARE(asked, 0);
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("b.chaos"), "store\n")));
        QVERIFY(waitFor([&] { return textOf(tab).contains(QStringLiteral("permissions.storage")); }));
        QCOMPARE(asked, 1);
        s.permissions.revoke(QStringLiteral("org.bulkhead.chaos"), tab->siteKey());
        grant = true;
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("c.chaos"), "store\n")));
        QVERIFY(waitFor([&] { return textOf(tab).contains(QStringLiteral("Stored.")); }));
        QCOMPARE(asked, 2);
        QCOMPARE(
            s.services.storage().value(QStringLiteral("org.bulkhead.chaos"), tab->siteKey(), QStringLiteral("count")),
            std::optional<QByteArray>("1"));
    }

    void aBoxInAPageShowsAPluginAndItsCrashIsTheBoxsAlone()
    {
        PluginSession s;
        const Documents documents;
        documents.write(QStringLiteral("a.hello"), "box");
        documents.write(QStringLiteral("a.chaos"), "");
        const QUrl page = documents.write(
            QStringLiteral("a.html"),
            "<!doctype html><body style='margin:0'><embed src=a.hello width=300 height=100>"
            "<div style='height:20px'></div><object data=a.chaos type='application/x-bulkhead-chaos' width=500 "
            "height=400>none</object>"
            "<p>after</p><embed src=a.txt type=text/x-none width=200 height=80><div style='height:3000px'>");
        documents.write(QStringLiteral("a.txt"), "x");
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, page));
        QVERIFY(waitFor([&] { return tab->embeds() && tab->embeds()->count() == 3; }));
        QVERIFY(waitFor([&] { return tab->embeds()->pageOf(0) && !tab->embeds()->pageOf(0)->frame().isNull(); }));
        QVERIFY(waitFor([&] { return tab->embeds()->pageOf(1) && !tab->embeds()->pageOf(1)->frame().isNull(); }));
        QCOMPARE(tab->embeds()->rectOf(0), QRect(0, 0, 300, 100));
        const QImage picture = tab->picture();
        QCOMPARE(picture.pixel(5, 5) & 0xffffff, HelloBlue);
        QVERIFY((picture.pixel(305, 5) & 0xffffff) != HelloBlue);
        QVERIFY(waitFor([&] { return !tab->embeds()->placeholderOf(2).isEmpty(); }));
        // Messages do, both ways.
        QSignalSpy posted(tab->embeds(), &TabEmbeds::messagePosted);
        tab->embeds()->post(1, R"({"hello":1})");
        QVERIFY(waitFor([&] { return posted.count() == 1; }));
        QCOMPARE(posted[0][0].toInt(), 1);
        QCOMPARE(posted[0][1].toByteArray(), QByteArray(R"({"hello":1})"));
        // Input reaches the box.
        const QRect chaos = tab->embeds()->rectOf(1);
        test::click(tab, chaos.topLeft() + QPoint(250, 180));
        QVERIFY(waitFor([&] { return tab->embeds()->pageOf(1)->document().state == "1"; }));
        // A wheel over the box that has no use for it scrolls the page.
        QWheelEvent wheel(QPointF(10, 10), QPointF(10, 10), {}, QPoint(0, -120), Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        tab->sendWheelEvent(wheel);
        QVERIFY(waitFor([&] { return tab->scrollPosition().y() > 0; }));
        QCOMPARE(tab->embeds()->rectOf(0).y(), -tab->scrollPosition().y());
        // The crash.
        ::kill(pid_t(tab->embeds()->pageOf(1)->host()->pid()), SIGKILL);
        QVERIFY(waitFor([&] { return !tab->embeds()->placeholderOf(1).isEmpty(); }));
        QVERIFY(!tab->crash());
        QVERIFY(tab->embeds()->placeholderOf(0).isEmpty());
        // It comes back by itself, with its state.
        QVERIFY(waitFor([&] {
            return tab->embeds()->placeholderOf(1).isEmpty() && tab->embeds()->pageOf(1) &&
                   tab->embeds()->pageOf(1)->document().state == "1";
        }));
    }

    void whatAPluginTakesAlongIsToldBeforehandAndComparedAfterwards()
    {
        PluginSession s;
        const Documents documents;
        documents.write(QStringLiteral("a.hello"), "box");
        documents.write(QStringLiteral("a.chaos"), "");
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(openAndWait(tab, documents.write(QStringLiteral("a.html"),
                                                 "<!doctype html><title>Page</title><embed src=a.hello width=300 "
                                                 "height=100><embed src=a.chaos width=500 height=300>")));
        QVERIFY(waitFor([&] {
            return tab->embeds() && tab->embeds()->count() == 2 && tab->embeds()->pageOf(1) &&
                   !tab->embeds()->pageOf(1)->frame().isNull();
        }));
        ProcessList processes;
        processes.add(std::make_unique<RendererProcesses>(s.session.tabs, s.session.renderers));
        const ProcessWatch watch(processes);
        BlastWatch blast(processes, s.session.tabs);
        QSignalSpy compared(&blast, &BlastWatch::compared);
        const quint64 key = RendererProcesses::keyOf(*tab->embeds()->pageOf(1)->host());
        QVERIFY(waitFor([&] { return processes.byKey(key) && !processes.byKey(key)->tasks.isEmpty(); }));
        const ProcessInfo &info = *processes.byKey(key);
        QVERIFY(info.role == ProcessRole::PluginHost);
        const BlastRadius radius = BlastRadius::of(info, processes.processes());
        QCOMPARE(radius.lost.size(), 1);
        QCOMPARE(radius.lost[0].box, 2);
        QCOMPARE(radius.keptTasks, 2); // the page, and its other box
        QVERIFY2(radius.sentence().contains(QStringLiteral("1 box goes (“a.chaos in Page”)")),
                 qPrintable(radius.sentence()));
        ::kill(pid_t(info.pid), SIGSEGV);
        QVERIFY(waitFor([&] { return compared.count() == 1; }));
        const auto outcome = compared[0][0].value<BlastOutcome>();
        QVERIFY2(outcome.isAsPredicted(), qPrintable(outcome.sentence()));
        QCOMPARE(outcome.asPredicted.size(), 1);
        QCOMPARE(outcome.keptTasks, 2);
    }

    void afterThreeCrashesABoxWaitsForThePerson()
    {
        PluginSession s;
        const Documents documents;
        documents.write(QStringLiteral("a.chaos"), "crash\n");
        Tab *tab = s.session.tabs.openEmpty();
        QVERIFY(openAndWait(
            tab, documents.write(QStringLiteral("a.html"),
                                 "<!doctype html><body style='margin:0'><embed src=a.chaos width=300 height=100>")));
        const QString id = QStringLiteral("org.bulkhead.chaos");
        QVERIFY(waitFor([&] { return s.hosts.crashes().count(id) == 3; }));
        QVERIFY(waitFor([&] { return !tab->embeds()->placeholderOf(0).isEmpty(); }));
        QTest::qWait(int(TabEmbeds::ReloadDelay.count()) * 3 / 2); // nothing to wait for: that is the point
        QCOMPARE(s.hosts.crashes().count(id), 3);
        test::click(tab, {150, 50}); // Reload
        QVERIFY(waitFor([&] { return s.hosts.crashes().count(id) == 4; }));
    }

    void aThousandRandomEventsLeaveNothingBehind()
    {
        const ResourceCounter counter(ResourceScope::Machine);
        {
            PluginSession s;
            const Documents documents;
            documents.write(QStringLiteral("a.hello"), "box");
            const QList<QUrl> urls{
                documents.write(QStringLiteral("a.chaos"), ""), documents.write(QStringLiteral("b.hello"), "x"),
                documents.write(QStringLiteral("c.html"),
                                "<embed src=a.hello width=200 height=90><embed src=a.chaos width=500 height=400>")};
            QRandomGenerator random(1);
            for (const QUrl &url : urls)
                s.session.tabs.open(url, test::person())->setVisible(true);
            for (int i = 0; i < 1000; ++i) {
                Tab *tab = s.session.tabs.at(random.bounded(s.session.tabs.count()));
                const QPoint at(random.bounded(600), random.bounded(500));
                switch (random.bounded(8)) {
                case 0:
                    tab->navigate(urls[random.bounded(urls.size())], test::person());
                    break;
                case 1:
                    tab->setView({random.bounded(50, 900), random.bounded(50, 700)}, 1);
                    break;
                case 2:
                    tab->setZoom(random.bounded(3) + 0.5);
                    break;
                case 3:
                    tab->setVisible(random.bounded(2) == 0);
                    break;
                case 4: {
                    QKeyEvent key(QEvent::KeyPress, Qt::Key_Down, Qt::NoModifier);
                    tab->sendKeyEvent(key);
                    break;
                }
                case 5:
                    if (tab->crash())
                        tab->reload();
                    break;
                default:
                    if (at.x() > 330 && at.y() < 110) // not the button that hangs for ten seconds
                        break;
                    test::click(tab, at);
                }
                QTest::qWait(1);
            }
            // One that is being started when its launcher goes away is nobody's to reap before this program's end.
            QVERIFY(waitFor([&] {
                const auto hosts = s.session.renderers.hosts();
                return std::all_of(hosts.begin(), hosts.end(), [](const PageProcess *host) { return host->pid() > 0; });
            }));
        }
        QCOMPARE(counter.waitUntilRestored(), QString());
    }
};

QTEST_MAIN(PluginsTest)
#include "plugins_test.moc"
