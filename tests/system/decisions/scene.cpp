// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/decisions/scene.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/plugins/plugins_html.h"
#include "browser/pages/tabs/tab_embeds.h"
#include "tests/browser/pages/network/certificate.h"
#include "tests/support/initiators.h"
#include "tests/support/wait_for.h"
#include "tests/system/decisions/hostile_script.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <sys/inotify.h>
#include <unistd.h>

namespace bulkhead {

namespace {

constexpr std::chrono::seconds Patience{
    60}; ///< for a machine that has much else to do; only what is broken takes so long
constexpr quint32 BrowserStreams = 0x80000000u; ///< documents'; renderers number theirs below

/// The bytes of content that a message brings to a child.
std::string contentOf(const wire::BrowserToRenderer &message)
{
    if (message.has_body_data())
        return message.body_data().data();
    if (message.has_plugin() && message.plugin().has_piece())
        return message.plugin().piece().data();
    if (message.has_plugin() && message.plugin().has_service_answer())
        return message.plugin().service_answer().data();
    return {};
}

QString errorName(FetchErrorKind kind)
{
    static const char *const Names[] = {"Denied", "UnsupportedScheme", "NotFound", "Unreadable", "Refused", "TimedOut",
                                        "Tls",    "TooManyRedirects",  "Network",  "Internal"};
    return QLatin1String(Names[int(kind)]);
}

} // namespace

void SceneHost::script(const char *path, const QByteArray &steps, const char *mark)
{
    set(path, LoopbackAnswer::page(QByteArray(ScriptMark) + ' ' + mark + '\n' + steps));
}

void SceneHost::pluginScript(const char *path, const QByteArray &steps)
{
    LoopbackAnswer answer = LoopbackAnswer::page(QByteArray(ScriptMark) + '\n' + steps);
    answer.type = ScenePlugin::MimeType;
    set(path, answer);
}

QByteArray SceneHost::header(const char *path, const QByteArray &name) const
{
    QByteArray value;
    for (const LoopbackRequest &request : m_server.requests()) {
        if (request.path() == QLatin1String(path))
            value = request.headers.value(name);
    }
    return value;
}

Scene::Scene(ChildLauncher &children, const Settings &settings)
    : m_context(std::make_unique<BrowserContext>(children, options(settings))),
      m_tabs(std::make_unique<TabList>(fetcher(), pool())), m_downloads(std::make_unique<DownloadManager>(fetcher())),
      m_history(std::make_unique<History>(QString())), m_settings(std::make_unique<bulkhead::Settings>())
{
    m_downloads->setFolder(path(QStringLiteral("downloads")));
    QObject::connect(&pool(), &PageProcessPool::hostAdded, &pool(), [this](PageProcess *added) { watch(added); });
    QObject::connect(m_tabs.get(), &TabList::tabInserted, m_tabs.get(), [this](int, Tab *tab) { watch(tab); });
    m_window = std::make_unique<MainWindow>(*m_tabs, *m_downloads, *m_history, *m_settings);
    m_window->resize(900, 600);
    m_window->show();
}

Scene::~Scene()
{
    // As the app does it; what the parts say meanwhile is of no interest.
    m_window.reset();
    m_tabs.reset();
    m_downloads.reset();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_plugin.reset();
    m_context.reset();
}

BrowserContext::Options Scene::options(const Settings &settings)
{
    BrowserContext::Options options;
    options.renderers.softLimit = settings.processLimit;
    options.renderers.keepSpare = false;
    options.renderers.patience = std::chrono::milliseconds(300);
    options.profile = profile(settings);
    options.pages = internalPages();
    return options;
}

SceneHost &Scene::host(const QString &name, const QString &address)
{
    auto &server = m_hosts[name];
    if (!server)
        server = std::make_unique<SceneHost>(name, address, QString());
    return *server;
}

SceneHost &Scene::site(const QString &name)
{
    auto &server = m_hosts[name];
    if (!server)
        server = std::make_unique<SceneHost>(name, QStringLiteral("127.0.0.1"), name);
    return *server;
}

void Scene::setAddress(const QString &name, const QString &address)
{
    const std::lock_guard lock(m_names->mutex);
    m_names->addresses[name] = address;
}

ProfileSettings Scene::profile(const Settings &settings)
{
    ProfileSettings profile;
    if (settings.cache)
        profile.cacheFolder = path(QStringLiteral("cache"));
    if (settings.certificate)
        profile.extraCertificates = settings.certificate->certificate;
    profile.lookup.spaceOf = [](const QHostAddress &address) {
        return address == QHostAddress(QLatin1String(PublicAddress)) ? AddressSpace::Public
                                                                     : address_space::of(address);
    };
    profile.lookup.resolve = [names = m_names](const QString &host, QObject *context, HostLookup::Found found) {
        const std::lock_guard lock(names->mutex);
        const QHostAddress address(names->addresses.value(host, QStringLiteral("127.0.0.1")));
        QTimer::singleShot(0, context, [address, found] { found({address}, {}); });
    };
    return profile;
}

InternalPages Scene::internalPages()
{
    InternalPages pages;
    pages.setActs(&m_acts);
    for (const QString &name : {QStringLiteral("one"), QStringLiteral("two")}) {
        pages.add(name, [this, name](const QString &, const QString &act) -> std::optional<QByteArray> {
            if (!act.isEmpty()) { // and that is all: a page that asks again would do so for ever
                m_deeds << act;
                return QByteArray(ScriptMark) + '\n';
            }
            return QByteArray(m_internal.value(name)).replace("TOKEN", m_acts.issue(name).toUtf8());
        });
    }
    pages.add(QStringLiteral("plugins"), [this](const QString &rest, const QString &act) {
        return m_plugin ? pluginsPage(m_plugin->hosts(), m_plugin->permissions(), m_acts, rest, act) : std::nullopt;
    });
    return pages;
}

void Scene::addInternalPage(const QString &name, const QByteArray &script)
{
    m_internal[name] = QByteArray(ScriptMark) + '\n' + script;
}

QUrl Scene::file(const QString &relative, const QByteArray &content) const
{
    const QString name = path(relative);
    QDir().mkpath(QFileInfo(name).path());
    QFile out(name);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(name));
    return QUrl::fromLocalFile(name);
}

