// SPDX-License-Identifier: BSD-3-Clause
// What remote control sees of processes and does to them.
#include "browser/desktop/remote/control_methods.h"
#include "browser/host/processes/signal_names.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/tabs/tab_list.h"
#include "browser/tools/model/tab_tasks.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("ControlMethods", source);
}

QString stateOf(const PageProcess &host)
{
    if (host.isGone())
        return QStringLiteral("gone");
    if (host.hang())
        return QStringLiteral("unresponsive");
    return host.isReady() ? QStringLiteral("ready") : QStringLiteral("starting");
}

QJsonObject describe(const PageProcess &host, const TabList &tabs)
{
    QJsonArray sites;
    for (const Site &site : host.sites())
        sites.append(site.key());
    QJsonArray ids;
    for (int i = 0; i < tabs.count(); ++i) {
        if (!tab_tasks::in(*tabs.at(i), host).isEmpty()) // the tab itself, or a plugin's box in it
            ids.append(double(tabs.at(i)->id()));
    }
    const ChannelCounters counters = host.isUsable() ? host.channel().base().counters() : ChannelCounters();
    return {{QStringLiteral("type"), host.plugin() ? QStringLiteral("plugin") : QStringLiteral("renderer")},
            {QStringLiteral("id"), double(host.id())},
            {QStringLiteral("pid"), host.pid()},
            {QStringLiteral("state"), stateOf(host)},
            {QStringLiteral("sites"), sites},
            {QStringLiteral("tabs"), ids},
            {QStringLiteral("messages_sent"), double(counters.messagesSent)},
            {QStringLiteral("messages_received"), double(counters.messagesReceived)},
            {QStringLiteral("queued_bytes"), double(counters.queuedBytes)}};
}

PageProcess *hostOf(const RpcCall &call, const PageProcessPool &renderers)
{
    const double pid = call.params()[QStringLiteral("pid")].toDouble(-1);
    const double id = call.params()[QStringLiteral("id")].toDouble(-1);
    for (PageProcess *host : renderers.hosts()) {
        if ((pid > 0 && double(host->pid()) == pid) || (id > 0 && double(host->id()) == id))
            return host;
    }
    call.fail(rpc::NoSuchProcess, tr("There is no such page process; `processes` lists them."));
    return nullptr;
}

void kill(const ControlledApp &app, const RpcCall &call)
{
    const QJsonValue wanted = call.params()[QStringLiteral("signal")];
    const int number = wanted.isDouble()   ? wanted.toInt()
                       : wanted.isString() ? signal_names::number(wanted.toString())
                                           : 0;
    if (!wanted.isUndefined() && !wanted.isNull() && (number < 1 || number > 64))
        return call.fail(rpc::InvalidParams, tr("\"signal\" must be a signal's name or number, such as KILL or 9."));
    PageProcess *host = hostOf(call, app.renderers);
    if (!host)
        return;
    // Without a signal it is the app's own "end process"; with one it is as if somebody had sent it from a terminal.
    if (number == 0)
        host->hang() ? host->endUnresponsive() : host->endByUser();
    else if (!host->sendSignal(number))
        return call.fail(rpc::NoSuchProcess, tr("The process has not started yet or is gone."));
    call.finish(QJsonObject{{QStringLiteral("pid"), host->pid()}});
}

} // namespace

void addProcessMethods(ControlMethods &methods, const ControlledApp &app)
{
    methods.add(QStringLiteral("processes"), [app](const RpcCall &call) {
        QJsonArray all{QJsonObject{{QStringLiteral("type"), QStringLiteral("browser")},
                                   {QStringLiteral("pid"), QCoreApplication::applicationPid()},
                                   {QStringLiteral("state"), QStringLiteral("ready")}}};
        if (const qint64 zygote = app.zygotePid ? app.zygotePid() : 0)
            all.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("zygote")},
                                   {QStringLiteral("pid"), zygote},
                                   {QStringLiteral("state"), QStringLiteral("ready")}});
        for (const PageProcess *host : app.renderers.hosts())
            all.append(describe(*host, app.tabs));
        call.finish(QJsonObject{{QStringLiteral("processes"), all}});
    });
    methods.add(QStringLiteral("capture"), [app](const RpcCall &call) {
        PageProcess *host = hostOf(call, app.renderers);
        if (!host)
            return;
        if (!host->captureStack())
            return call.fail(rpc::Unavailable,
                             tr("The process cannot tell its stack now: it was stopped, or is starting."));
        call.finish(QJsonObject{{QStringLiteral("pid"), host->pid()}});
    });
    methods.add(QStringLiteral("kill"), [app](const RpcCall &call) { kill(app, call); });
}

} // namespace bulkhead
