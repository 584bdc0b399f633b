// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/library/download_manager.h"
#include "browser/desktop/library/history.h"
#include "browser/desktop/settings/settings.h"
#include "browser/desktop/window/main_window.h"
#include "browser/pages/fetch/internal_acts.h"
#include "browser/pages/network/profile_fetcher.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/tabs/tab_list.h"
#include "ipc/core/unique_fd.h"
#include "tests/support/loopback_server.h"
#include "tests/system/decisions/scene_plugin.h"

#include <QHash>
#include <QTemporaryDir>

#include <map>
#include <memory>
#include <mutex>

namespace bulkhead {

namespace test {
struct Certificate;
}
class ChildLauncher;
class PageProcess;

/// A web server of a scene, a site of its own.
class SceneHost
{
public:
    /// @p host: what it is called in addresses, where that is not its own address.
    SceneHost(QString name, const QString &address, QString host)
        : m_name(std::move(name)), m_host(std::move(host)), m_server({}, address)
    {
    }

    QString name() const { return m_name; }
    QUrl url(const QString &path = QStringLiteral("/")) const
    {
        QUrl url = m_server.url(path);
        if (!m_host.isEmpty())
            url.setHost(m_host);
        return url;
    }
    /// The address as text, for scripts and headers.
    QByteArray at(const char *path = "/") const { return url(QLatin1String(path)).toEncoded(); }
    LoopbackServer &server() { return m_server; }
    void set(const char *path, LoopbackAnswer answer) { m_server.set(QLatin1String(path), std::move(answer)); }
    /// A document that is a script for the hostile renderer; @p mark is added to its first line.
    void script(const char *path, const QByteArray &steps, const char *mark = "");
    /// The same for the hostile plugin.
    void pluginScript(const char *path, const QByteArray &steps);
    int asked(const char *path) const { return m_server.requestCount(QLatin1String(path)); }
    /// Of the last request for @p path.
    QByteArray header(const char *path, const QByteArray &name) const;

private:
    const QString m_name;
    const QString m_host;
    LoopbackServer m_server;
};

/// One browser, as the app wires it, with its window, whose renderers and plugins are hostile children; the servers and
/// files that it meets; and a person. Everything in it is new for every case. Main thread.
class Scene
{
public:
    struct Settings
    {
        int processLimit = 24;                          ///< of renderers
        bool cache = false;                             ///< what the network brings is kept on disk
        const test::Certificate *certificate = nullptr; ///< trusted; outlives the scene
    };

    /// @p children starts hostile children; it outlives the scene.
    Scene(ChildLauncher &children, const Settings &settings);
    ~Scene();

    // ---- the world
    /// By name; made when it is first asked for. @p address: another one than 127.0.0.1 is another host for cookies,
    /// too.
    SceneHost &host(const QString &name, const QString &address = QStringLiteral("127.0.0.1"));
    SceneHost &a() { return host(QStringLiteral("a")); }
    SceneHost &b() { return host(QStringLiteral("b")); }
    /// The same by a name of its own, "a.test": a site whatever else is on this computer.
    SceneHost &site(const QString &name);
    /// From now on @p name is found at @p address; without that all names are at 127.0.0.1.
    void setAddress(const QString &name, const QString &address);
    /// Counts as one of the internet's, where pages know it by a name or not.
    static constexpr char PublicAddress[] = "127.0.0.66";
    /// A file below the scene's folder, whose folders are made.
    QUrl file(const QString &path, const QByteArray &content = "SECRET") const;
    QString path(const QString &relative) const { return m_folder.filePath(relative); }
    QString folder() const { return m_folder.path(); }

    /// Installs the plugin; once.
    ScenePlugin &plugin(const QJsonObject &permissions = {}, ScenePlugin::Person person = ScenePlugin::Person::Refuses,
                        const QString &loaderScript = {}, const QString &isolation = {});

    /// about:NAME, which shows @p script and carries out what it is asked to, if it may: see deeds(). In the script
    /// TOKEN is what the page's own links carry.
    void addInternalPage(const QString &name, const QByteArray &script);
    /// What internal pages have done, in order: "go go"; "nothing".
    QString deeds() const { return m_deeds.isEmpty() ? QStringLiteral("nothing") : m_deeds.join(u' '); }