ScenePlugin &Scene::plugin(const QJsonObject &permissions, ScenePlugin::Person person, const QString &loaderScript,
                           const QString &isolation)
{
    m_plugin.reset(); // the last one's viewers leave the pool first
    m_plugin = std::make_unique<ScenePlugin>(fetcher(), pool(), path(QStringLiteral("data")), permissions, person,
                                             loaderScript, isolation);
    return *m_plugin;
}

void Scene::watch(PageProcess *host)
{
    m_told[host].kind = host->name();
    QObject::connect(&host->messages(), &MessageLog::sending, &pool(),
                     [this, host](const MessageTap::Seen &seen, bool) {
                         const auto &message = static_cast<const wire::BrowserToRenderer &>(seen.message);
                         if (message.has_open_document())
                             m_scripts[{host, message.open_document().page_id()}] = true;
                         else if (message.has_close_page())
                             m_scripts.erase({host, message.close_page().page_id()});
                         if (message.has_resource_response() && !message.resource_response().granted())
                             --m_openRequests[{host, message.resource_response().stream_id()}];
                         else if (message.has_body_end() && message.body_end().stream_id() < BrowserStreams)
                             --m_openRequests[{host, message.body_end().stream_id()}];
                         else if (message.has_plugin() && message.plugin().has_service_answer())
                             --m_openRequests[{host, BrowserStreams | message.plugin().service_answer().request_id()}];
                         const std::string content = contentOf(message);
                         Told &told = m_told[host];
                         if (told.bytes.size() < (8 << 20))
                             told.bytes.append(content.data(), qsizetype(content.size()));
                         m_sitesPerProcess = std::max(m_sitesPerProcess, int(host->sites().size()));
                         told.site = host->sites().empty() ? QString() : host->sites().back().key();
                     });
    QObject::connect(&host->messages(), &MessageLog::handledNow, &pool(), [this, host](const MessageTap::Seen &seen) {
        const auto &message = static_cast<const wire::RendererToBrowser &>(seen.message);
        const auto script = m_scripts.find({host, message.load_finished().page_id()});
        if (message.has_load_finished() && script != m_scripts.end()) {
            script->second = false;
            ++m_stops;
        }
        if (message.has_resource_request())
            ++m_openRequests[{host, message.resource_request().stream_id()}];
        else if (message.has_plugin() && message.plugin().has_service_request())
            ++m_openRequests[{host, BrowserStreams | message.plugin().service_request().request_id()}];
    });
    QObject::connect(host, &PageProcess::ending, &pool(), [this, host] {
        std::erase_if(m_scripts, [host](const auto &script) { return script.first.first == host; });
        std::erase_if(m_openRequests, [host](const auto &request) { return request.first.first == host; });
        m_toldBefore.push_back(m_told[host]);
        m_told.erase(host);
    });
}

