// SPDX-License-Identifier: BSD-3-Clause
// What remote control does with tabs.
#include "browser/desktop/remote/control_methods.h"
#include "browser/desktop/remote/input_script.h"
#include "browser/desktop/remote/tab_picture.h"
#include "browser/desktop/remote/tab_wait.h"
#include "browser/pages/shown/shown_address.h"
#include "browser/pages/tabs/tab_list.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace bulkhead {

/// Whoever reaches the profile's own socket is the person, who may open everything.
class PersonsScript
{
public:
    static Initiator initiator() { return Initiator::person(PersonsWord()); }
};

namespace {

constexpr double LongestWait = 24 * 3600; // seconds

QString tr(const char *source)
{
    return QCoreApplication::translate("ControlMethods", source);
}

QString nameOf(LoadState state)
{
    switch (state) {
    case LoadState::Idle:
        return QStringLiteral("idle");
    case LoadState::Waiting:
        return QStringLiteral("waiting");
    case LoadState::Loading:
        return QStringLiteral("loading");
    }
    return {};
}

QJsonObject describe(const TabList &tabs, int index)
{
    const Tab &tab = *tabs.at(index);
    const QPoint scroll = tab.scrollPosition();
    QJsonObject object{
        {QStringLiteral("id"), double(tab.id())},
        {QStringLiteral("index"), index},
        {QStringLiteral("active"), index == tabs.activeIndex()},
        {QStringLiteral("url"), editableAddress(tab.url())},
        {QStringLiteral("title"), tab.title().plain()},
        {QStringLiteral("state"), nameOf(tab.loadState())},
        {QStringLiteral("pid"), tab.rendererPid()},
        {QStringLiteral("site"), tab.siteKey()},
        {QStringLiteral("frames"), double(tab.frameCount())},
        {QStringLiteral("scroll"), QJsonObject{{QStringLiteral("x"), scroll.x()}, {QStringLiteral("y"), scroll.y()}}},
        {QStringLiteral("history"), tab.history().count()},
        {QStringLiteral("history_index"), tab.history().currentIndex()},
        {QStringLiteral("crash"), QJsonValue::Null},
        {QStringLiteral("hang"), QJsonValue::Null}};
    if (tab.crash())
        object[QStringLiteral("crash")] = QJsonObject{{QStringLiteral("code"), tab.crash()->code()},
                                                      {QStringLiteral("sentence"), tab.crash()->sentence()}};
    if (tab.hang())
        object[QStringLiteral("hang")] = QJsonObject{{QStringLiteral("cause"), tab.hang()->code()},
                                                     {QStringLiteral("sentence"), tab.hang()->sentence()}};
    return object;
}

/// Absolute URLs only: what a person typed is understood by the client, who knows their folder and disk.
std::optional<QUrl> urlFrom(const RpcCall &call, const QJsonValue &value)
{
    const QUrl url = QUrl::fromEncoded(value.toString().toUtf8(), QUrl::StrictMode);
    if (url.isValid() && !url.isRelative())
        return url;
    call.fail(rpc::InvalidParams, tr("\"%1\" is not an absolute URL.").arg(value.toString().left(200)));
    return {};
}

void open(const ControlledApp &app, const RpcCall &call)
{
    QJsonArray wanted = call.params()[QStringLiteral("urls")].toArray();
    if (wanted.isEmpty() && call.params().contains(QStringLiteral("url")))
        wanted.append(call.params()[QStringLiteral("url")]);
    if (wanted.isEmpty())
        wanted.append(QStringLiteral("about:start"));
    QList<QUrl> urls;
    for (const QJsonValue &value : std::as_const(wanted)) {
        const auto url = urlFrom(call, value);
        if (!url)
            return;
        urls << *url;
    }
    const bool background = call.params()[QStringLiteral("background")].toBool();
    QJsonArray ids;
    for (const QUrl &url : std::as_const(urls)) {
        const bool front = !background && ids.isEmpty();
        ids.append(double(
            app.tabs.open(url, PersonsScript::initiator(), front ? Activation::Foreground : Activation::Background)
                ->id()));
    }
    if (!background && app.raiseWindow)
        app.raiseWindow();
    call.finish(QJsonObject{{QStringLiteral("tabs"), ids}});
}

void picture(const ControlledApp &app, const RpcCall &call)
{
    const auto answer = [call](const QImage &image, const QString &whyNot) {
        if (image.isNull())
            return call.fail(rpc::Unavailable, whyNot);
        if (!call.connection())
            return;
        encodePng(image, call.connection(), [call, size = image.size()](const QString &png) {
            call.finish(QJsonObject{{QStringLiteral("png"), png},
                                    {QStringLiteral("width"), size.width()},
                                    {QStringLiteral("height"), size.height()}});
        });
    };
    if (call.params()[QStringLiteral("window")].toBool()) {
        answer(app.windowPicture ? app.windowPicture() : QImage(), tr("This app runs without a window."));
    } else if (Tab *tab = tabOf(call, app.tabs)) {
        new TabPicture(*tab, tab == app.tabs.active(), answer, call.connection());
    }
}

void wait(const ControlledApp &app, const RpcCall &call)
{
    Tab *tab = tabOf(call, app.tabs);
    if (!tab)
        return;
    const QString condition = call.params()[QStringLiteral("for")].toString(QStringLiteral("loaded"));
    const double seconds = call.params()[QStringLiteral("timeout")].toDouble(30);
    if (!TabWait::isCondition(condition))
        return call.fail(rpc::InvalidParams,
                         tr("\"for\" must be loaded, frame, crash, unresponsive, responsive or text:WORDS."));
    if (!(seconds >= 0 && seconds <= LongestWait))
        return call.fail(rpc::InvalidParams, tr("\"timeout\" must be a number of seconds."));
    new TabWait(*tab, call, condition, std::chrono::milliseconds(qint64(seconds * 1000)), &app.tabs);
}

} // namespace