    // ---- the person
    Tab *open(const QUrl &url);
    /// Whether what pages asked for has to be answered before everything is over.
    enum class Requests { Awaited, Ignored };
    /// Opens and waits for everything to happen that does.
    Tab *visit(const QUrl &url, Requests requests = Requests::Awaited);
    void click(Tab *tab);
    void clickWithoutWaiting(Tab *tab);
    void press(Tab *tab, Qt::Key key);
    /// Moves the pointer over the page.
    void hover(Tab *tab);

    /// Until every script has come to its end or waits, what it asked for was answered, every tab is at rest and no
    /// download runs. False when that does not come about; then shown() says so.
    bool settle(Requests requests = Requests::Awaited);
    /// Until what the page in the active tab embeds is there, or was refused.
    void waitForBoxes();
    bool waitUntil(const std::function<bool()> &condition);

    // ---- what happened
    /// How often scripts have come to a stop.
    int stops() const { return m_stops; }
    /// What @p tab shows: "http://a/x", "refused: link-to-file", "error: NotFound", "ended: bad-message 40
    /// link_activated", "nothing".
    QString shown(const Tab *tab) const;
    QString shown() const { return shown(m_tabs->active()); }
    /// All tabs in their order.
    QString allShown() const;
    /// Whose processes got @p secret in anything that the browser sent them: "nobody", or "renderer of http://a".
    QString whoGot(const QByteArray &secret) const;
    /// From now on filesOpened() tells when anybody opens @p file: ", opened secret.txt".
    void watchFile(const QUrl &file);
    QString filesOpened();
    /// What stands in the place of a page, as its plugin wants it; of the first that has something.
    QString notice() const;
    int downloads() const { return m_downloads->count(); }
    QString download(int index) const;
    /// The most sites that any one process has ever held pages of.
    int sitesPerProcess() const { return m_sitesPerProcess; }
    int tabCount() const { return m_tabs->count(); }
    /// @p text with the names of the servers and "~" for the scene's folder.
    QString named(QString text) const;

    ProfileFetcher &fetcher() { return m_context->fetcher(); }
    PageProcessPool &pool() { return m_context->renderers(); }
    TabList &tabs() { return *m_tabs; }
    DownloadManager &downloadManager() { return *m_downloads; }
    History &history() { return *m_history; }
    MainWindow &window() { return *m_window; }

private:
    struct Told
    {
        QString kind;
        QString site;
        QByteArray bytes;
    };

    InternalPages internalPages();
    BrowserContext::Options options(const Settings &settings);
    ProfileSettings profile(const Settings &settings);
    void sendMouse(Tab *tab, QEvent::Type type);
    void markRunning(const Tab *tab);
    bool isAtRest(Requests requests) const;
    void watch(PageProcess *host);
    void watch(Tab *tab);

    struct Names
    {
        std::mutex mutex;
        QHash<QString, QString> addresses;
    };

    QTemporaryDir m_folder;
    std::map<QString, std::unique_ptr<SceneHost>> m_hosts;
    const std::shared_ptr<Names> m_names = std::make_shared<Names>();  ///< the network's thread asks, too
    std::map<std::pair<const PageProcess *, quint32>, bool> m_scripts; ///< by page: whether it runs
    using Stream = std::pair<const PageProcess *, quint32>;
    std::map<Stream, int> m_openRequests; ///< asked less answered, of streams and services
    std::map<const PageProcess *, Told> m_told;
    UniqueFd m_watch;               ///< inotify
    std::vector<Told> m_toldBefore; ///< processes that are gone
    std::map<const Tab *, FetchError> m_errors;
    bool m_unsettled = false;
    int m_stops = 0;
    int m_sitesPerProcess = 0;
    InternalActs m_acts;
    QMap<QString, QByteArray> m_internal;
    QStringList m_deeds;
    std::unique_ptr<BrowserContext> m_context;
    std::unique_ptr<ScenePlugin> m_plugin;
    std::unique_ptr<TabList> m_tabs;
    std::unique_ptr<DownloadManager> m_downloads;
    std::unique_ptr<History> m_history;
    std::unique_ptr<bulkhead::Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace bulkhead
