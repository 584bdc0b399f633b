// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/fuzz/page_round.h"

#include "browser/host/processes/exec_launcher.h"
#include "browser/host/processes/zygote_launcher.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/tabs/tab_embeds.h"
#include "tests/support/initiators.h"
#include "tests/support/private_memory.h"
#include "tests/support/processor_turns.h"
#include "tests/support/wait_for.h"
#include "tests/system/decisions/scene.h"
#include "tests/system/fuzz/fuzz_order.h"
#include "tests/system/fuzz/fuzz_person.h"

#include <google/protobuf/descriptor.h>

#include <QClipboard>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QGuiApplication>
#include <QTcpServer>

namespace bulkhead::fuzz {

namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr int Slowness = 8;
#else
constexpr int Slowness = 1;
#endif
constexpr qint64 MemoryLimit = qint64(200) << 20;
constexpr double TurnLimit = 250.0 * Slowness; // ms of processor time
/// A child that says nothing for so long, or goes on for so long, is closed by the person.
constexpr qint64 Silence = 120 * Slowness, Patience = 2000 * Slowness; // ms
constexpr std::chrono::seconds EndPatience{20};
constexpr char Alive[] = "the witness is alive";
constexpr qint64 Quota = 4096;                 ///< of the plugin's storage
constexpr std::uint32_t Uncounted = 1'000'000; ///< see fuzz_child.cpp

/// Starts the program's own child while the honest page is opened, hostile ones afterwards, which it numbers.
class Launcher : public ChildLauncher
{
public:
    Launcher(ChildLauncher &honest, ChildLauncher &hostile) : m_honest(honest), m_hostile(hostile) {}
    void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) override
    {
        if (isHonest)
            return m_honest.launch(std::move(request), std::move(done));
        request.start.limits.set_total_seconds(Uncounted + ++m_children);
        m_hostile.launch(std::move(request), std::move(done));
    }
    bool isHonest = true;

private:
    ChildLauncher &m_honest;
    ChildLauncher &m_hostile;
    std::uint32_t m_children = 0;
};

/// Listens where no page may connect to, whoever it belongs to.
class BlockedServer : public QTcpServer
{
public:
    BlockedServer()
    {
        for (const quint16 port : {6665, 6666, 6667, 6668, 6669, 6697, 6679, 10080, 6566, 5061}) {
            if (listen(QHostAddress::LocalHost, port))
                return;
        }
    }
    int connections = 0;

protected:
    void incomingConnection(qintptr socket) override
    {
        ++connections;
        QTcpServer::incomingConnection(socket);
    }
};

QString bodyName(const wire::RendererToBrowser &message)
{
    const std::string name = messageName(message);
    return QString::fromStdString(message.has_plugin() ? name + '.' + messageName(message.plugin()) : name);
}

/// What a kind may say at any time, from the browser's own table.
std::vector<std::string> mayAlwaysSay(ChildKind kind)
{
    std::vector<std::string> names;
    for (const BodyRule &rule : bodyRules()) {
        if (rule.by[std::size_t(kind)] != Sending::Always)
            continue;
        const auto *field = wire::RendererToBrowser::descriptor()->FindFieldByNumber(rule.body.outer);
        std::string name = field->name();
        if (name == "ready")
            continue;
        if (rule.body.inner != 0)
            name += '.' + field->message_type()->FindFieldByNumber(rule.body.inner)->name();
        names.push_back(std::move(name));
    }
    return names;
}