void addTabMethods(ControlMethods &methods, const ControlledApp &app)
{
    const auto onTab = [&methods, app](const QString &name, auto command) {
        methods.add(name, [app, command](const RpcCall &call) {
            if (Tab *tab = tabOf(call, app.tabs)) {
                command(*tab, call);
                call.finish(QJsonObject{}); // unless it has been answered
            }
        });
    };
    methods.add(QStringLiteral("tabs"), [app](const RpcCall &call) {
        QJsonArray all;
        for (int i = 0; i < app.tabs.count(); ++i)
            all.append(describe(app.tabs, i));
        call.finish(QJsonObject{{QStringLiteral("tabs"), all}});
    });
    methods.add(QStringLiteral("open"), [app](const RpcCall &call) { open(app, call); });
    methods.add(QStringLiteral("screenshot"), [app](const RpcCall &call) { picture(app, call); });
    methods.add(QStringLiteral("wait"), [app](const RpcCall &call) { wait(app, call); });
    methods.add(QStringLiteral("text"), [app](const RpcCall &call) {
        Tab *tab = tabOf(call, app.tabs);
        if (!tab)
            return;
        if (tab->crash())
            return call.fail(rpc::Crashed, tab->crash()->sentence());
        tab->requestText([call](const QString &text) {
            if (text.isNull())
                call.fail(rpc::Unavailable, tr("The page did not give its text."));
            else
                call.finish(QJsonObject{{QStringLiteral("text"), text}});
        });
    });
    onTab(QStringLiteral("close"), [app](Tab &tab, const RpcCall &) { app.tabs.close(&tab); });
    onTab(QStringLiteral("activate"), [app](Tab &tab, const RpcCall &) {
        app.tabs.activate(app.tabs.indexOf(&tab));
        if (app.raiseWindow)
            app.raiseWindow();
    });
    onTab(QStringLiteral("navigate"), [](Tab &tab, const RpcCall &call) {
        if (const auto url = urlFrom(call, call.params()[QStringLiteral("url")]))
            tab.navigate(*url, PersonsScript::initiator());
    });
    onTab(QStringLiteral("reload"), [](Tab &tab, const RpcCall &call) {
        tab.reload(call.params()[QStringLiteral("bypass_cache")].toBool() ? ReloadMode::BypassCache
                                                                          : ReloadMode::Normal);
    });
    onTab(QStringLiteral("back"), [](Tab &tab, const RpcCall &) { tab.goBack(); });
    onTab(QStringLiteral("forward"), [](Tab &tab, const RpcCall &) { tab.goForward(); });
    onTab(QStringLiteral("stop"), [](Tab &tab, const RpcCall &) { tab.stop(); });
    onTab(QStringLiteral("scroll"), [](Tab &tab, const RpcCall &call) {
        constexpr int Far = 1 << 28;
        tab.scrollTo({std::clamp(call.params()[QStringLiteral("x")].toInt(), 0, Far),
                      std::clamp(call.params()[QStringLiteral("y")].toInt(), 0, Far)});
    });
    onTab(QStringLiteral("input"), [](Tab &tab, const RpcCall &call) {
        if (tab.crash())
            return call.fail(rpc::Crashed, tab.crash()->sentence());
        if (const Result<void> done = performInput(tab, call.params()); !done)
            call.fail(rpc::InvalidParams, QString::fromStdString(done.error().what));
    });
}

} // namespace bulkhead
