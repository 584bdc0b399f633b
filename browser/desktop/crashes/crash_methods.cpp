// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/crashes/crash_methods.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace bulkhead {

void addCrashMethods(ControlMethods &methods, const CrashStore &store)
{
    methods.add(QStringLiteral("crashes"), [&store](const RpcCall &call) {
        QJsonArray all;
        for (const CrashReport &report : store.reports()) {
            QJsonObject object = report.toJson();
            for (const char *large : {"frames", "messages", "registers"})
                object.remove(QLatin1String(large));
            object.insert(QStringLiteral("url"), report.urls.join(u' '));
            all.append(object);
        }
        call.finish(QJsonObject{{QStringLiteral("crashes"), all}});
    });
    methods.add(QStringLiteral("crash"), [&store](const RpcCall &call) {
        const CrashReport *report = store.find(call.params()[QStringLiteral("id")].toString());
        if (!report)
            return call.fail(rpc::Unavailable, QCoreApplication::translate(
                                                   "ControlMethods", "There is no such report; `crashes` lists them."));
        call.finish(
            QJsonObject{{QStringLiteral("report"), report->toJson()}, {QStringLiteral("text"), report->text()}});
    });
}

} // namespace bulkhead