QStringList filesBelow(const QString &folder)
{
    QStringList files;
    QDirIterator all(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (all.hasNext())
        files << all.next();
    files.sort();
    return files;
}

class Play
{
public:
    Play(const PageRound &round, Figures &figures) : m_round(round), m_figures(figures), m_random(round.seed) {}

    QString run()
    {
        setUp();
        if (m_wrong.isEmpty() && !openWitness())
            wrong(QStringLiteral("the honest page does not open"));
        m_launcher->isHonest = false;
        const qint64 before = test::privateMemory();
        const QStringList files = filesBelow(m_scene->folder());
        m_turns.start();
        for (int n = 0; n < m_round.children && m_wrong.isEmpty(); ++n) {
            playChild();
            m_turns.skip();
            m_figures.mostMemory = std::max(m_figures.mostMemory, test::privateMemory() - before);
            check();
            m_turns.skip();
        }
        m_figures.longestTurn = std::max(m_figures.longestTurn, m_turns.longest());
        if (m_turns.longest() > TurnLimit)
            wrong(QStringLiteral("the event loop was away for %1 ms").arg(m_turns.longest()));
        if (m_figures.mostMemory > MemoryLimit * Slowness)
            wrong(QStringLiteral("%1 MB of memory").arg(m_figures.mostMemory >> 20));
        checkFiles(files);
        if (m_wrong.isEmpty() && !witnessFollowsItsLink())
            wrong(QStringLiteral("the honest page does not follow its link any more"));
        ++m_figures.rounds;
        QObject::disconnect(m_watch);
        // A launcher that goes with a child on its way leaves it to nobody; the app's go last of all.
        const auto isStarted = [](const PageProcess *host) { return host->pid() > 0; };
        (void)waitFor(
            [&] {
                const std::vector<PageProcess *> hosts = m_scene->pool().hosts();
                return std::all_of(hosts.begin(), hosts.end(), isStarted);
            },
            EndPatience);
        m_scene.reset();
        m_launcher.reset();
        m_hostile.reset();
        m_hostileExec.reset();
        m_honest.reset();
        m_honestExec.reset();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        return m_wrong.join(QStringLiteral("; "));
    }

private:
    void wrong(const QString &what)
    {
        if (!m_wrong.contains(what))
            m_wrong << what;
    }

    FuzzOrder order(std::uint64_t seed, unsigned count)
    {
        FuzzOrder order;
        order.seed = seed;
        order.count = count;
        order.may = mayAlwaysSay(m_round.kind == ChildKind::Renderer ? ChildKind::Renderer : ChildKind::Plugin);
        SceneHost &a = m_scene->a(), &b = m_scene->b();
        for (const char *path :
             {"/fuzz#there", "/page", "/image", "/download", "/stream", "/to-file", "/to-blocked", "/nothing"})
            order.urls.push_back(a.at(path).toStdString());
        order.urls.push_back(m_secret.toEncoded().toStdString());
        order.urls.push_back(m_secret.adjusted(QUrl::RemoveFilename).toEncoded().toStdString());
        order.urls.push_back("http://127.0.0.1:" + std::to_string(m_blocked.serverPort()) + "/");
        for (const char *url :
             {"about:one", "about:one?act=go", "about:start", "about:permissions", "about:blank", "about:error",
              "data:text/html,x", "javascript:1", "http://user:word@127.0.0.1:1/", "ftp://127.0.0.1/"})
            order.urls.emplace_back(url);
        if (m_round.kind == ChildKind::Renderer) {
            order.urls.push_back(b.at("/page").toStdString());
            order.urls.push_back(a.at("/plugin").toStdString());
        } else { // which its manifest does not name
            order.urls.push_back(m_scene->host(QStringLiteral("nobody")).at("/data").toStdString());
        }
        return order;
    }

    void setUp()
    {
        m_honestExec = std::make_unique<ExecLauncher>(QStringLiteral(BULKHEAD_CHILD));
        m_honest = std::make_unique<ZygoteLauncher>(QStringLiteral(BULKHEAD_CHILD), *m_honestExec);
        FuzzOrder early;
        early.seed = m_random.next();
        early.early = true;
        const QStringList arguments{QStringLiteral("--fuzz=") + QString::fromStdString(early.text())};
        m_hostileExec = std::make_unique<ExecLauncher>(QStringLiteral(HOSTILE_CHILD), SandboxUse::On, arguments);
        m_hostile =
            std::make_unique<ZygoteLauncher>(QStringLiteral(HOSTILE_CHILD), *m_hostileExec, SandboxUse::On, arguments);
        m_launcher = std::make_unique<Launcher>(*m_honest, *m_hostile);
        m_scene = std::make_unique<Scene>(*m_launcher, Scene::Settings());
        m_secret = m_scene->file(QStringLiteral("secret/secret.txt"));
        m_scene->watchFile(m_secret);
        m_scene->addInternalPage(QStringLiteral("one"), "say link_activated { url: 'about:one?act=go&token=TOKEN' }\n");
        QGuiApplication::clipboard()->setText(QStringLiteral("mine"));

        SceneHost &witness = m_scene->host(QStringLiteral("witness"), QStringLiteral("127.0.0.2"));
        const QByteArray page = QByteArray("<title>w</title><p><a href=\"/two\">") + Alive + "</a>";
        witness.set("/", LoopbackAnswer::page(page));
        witness.set("/two", LoopbackAnswer::page("<p>two"));
        SceneHost &a = m_scene->a();
        for (SceneHost *host : {&a, &m_scene->b()})
            host->set("/page", LoopbackAnswer::page("<p>page"));
        LoopbackAnswer download = LoopbackAnswer::stream(2000);
        download.headers.append(
            std::pair<QByteArray, QByteArray>("Content-Disposition", "attachment; filename=\"../../x\""));
        a.set("/download", download);
        a.set("/stream", LoopbackAnswer::stream(300'000));
        LoopbackAnswer image = LoopbackAnswer::page("no picture");
        image.type = "image/png";
        a.set("/image", image);
        a.set("/to-file", LoopbackAnswer::redirect(m_secret.toEncoded()));
        a.set("/to-blocked",
              LoopbackAnswer::redirect("http://127.0.0.1:" + QByteArray::number(m_blocked.serverPort()) + '/'));
        if (m_round.kind != ChildKind::PluginLoader)
            installPlugin({});

        m_watch = QObject::connect(&m_scene->pool(), &PageProcessPool::hostAdded, &m_scene->pool(),
                                   [this](PageProcess *host) {
                                       if (!m_launcher->isHonest)
                                           count(host);
                                   });
        QObject::connect(&m_scene->tabs(), &TabList::tabInserted, &m_scene->pool(), [this](int, Tab *tab) {
            ++m_tabsMade;
            QObject::connect(tab, &Tab::committed, &m_scene->pool(), [this, tab] { checkShown(tab); });
        });
    }

    void installPlugin(const QString &loaderOrder)
    {
        QJsonObject wanted;
        const QJsonArray urls{QString::fromUtf8(m_scene->a().at("/page")), QString::fromUtf8(m_scene->a().at("/to-*"))};
        // The clipboard, links and downloads were not asked for, so they are nobody's.
        for (const QJsonObject &one :
             {ScenePlugin::permission("fetch", {{QStringLiteral("urls"), urls}}),
              ScenePlugin::permission("storage", {{QStringLiteral("quota"), QStringLiteral("4K")}})}) {
            for (auto it = one.begin(); it != one.end(); ++it)
                wanted[it.key()] = it.value();
        }
        m_scene->plugin(wanted, ScenePlugin::Person::Allows, loaderOrder);
    }

    void count(PageProcess *host)
    {
        ++m_figures.children;
        QObject::connect(
            &host->messages(), &MessageLog::handledNow, &m_scene->pool(), [this, host](const MessageTap::Seen &seen) {
                // Refused ones end the channel before this.
                if (host->hasChannel() && host->channel().base().isOpen())
                    ++m_figures.taken[bodyName(static_cast<const wire::RendererToBrowser &>(seen.message))];
            });
        QObject::connect(host, &PageProcess::ending, &m_scene->pool(), [this, host] {
            if (host->hasChannel())
                m_figures.messages += host->channel().base().counters().messagesReceived;
            ++m_figures.ends[host->exitReason().code().section(
                u' ', 0, host->exitReason().kind == ExitKind::BadMessage ? 1 : 0)];
            if (qEnvironmentVariableIsSet("FUZZ_LOG"))
                qInfo(
                    "%s after %llu", qPrintable(host->exitReason().code()),
                    (unsigned long long)(host->hasChannel() ? host->channel().base().counters().messagesReceived : 0));
        });
    }

    bool openWitness()
    {
        m_witness = m_scene->open(m_scene->host(QStringLiteral("witness")).url());
        return waitFor([this] { return m_witness->frameCount() > 0 && m_witness->loadState() == LoadState::Idle; },
                       EndPatience);
    }

    bool witnessAnswers()
    {
        auto text = std::make_shared<std::optional<QString>>();
        m_witness->requestText([text](const QString &said) { *text = said; });
        (void)waitFor([&] { return text->has_value(); }, EndPatience);
        return text->has_value() && (*text)->contains(QLatin1String(Alive));
    }

    bool witnessFollowsItsLink()
    {
        m_scene->tabs().activate(m_scene->tabs().indexOf(m_witness));
        const auto frames = [this] { return m_witness->frameCount(); };
        if (!waitFor([&] { return frames() > 0; }, EndPatience))
            return false;
        FuzzPerson::click(*m_witness, QPoint(30, 25));
        return waitFor([this] { return m_witness->url().path() == u"/two" && m_witness->frameCount() > 0; },
                       EndPatience);
    }

    void playChild()
    {
        const bool isTouched = m_random.oneIn(2);
        const bool isPlugin = m_round.kind != ChildKind::Renderer;
        const unsigned messages = unsigned(m_random.oneIn(4) ? 20 + m_random.below(100) : 100 + m_random.below(900));
        const QByteArray document = QByteArray::fromStdString(order(m_random.next(), messages).text());
        if (m_round.kind == ChildKind::PluginLoader) {
            FuzzOrder early;
            early.seed = m_random.next();
            early.early = true;
            early.may = {"plugin.loaded", "plugin.failed"};
            installPlugin(QString::fromStdString(early.text()));
        }
        LoopbackAnswer page = LoopbackAnswer::page(document);
        LoopbackAnswer pluginPage = page;
        pluginPage.type = ScenePlugin::MimeType;
        m_scene->a().set("/fuzz", isPlugin ? pluginPage : page);
        m_scene->a().set("/plugin", pluginPage);

        m_tabsMade = 0;
        Tab *tab = m_scene->open(m_scene->a().url(QStringLiteral("/fuzz")));
        m_tabsMade = 0;
        FuzzPerson person(*m_scene, *tab, m_random);
        QElapsedTimer clock, quiet;
        clock.start();
        quiet.start();
        const std::uint64_t first = messagesSoFar();
        std::uint64_t last = first;
        (void)waitFor(
            [&] {
                if (isTouched)
                    person.act();
                else
                    person.look();
                const std::uint64_t heard = messagesSoFar();
                if (heard != std::exchange(last, heard))
                    quiet.restart();
                const bool isOver =
                    person.tab() == nullptr || person.tab()->crash() || (heard > first && quiet.elapsed() > Silence);
                return isOver || clock.elapsed() > Patience;
            },
            std::chrono::minutes(5));
        if (!isTouched && m_tabsMade > 0)
            wrong(QStringLiteral("%1 tabs that nobody asked for").arg(m_tabsMade));
        if (!isTouched && m_scene->downloads() > m_downloads)
            wrong(QStringLiteral("a download that nobody asked for"));
        m_downloads = m_scene->downloads();
        closeAllButWitness();
    }

    std::uint64_t messagesSoFar() const
    {
        std::uint64_t sum = m_figures.messages;
        for (const PageProcess *host : m_scene->pool().hosts())
            sum += host->hasChannel() ? host->channel().base().counters().messagesReceived : 0;
        return sum;
    }

    void closeAllButWitness()
    {
        TabList &tabs = m_scene->tabs();
        while (tabs.count() > 1)
            tabs.close(tabs.at(tabs.at(0) == m_witness ? 1 : 0));
        // A spare one, which nobody has had yet, may stay.
        const auto others = [this] {
            const std::vector<PageProcess *> hosts = m_scene->pool().hosts();
            return std::count_if(hosts.begin(), hosts.end(), [this](const PageProcess *host) {
                return !host->sites().empty() && host->pid() != m_witness->rendererPid();
            });
        };
        // What is over now may have been about to begin: closed tabs are deleted later, and may have asked for a
        // process before.
        const auto isOver = [&] {
            for (int turn = 0; turn < 8; ++turn) {
                if (others() > 0)
                    return false;
                QCoreApplication::processEvents();
                QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            }
            return others() == 0;
        };
        if (!waitFor(isOver, EndPatience)) {
            for (const PageProcess *host : m_scene->pool().hosts())
                wrong(QStringLiteral("does not end: %1 %2 with %3 pages, ready %4, usable %5")
                          .arg(host->name())
                          .arg(host->pid())
                          .arg(host->pages().size())
                          .arg(host->isReady())
                          .arg(host->isUsable()));
        }
    }

    /// Whatever a page did, these are not shown in a tab of this scene.
    void checkShown(const Tab *tab)
    {
        const QString site = tab->siteKey();
        const bool isFine = site.startsWith(u"http://") || site == u"about:error" || site == u"about:blank";
        if (!isFine)
            wrong(QStringLiteral("a tab shows %1, %2").arg(site, tab->url().toString()));
    }

    void check()
    {
        if (m_witness->crash() || !witnessAnswers())
            wrong(QStringLiteral("the honest page does not answer"));
        if (const QString opened = m_scene->filesOpened(); !opened.isEmpty())
            wrong(QStringLiteral("somebody opened the secret file") + opened);
        if (m_blocked.connections > 0)
            wrong(QStringLiteral("somebody connected to a forbidden port"));
        if (m_scene->host(QStringLiteral("nobody")).asked("/data") > 0)
            wrong(QStringLiteral("a plugin fetched what its manifest does not name"));
        if (m_scene->deeds() != u"nothing")
            wrong(QStringLiteral("an internal page did something: ") + m_scene->deeds());
        if (QGuiApplication::clipboard()->text() != u"mine")
            wrong(QStringLiteral("something else is in the clipboard"));
    }

    void checkFiles(const QStringList &before)
    {
        const QString downloads = m_scene->path(QStringLiteral("downloads/")),
                      data = m_scene->path(QStringLiteral("data/"));
        qint64 kept = 0;
        for (const QString &file : filesBelow(m_scene->folder())) {
            if (file.startsWith(data) && QFileInfo(file).suffix() != u"json")
                kept += QFileInfo(file).size();
            else if (!before.contains(file) && !file.startsWith(downloads) && !file.startsWith(data) &&
                     !file.contains(u"settings.ini"))
                wrong(QStringLiteral("a new file: ") + file);
        }
        // By key, whose names count little: twice the quota would be a fault, some more bytes are files' heads.
        if (kept > 2 * Quota)
            wrong(QStringLiteral("a plugin keeps %1 bytes").arg(kept));
    }

    const PageRound &m_round;
    Figures &m_figures;
    RandomSource m_random;
    QStringList m_wrong;
    BlockedServer m_blocked;
    ProcessorTurns m_turns;
    std::unique_ptr<ExecLauncher> m_honestExec, m_hostileExec;
    std::unique_ptr<ZygoteLauncher> m_honest, m_hostile;
    std::unique_ptr<Launcher> m_launcher;
    std::unique_ptr<Scene> m_scene;
    QMetaObject::Connection m_watch;
    QUrl m_secret;
    Tab *m_witness = nullptr;
    int m_tabsMade = 0;
    int m_downloads = 0;
};

} // namespace

QString PageRound::play(Figures &figures) const
{
    return Play(*this, figures).run();
}

} // namespace bulkhead::fuzz
