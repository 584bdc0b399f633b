// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/metrics/message_methods.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"

#include <QJsonArray>
#include <QPointer>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr qint64 MaxUnread = 4 << 20;

QJsonObject describe(const PageProcess &host, const LoggedMessage &message)
{
    QJsonObject object = message.toJson();
    object.insert(QStringLiteral("pid"), host.pid());
    object.insert(QStringLiteral("process"), double(host.id()));
    return object;
}

void follow(PageProcess *host, RpcConnection *client)
{
    auto skipped = std::make_shared<int>(0);
    QObject::connect(&host->messages(), &MessageLog::logged, client,
                     [host, client, skipped](const LoggedMessage &message) {
                         if (client->unread() > MaxUnread) {
                             ++*skipped;
                             return;
                         }
                         QJsonObject object = describe(*host, message);
                         if (const int missed = std::exchange(*skipped, 0))
                             object.insert(QStringLiteral("skipped"), missed);
                         client->notify(QStringLiteral("message"), object);
                     });
}

} // namespace

void addMessageMethods(ControlMethods &methods, PageProcessPool &renderers)
{
    methods.add(QStringLiteral("messages"), [&renderers](const RpcCall &call) {
        QList<QJsonObject> all;
        for (PageProcess *host : renderers.hosts()) {
            for (const LoggedMessage &message : host->messages().recent())
                all << describe(*host, message);
        }
        std::stable_sort(all.begin(), all.end(), [](const QJsonObject &a, const QJsonObject &b) {
            return a[QStringLiteral("time")].toDouble() < b[QStringLiteral("time")].toDouble();
        });
        QJsonArray array;
        for (const QJsonObject &object : std::as_const(all))
            array.append(object);
        call.finish(QJsonObject{{QStringLiteral("messages"), array}});
    });
    methods.add(QStringLiteral("messages.follow"), [&renderers](const RpcCall &call) {
        RpcConnection *client = call.connection();
        if (!client)
            return;
        for (PageProcess *host : renderers.hosts())
            follow(host, client);
        QObject::connect(&renderers, &PageProcessPool::hostAdded, client,
                         [client](PageProcess *host) { follow(host, client); });
        call.finish(QJsonObject{});
    });
}

} // namespace bulkhead