void Scene::watch(Tab *tab)
{
    QObject::connect(tab, &Tab::loadFailed, m_tabs.get(),
                     [this, tab](const FetchError &error) { m_errors[tab] = error; });
}

Tab *Scene::open(const QUrl &url)
{
    return m_tabs->open(url, test::person());
}

Tab *Scene::visit(const QUrl &url, Requests requests)
{
    Tab *tab = open(url);
    settle(requests);
    return tab;
}

void Scene::markRunning(const Tab *tab)
{
    for (auto &[page, running] : m_scripts)
        running = running || page.first->pid() == tab->rendererPid();
}

void Scene::sendMouse(Tab *tab, QEvent::Type type)
{
    const QPointF at(5, 5);
    const bool moves = type == QEvent::MouseMove;
    const QMouseEvent event(type, at, at, moves ? Qt::NoButton : Qt::LeftButton,
                            type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
    tab->sendMouseEvent(event, moves ? 0 : 1);
}

void Scene::clickWithoutWaiting(Tab *tab)
{
    markRunning(tab);
    sendMouse(tab, QEvent::MouseButtonPress);
    sendMouse(tab, QEvent::MouseButtonRelease);
}

void Scene::click(Tab *tab)
{
    clickWithoutWaiting(tab);
    settle();
}

void Scene::hover(Tab *tab)
{
    markRunning(tab);
    sendMouse(tab, QEvent::MouseMove);
    settle();
}

void Scene::waitForBoxes()
{
    waitUntil([this] {
        const TabEmbeds *boxes = m_tabs->active() ? m_tabs->active()->embeds() : nullptr;
        if (!boxes)
            return false;
        for (int i = 0; i < boxes->count(); ++i) {
            const RemotePage *page = boxes->pageOf(i);
            if (boxes->placeholderOf(i).isEmpty() && !(page && page->frameCount() > 0))
                return false;
        }
        return true;
    });
    settle();
}

void Scene::press(Tab *tab, Qt::Key key)
{
    markRunning(tab);
    for (const auto type : {QEvent::KeyPress, QEvent::KeyRelease})
        tab->sendKeyEvent(QKeyEvent(type, key, Qt::NoModifier));
    settle();
}

bool Scene::waitUntil(const std::function<bool()> &condition)
{
    const bool came = waitFor(condition, Patience);
    m_unsettled = m_unsettled || !came;
    return came;
}

bool Scene::settle(Requests requests)
{
    return waitUntil([this, requests] {
        // What is at rest now may have been about to begin: everything that is queued has its turn.
        for (int turn = 0; turn < 8; ++turn) {
            if (!isAtRest(requests))
                return false;
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
        return isAtRest(requests);
    });
}

bool Scene::isAtRest(Requests requests) const
{
    for (const auto &[page, running] : m_scripts) {
        if (running)
            return false;
    }
    for (const auto &[request, open] : m_openRequests) {
        if (open > 0 && requests == Requests::Awaited)
            return false;
    }
    for (int i = 0; i < m_tabs->count(); ++i) {
        const Tab *tab = m_tabs->at(i);
        if (!tab->crash() && (tab->loadState() != LoadState::Idle || tab->isOpening()))
            return false;
    }
    return m_downloads->activeCount() == 0;
}

QString Scene::shown(const Tab *tab) const
{
    if (m_unsettled)
        return QStringLiteral("did not come to rest");
    if (!tab)
        return QStringLiteral("no tab");
    if (tab->crash())
        return QStringLiteral("ended: ") + tab->crash()->code();
    if (tab->siteKey() == u"about:error") {
        const auto it = m_errors.find(tab);
        const FetchError error = it == m_errors.end() ? FetchError() : it->second;
        const bool refused = error.kind == FetchErrorKind::Denied || error.kind == FetchErrorKind::UnsupportedScheme;
        return refused ? QStringLiteral("refused: ") + error.detail : QStringLiteral("error: ") + errorName(error.kind);
    }
    return tab->siteKey().isEmpty() ? QStringLiteral("nothing") : named(tab->url().toString(QUrl::FullyEncoded));
}

QString Scene::allShown() const
{
    QStringList all;
    for (int i = 0; i < m_tabs->count(); ++i)
        all << shown(m_tabs->at(i));
    return all.join(QStringLiteral(" | "));
}

QString Scene::whoGot(const QByteArray &secret) const
{
    QStringList who;
    const auto add = [&](const Told &told) {
        if (told.bytes.contains(secret))
            who << QStringLiteral("%1 of %2").arg(told.kind, named(told.site));
    };
    for (const Told &told : m_toldBefore)
        add(told);
    for (const auto &[process, told] : m_told)
        add(told);
    who.sort();
    who.removeDuplicates();
    return who.isEmpty() ? QStringLiteral("nobody") : who.join(QStringLiteral(", "));
}

QString Scene::notice() const
{
    for (const PageProcess *host : m_context->renderers().hosts()) {
        for (const RemotePage *page : host->pages()) {
            if (!page->notice().isEmpty())
                return page->notice();
        }
    }
    return {};
}

QString Scene::download(int index) const
{
    if (index >= m_downloads->count())
        return QStringLiteral("no download");
    const Download *download = m_downloads->at(index);
    return download->state() == DownloadState::Finished ? download->fileName()
                                                        : QStringLiteral("failed: ") + download->error().detail;
}

void Scene::watchFile(const QUrl &file)
{
    if (!m_watch)
        m_watch = UniqueFd(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    // Of the folder: a watch on the file itself gives no name.
    ::inotify_add_watch(m_watch.get(), QFile::encodeName(QFileInfo(file.toLocalFile()).path()).constData(), IN_OPEN);
}

QString Scene::filesOpened()
{
    QStringList names;
    alignas(inotify_event) char buffer[4096];
    for (ssize_t length = ::read(m_watch.get(), buffer, sizeof buffer); length > 0;
         length = ::read(m_watch.get(), buffer, sizeof buffer)) {
        for (ssize_t at = 0; at < length;) {
            const auto *event = reinterpret_cast<const inotify_event *>(buffer + at);
            if (event->len > 0 && !(event->mask & IN_ISDIR))
                names << QString::fromUtf8(event->name);
            at += ssize_t(sizeof(inotify_event) + event->len);
        }
    }
    names.removeDuplicates();
    return names.isEmpty() ? QString() : QStringLiteral(", opened ") + names.join(u' ');
}

QString Scene::named(QString text) const
{
    for (const auto &[name, server] : m_hosts) {
        const QString origin = server->url(QString()).toString();
        text.replace(origin, QStringLiteral("http://") + name);
    }
    return text.replace(m_folder.path(), QStringLiteral("~"));
}

} // namespace bulkhead
