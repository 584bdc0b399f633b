// SPDX-License-Identifier: BSD-3-Clause
// What others named or put somewhere: looked at before it is opened.
#include "browser/desktop/session/session_keeper.h"
#include "browser/pages/fetch/folder_grants.h"
#include "browser/pages/fetch/typed_url.h"
#include "browser/pages/plugins/plugin_registry.h"
#include "tests/support/initiators.h"
#include "tests/system/decisions/case.h"
#include "tests/system/decisions/named_pipe.h"

#include <QDir>

namespace bulkhead {

namespace {

using namespace protections;

QString outcome(NamedPipe &pipe)
{
    return pipe.wasOpened() ? QStringLiteral("waited for a pipe") : QStringLiteral("looked and left it");
}

constexpr char Left[] = "looked and left it";
constexpr char Waited[] = "waited for a pipe";

/// Files of plugins.
void addPlugins(const Group &add)
{
    add(
        "a plugin's manifest that is a pipe is not opened", safeFiles,
        [](Scene &s) {
            QDir().mkpath(s.path(QStringLiteral("plugins/org.example.viewer.bulkplug")));
            NamedPipe pipe(s.path(QStringLiteral("plugins/org.example.viewer.bulkplug/manifest.json")), "{}");
            const PluginRegistry registry({s.path(QStringLiteral("plugins"))});
            return outcome(pipe);
        },
        Left, Waited);
    add(
        "a plugin's manifest does not lead out of its folder", safeFiles,
        [](Scene &s) {
            const QJsonObject manifest = goodManifest();
            s.file(QStringLiteral("elsewhere.json"), QJsonDocument(manifest).toJson());
            QDir().mkpath(s.path(QStringLiteral("plugins/org.example.viewer.bulkplug")));
            QFile::link(s.path(QStringLiteral("elsewhere.json")),
                        s.path(QStringLiteral("plugins/org.example.viewer.bulkplug/manifest.json")));
            const PluginRegistry registry({s.path(QStringLiteral("plugins"))});
            return registry.find(QStringLiteral("org.example.viewer")) ? QStringLiteral("read")
                                                                       : QStringLiteral("not read");
        },
        "not read", "read");
    add(
        "a plugin's library that is a pipe is not opened", safeLibraries,
        [](Scene &s) {
            PluginFolder folder;
            const QString plugin = folder.add(goodManifest());
            QFile::remove(plugin + QStringLiteral("/viewer.so"));
            NamedPipe pipe(plugin + QStringLiteral("/viewer.so"), "no library");
            PluginFile file(plugin);
            (void)file.library();
            Q_UNUSED(s);
            return outcome(pipe);
        },
        Left, Waited);
}

/// Files of the profile, and the working folder.
void addProfile(const Group &add)
{
    add(
        "a kept session that is a pipe is not opened", safeFiles,
        [](Scene &s) {
            NamedPipe pipe(s.path(QStringLiteral("session.json")), "{}");
            SessionKeeper keeper(s.tabs(), s.folder());
            return outcome(pipe);
        },
        Left, Waited);
    add(
        "a kept history that is a pipe is not opened", safeFiles,
        [](Scene &s) {
            NamedPipe pipe(s.path(QStringLiteral("history.jsonl")), "{}");
            {
                History history(s.folder()); // its end waits for its thread
            }
            return outcome(pipe);
        },
        Left, Waited);
    add(
        "kept permissions that are a pipe are not opened", safeFiles,
        [](Scene &s) {
            NamedPipe pipe(s.path(QStringLiteral("plugin-permissions.json")), "[]");
            const PluginPermissions permissions(s.folder());
            return outcome(pipe);
        },
        Left, Waited);
    add(
        "kept folders that are a pipe are not opened", safeFiles,
        [](Scene &s) {
            NamedPipe pipe(s.path(QStringLiteral("folders.json")), "{}");
            const FolderGrants grants(s.folder());
            return outcome(pipe);
        },
        Left, Waited);
    add(
        "kept cookies that are a pipe are not opened", safeFiles,
        [](Scene &s) {
            NamedPipe pipe(s.path(QStringLiteral("cookies")), "x");
            ProfileSettings settings;
            settings.dataFolder = s.folder();
            s.a().set("/", LoopbackAnswer::page("hello"));
            ProfileFetcher fetcher(settings);
            // The network's thread has its cookies before it fetches anything.
            const auto fetch = fetcher.start({s.a().url(), Destination::Navigation, test::person()});
            s.waitUntil([&s] { return s.a().asked("/") == 1; });
            return outcome(pipe);
        },
        Left, Waited);
    add(
        "a typed host is a host, whatever lies in the working folder", typedHosts,
        [](Scene &s) {
            s.file(QStringLiteral("example.org"));
            const Result<QUrl> url = typedUrl(QStringLiteral("example.org"), s.folder());
            return url ? s.named(url->toString()) : QStringLiteral("nothing");
        },
        "https://example.org/", "file://~/example.org");
}

} // namespace

void addNamedFileCases(Cases &cases)
{
    const Group group(cases, "files named by others");
    addPlugins(group);
    addProfile(group);
}

} // namespace bulkhead
