// SPDX-License-Identifier: BSD-3-Clause
// What a plugin may do: what its manifest names, the person allowed, and nothing by another way.
#include "tests/system/decisions/case.h"

#include <QClipboard>
#include <QGuiApplication>

namespace bulkhead {

namespace {

using namespace protections;
using Person = ScenePlugin::Person;

QByteArray service(const char *name, const QByteArray &argument, const QByteArray &data = {})
{
    return "say plugin { service_request { request_id: 1 service: " + QByteArray(name) + " name: '" + argument +
           "' data: '" + data + "' } }\n";
}

/// What tab 0 shows after the plugin did @p steps as the document of host a. What it may not ask is not answered.
QString withPlugin(Scene &scene, const QByteArray &steps, Scene::Requests requests = Scene::Requests::Awaited)
{
    scene.a().pluginScript("/doc", steps);
    return scene.shown(scene.visit(scene.a().url(QStringLiteral("/doc")), requests));
}

QJsonObject fetchFrom(const QByteArrayList &patterns)
{
    QJsonArray urls;
    for (const QByteArray &pattern : patterns)
        urls << QString::fromUtf8(pattern);
    return ScenePlugin::permission("fetch", {{QStringLiteral("urls"), urls}});
}

/// Host b's /data, which is secret.
QByteArray data(Scene &scene)
{
    scene.b().set("/data", LoopbackAnswer::page("SECRET"));
    return scene.b().at("/data");
}

QString asked(Scene &scene)
{
    return QStringLiteral("%1 asked, %2").arg(scene.b().asked("/data")).arg(scene.whoGot("SECRET"));
}

constexpr char Got[] = "1 asked, plugin org.example.hostile of http://a";

/// What the person refused.
void addRefused(const Group &add)
{
    add(
        "a plugin that the person refused fetches nothing", permissionQuestions,
        [](Scene &s) {
            s.plugin(fetchFrom({s.b().at("/*")}), Person::Refuses);
            withPlugin(s, service("FETCH", data(s)));
            return asked(s);
        },
        "0 asked, nobody", Got);
    add(
        "a plugin that the person refused copies nothing", permissionQuestions,
        [](Scene &s) {
            QGuiApplication::clipboard()->setText(QStringLiteral("mine"));
            s.plugin(ScenePlugin::permission("clipboard"), Person::Refuses);
            withPlugin(s, service("CLIPBOARD", {}, "rm -rf ~"));
            return QGuiApplication::clipboard()->text();
        },
        "mine", "rm -rf ~");
    add(
        "a plugin that the person refused opens no link", permissionQuestions,
        [](Scene &s) {
            s.b().script("/", {});
            s.plugin(ScenePlugin::permission("open-link"), Person::Refuses);
            withPlugin(s, service("OPEN", s.b().at()));
            return s.shown();
        },
        "http://a/doc", "http://b/");
    add(
        "a plugin that the person refused keeps nothing", permissionQuestions,
        [](Scene &s) {
            ScenePlugin &plugin = s.plugin(
                ScenePlugin::permission("storage", {{QStringLiteral("quota"), QStringLiteral("1M")}}), Person::Refuses);
            withPlugin(s, service("STORAGE_PUT", "key", "value"));
            const auto kept = plugin.services().storage().value(QStringLiteral("org.example.hostile"),
                                                                Site::forUrl(s.a().url()).key(), QStringLiteral("key"));
            return kept ? QString::fromUtf8(*kept) : QStringLiteral("nothing");
        },
        "nothing", "value");
}

/// What was granted goes no further than that.
void addGranted(const Group &add)
{
    add(
        "a plugin fetches nothing that its manifest does not name", urlPatterns,
        [](Scene &s) {
            s.plugin(fetchFrom({"https://example.org/*"}), Person::Allows);
            withPlugin(s, service("FETCH", data(s)));
            return asked(s);
        },
        "0 asked, nobody", Got);
    add(
        "a plugin gets nothing by a redirect that its manifest does not name", urlPatterns,
        [](Scene &s) {
            s.a().set("/there", LoopbackAnswer::redirect(data(s)));
            s.plugin(fetchFrom({s.a().at("/there")}), Person::Allows);
            withPlugin(s, service("FETCH", s.a().at("/there")));
            return s.whoGot("SECRET");
        },
        "nobody", "plugin org.example.hostile of http://a");
    add(
        "a manifest that asks for more than was granted gets no more", grantedRights,
        [](Scene &s) {
            s.a().set("/small", LoopbackAnswer::page("little"));
            s.plugin(fetchFrom({s.a().at("/small")}), Person::Allows);
            withPlugin(s, service("FETCH", s.a().at("/small")));
            s.tabs().close(s.tabs().at(0));
            s.plugin(fetchFrom({s.a().at("/small"), s.b().at("/*")}), Person::Refuses);
            withPlugin(s, service("FETCH", data(s)));
            return asked(s);
        },
        "0 asked, nobody", Got);
    add(
        "a plugin keeps no more than it was granted", grantedRights,
        [](Scene &s) {
            ScenePlugin &plugin = s.plugin(
                ScenePlugin::permission("storage", {{QStringLiteral("quota"), QStringLiteral("1K")}}), Person::Allows);
            withPlugin(s, service("STORAGE_PUT", "key", "$long(50000)"));
            const auto kept = plugin.services().storage().value(QStringLiteral("org.example.hostile"),
                                                                Site::forUrl(s.a().url()).key(), QStringLiteral("key"));
            return QStringLiteral("%1 bytes").arg(kept ? kept->size() : 0);
        },
        "0 bytes", "50000 bytes");
    add(
        "a plugin's link does not open a file", access,
        [](Scene &s) {
            s.plugin(ScenePlugin::permission("open-link"), Person::Allows);
            withPlugin(s, service("OPEN", s.file(QStringLiteral("secret.txt")).toEncoded()));
            return s.shown();
        },
        "refused: link-to-file", "file://~/secret.txt");
    add(
        "a plugin that nobody touched opens no tab", gestures,
        [](Scene &s) {
            s.b().script("/", {});
            s.plugin(ScenePlugin::permission("open-link"), Person::Allows);
            withPlugin(s, service("OPEN_IN_NEW_TAB", s.b().at()));
            return QStringLiteral("%1 tabs").arg(s.tabCount());
        },
        "1 tabs", "2 tabs");
}

/// What only pages may say.
void addPageMessages(const Group &add)
{
    add(
        "a plugin that fetches as a page does is ended", childRules,
        [](Scene &s) {
            s.plugin();
            const QString shown =
                withPlugin(s, "say resource_request { stream_id: 7 kind: IMAGE url: '" + data(s) + "' }\n");
            return shown + QStringLiteral(", ") + asked(s);
        },
        "ended: bad-message 12 resource_request, 0 asked, nobody",
        "http://a/doc, 1 asked, nobody"); // what it is answered is opaqueBlocking's
    add(
        "a plugin that follows a link as a page does is ended", childRules,
        [](Scene &s) {
            s.plugin();
            s.b().script("/", {});
            return withPlugin(s, "say link_activated { url: '" + s.b().at() + "' }\n");
        },
        "ended: bad-message 12 link_activated", "http://b/");
    add(
        "a plugin that shows an icon as a page does is ended", childRules,
        [](Scene &s) {
            s.plugin();
            const QString shown = withPlugin(s, "say icon_changed { size { width: 1 height: 1 } pixels: 'abcd' }\n");
            return shown +
                   (s.tabs().at(0)->icon().isNull() ? QStringLiteral(", no icon") : QStringLiteral(", its icon"));
        },
        "ended: bad-message 12 icon_changed, no icon", "http://a/doc, its icon");
    add(
        "a plugin that shows a link's address as a page does is ended", childRules,
        [](Scene &s) {
            s.plugin();
            const QString shown = withPlugin(s, "say hovered_link { url: 'https://bank.example/' }\n");
            return shown + u' ' + s.tabs().at(0)->hoveredLink().host();
        },
        "ended: bad-message 12 hovered_link ", "http://a/doc bank.example");
    add(
        "a plugin that says what is selected as a page does is ended", childRules,
        [](Scene &s) {
            s.plugin();
            return withPlugin(s, "say selection_changed { has_selection: true }\n");
        },
        "ended: bad-message 12 selection_changed", "http://a/doc");
}

/// What is said when nobody asked, or by a process that is not ready for content.
void addUntimely(const Group &add)
{
    add(
        "a plugin that tells a trace that nobody asked for is ended", childRules,
        [](Scene &s) {
            s.plugin();
            return withPlugin(s, "say trace_events { events { name: 'x' } }\n");
        },
        "ended: bad-message 12 trace_events", "http://a/doc");
    add(
        "a page that tells a trace that nobody asked for is ended", childRules,
        [](Scene &s) {
            s.a().script("/", "say trace_events { events { name: 'x' } }\n");
            return s.shown(s.visit(s.a().url()));
        },
        "ended: bad-message 14 trace_events", "http://a/");
    // It speaks when the browser knows that it is locked down: before, it would be ended for that.
    add(
        "a plugin whose library is not loaded yet fetches nothing by a page that it guesses", childRules,
        [](Scene &s) {
            s.plugin({}, Person::Refuses,
                     QString::fromUtf8("wait ping\nsay resource_request { page_id: 1 stream_id: 7 kind: IMAGE url: '" +
                                       data(s) + "' }"));
            withPlugin(s, {}, Scene::Requests::Ignored);
            s.waitUntil([&s] { return s.tabs().active()->crash() || s.b().asked("/data") > 0; });
            return s.shown().section(u' ', 0, 1) + QStringLiteral(", ") +
                   QStringLiteral("%1 asked").arg(s.b().asked("/data"));
        },
        "ended: PLUG-CONSTRUCTOR, 0 asked", "http://a/doc, 1 asked");
    add(
        "a plugin's process that is not locked down as promised is given no document", lockDown,
        [](Scene &s) {
            s.plugin({}, Person::Refuses, QStringLiteral("bare"));
            withPlugin(s, "# SECRET\n");
            return s.shown().section(u':', 0, 0) + QStringLiteral(", ") + s.whoGot("SECRET");
        },
        "ended, nobody", "http, plugin org.example.hostile of http://a");
}

} // namespace

void addPluginCases(Cases &cases)
{
    const Group plugins(cases, "plugins");
    addRefused(plugins);
    addGranted(plugins);
    const Group kinds(cases, "process kinds");
    addPageMessages(kinds);
    addUntimely(kinds);
}

} // namespace bulkhead
