// SPDX-License-Identifier: BSD-3-Clause
// What the browser process makes of plugins that say what only pages may, or nobody: real processes, real tabs.
#include "browser/host/processes/log.h"
#include "browser/pages/network/profile_fetcher.h"
#include "browser/pages/page_processes/content_buffer.h"
#include "browser/pages/page_processes/document_viewers.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/plugins/plugin_connection.h"
#include "browser/pages/tabs/tab.h"
#include "ipc/core/spawn.h"
#include "tests/browser/pages/plugins/plugin_folder.h"
#include "tests/support/initiators.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;

namespace {

class Launcher : public ChildLauncher
{
public:
    QByteArray mode;
    void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) override
    {
        role = request.start.role;
        auto process = spawn(HOSTILE_PLUGIN, {mode.toStdString()}, request.channel, request.logWriteEnd);
        if (!process)
            return done(tl::unexpected(process.error()));
        done(LaunchedChild{process->pid, std::move(process->pidFd), {}});
    }
    std::string role;
};

/// Everything is shown by the plugin.
class Viewers : public DocumentViewers
{
public:
    Viewers(PageProcessPool &pool, Launcher &launcher, std::shared_ptr<PluginFile> plugin)
        : m_pool(pool), m_launcher(launcher), m_plugin(std::move(plugin))
    {
    }
    void expect(const QUrl &) override {}
    bool takes(const ResponseHead &, ViewerUse) const override { return true; }
    PageProcess *hostFor(const ResponseHead &, const Site &site, ViewerUse) override
    {
        PageProcess *host = m_pool.newHost(ChildKind::PluginLoader, QStringLiteral("plugin"), std::chrono::seconds(5));
        connection = new PluginConnection(m_plugin, *host, nullptr, std::chrono::seconds(30));
        host->setPlugin(connection);
        m_pool.startHost(host, m_launcher, {});
        host->lockTo(site);
        return host;
    }
    QString nameFor(const ResponseHead &, ViewerUse) const override { return {}; }
    bool mayReloadByItself(const ResponseHead &, ViewerUse) const override { return false; }

    QPointer<PluginConnection> connection;

private:
    PageProcessPool &m_pool;
    Launcher &m_launcher;
    std::shared_ptr<PluginFile> m_plugin;
};

QJsonObject manifest(const char *content)
{
    QJsonObject manifest = goodManifest();
    manifest[QStringLiteral("content")] = QString::fromLatin1(content);
    return manifest;
}

struct Fixture
{
    explicit Fixture(const QByteArray &mode, const QUrl &url = QUrl(QStringLiteral("data:text/html,hello")),
                     const char *content = "stream")
        : viewers(pool, launcher, std::make_shared<PluginFile>(folder.add(manifest(content))))
    {
        spdlog::set_level(spdlog::level::off);
        launcher.mode = mode;
        pool.setViewers(&viewers);
        tab.setVisible(true);
        tab.navigate(url, test::person());
    }

    PluginFolder folder;
    Launcher launcher;
    PageProcessPool pool{launcher, {ProcessModel::PerSite, 24, 0, false}};
    Viewers viewers;
    ProfileFetcher fetcher{ProfileSettings{}};
    Tab tab{1, fetcher, pool};
};

} // namespace

class HostilePluginTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qunsetenv("XDG_RUNTIME_DIR"); }

    void aDocumentThatIsTooLargeToBeKeptIsNotCutAndSaidToBe_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<qint64>("most");
        QTest::newRow("whole") << QByteArray("whole") << (qint64(256) << 20);
        QTest::newRow("ranges") << QByteArray("ranges") << SiteAccount::ContentRoom;
    }
    void aDocumentThatIsTooLargeToBeKeptIsNotCutAndSaidToBe()
    {
        QFETCH(QByteArray, content);
        QFETCH(qint64, most);
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("large.pdf")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(most + 1)); // sparse: it takes no disk
        file.close();
        Fixture f("asks-honestly", QUrl::fromLocalFile(file.fileName()), content.constData());
        const auto page = [&f]() -> RemotePage * {
            PageProcess *host = f.viewers.connection ? &f.viewers.connection->host() : nullptr;
            return host && !host->pages().empty() ? host->pages()[0] : nullptr;
        };
        QTRY_VERIFY(page() && !page()->notice().isEmpty());
        QVERIFY2(page()->notice().contains(QStringLiteral("more than %1 MB").arg(most >> 20)),
                 qPrintable(page()->notice()));
        QCOMPARE(page()->content()->size(), 0);
        QCOMPARE(f.pool.budget().accountOf(page()->site())->held(Holding::Content), 0);
    }

    void aPluginThatSpeaksAsAPageIsEnded_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("name");
        const auto row = [](const char *mode, BadMessage reason, const char *name) {
            QTest::newRow(mode) << QByteArray(mode) << int(reason) << QString::fromLatin1(name);
        };
        row("fetches-as-a-page", BadMessage::NotForThisKind, "resource_request");
        row("follows-a-link", BadMessage::NotForThisKind, "link_activated");
        row("embeds", BadMessage::NotForThisKind, "embed_boxes");
        row("shows-an-icon", BadMessage::NotForThisKind, "icon_changed");
        row("hovers", BadMessage::NotForThisKind, "hovered_link");
        row("traces", BadMessage::NotForThisKind, "trace_events");
        row("attempted", BadMessage::NotForThisKind, "sandbox_attempted");
        row("loads-again", BadMessage::NotForThisKind, "plugin");
        row("introduces-itself-again", BadMessage::NotForThisKind, "ready");
        row("structure-unasked", BadMessage::WrongDirection, "plugin");
        row("painted-unasked", BadMessage::WrongDirection, "plugin");
        row("says-nothing", BadMessage::NotForThisKind, "plugin");
        row("service-out-of-range", BadMessage::EnumOutOfRange, "plugin");
    }
    void aPluginThatSpeaksAsAPageIsEnded()
    {
        QFETCH(QByteArray, mode);
        QFETCH(int, number);
        QFETCH(QString, name);
        Fixture f(mode);
        QSignalSpy tabs(&f.tab, &Tab::newTabRequested);
        QTRY_VERIFY(f.tab.crash());
        QCOMPARE(int(f.tab.crash()->kind), int(ExitKind::BadMessage));
        QCOMPARE(f.tab.crash()->number, number);
        QCOMPARE(f.tab.crash()->detail, name);
        QCOMPARE(tabs.count(), 0);
        QCOMPARE(f.tab.url(), QUrl(QStringLiteral("data:text/html,hello")));
    }

    void aLoaderThatSaysMoreThanHowItWentIsEnded_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<int>("number");
        QTest::newRow("frame") << QByteArray("loader-frame") << int(BadMessage::NotForThisKind);
        QTest::newRow("title") << QByteArray("loader-title") << int(BadMessage::NotForThisKind);
        QTest::newRow("service") << QByteArray("loader-service") << int(BadMessage::NotForThisKind);
        QTest::newRow("fetch") << QByteArray("loader-fetch") << int(BadMessage::NotForThisKind);
        QTest::newRow("pong") << QByteArray("loader-pong") << int(BadMessage::NotForThisKind);
    }
    void aLoaderThatSaysMoreThanHowItWentIsEnded()
    {
        QFETCH(QByteArray, mode);
        QFETCH(int, number);
        Fixture f(mode);
        QTRY_VERIFY(f.tab.crash());
        // Before the library is loaded every end is the plugin's fault; the reason says which message it was.
        QCOMPARE(int(f.tab.crash()->kind), int(ExitKind::PluginFailed));
        const QString code = ExitReason{ExitKind::BadMessage, number, {}}.code();
        QVERIFY2(f.tab.crash()->detail.contains(code.section(u' ', 0, 1)), qPrintable(f.tab.crash()->detail));
    }

    void anHonestQuestionIsAnsweredWithARefusal()
    {
        Fixture f("asks-honestly");
        const auto answers = [&f] {
            const PluginConnection *connection = f.viewers.connection;
            int count = 0;
            for (const LoggedMessage &message :
                 connection ? connection->host().messages().recent() : QList<LoggedMessage>())
                count += message.direction == LoggedMessage::Direction::Sent && message.name == u"plugin";
            return count;
        };
        QTRY_VERIFY(answers() == 2 || f.tab.crash()); // the announcement of the document, and the refusal
        QVERIFY2(!f.tab.crash(), qPrintable(f.tab.crash() ? f.tab.crash()->sentence() : QString()));
        QVERIFY(f.viewers.connection->isLoaded());
        QVERIFY(f.viewers.connection->host().kind() == ChildKind::Plugin);
        QVERIFY(f.launcher.role == "plugin");
    }
};

QTEST_GUILESS_MAIN(HostilePluginTest)
#include "hostile_plugin_test.moc"
