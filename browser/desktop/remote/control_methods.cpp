// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/remote/control_methods.h"

#include "browser/pages/tabs/tab_list.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("ControlMethods", source);
}

} // namespace

void ControlMethods::add(const QString &name, Method method)
{
    m_methods.insert(name, std::move(method));
}

void ControlMethods::handle(const RpcCall &call) const
{
    const auto method = m_methods.find(call.method());
    if (method == m_methods.end()) {
        QStringList names = m_methods.keys();
        std::sort(names.begin(), names.end());
        return call.fail(
            rpc::MethodNotFound,
            tr("There is no method %1. There are: %2.").arg(call.method().left(100), names.join(QStringLiteral(", "))));
    }
    (*method)(call);
}

void addAppMethods(ControlMethods &methods, const ControlledApp &app)
{
    methods.add(QStringLiteral("protocol"), [app](const RpcCall &call) {
        call.finish(QJsonObject{
            {QStringLiteral("protocol"), ControlMethods::Protocol},
            {QStringLiteral("version"), QStringLiteral(BULKHEAD_VERSION)},
            {QStringLiteral("pid"), QCoreApplication::applicationPid()},
            {QStringLiteral("mode"), app.windowPicture ? QStringLiteral("window") : QStringLiteral("headless")}});
    });
    methods.add(QStringLiteral("quit"), [app](const RpcCall &call) {
        call.finish(QJsonObject{});
        // The answer leaves first.
        QTimer::singleShot(0, qApp, app.quit);
    });
}

Tab *tabOf(const RpcCall &call, TabList &tabs)
{
    const QJsonValue id = call.params()[QStringLiteral("tab")];
    if (id.isUndefined()) {
        if (!tabs.active())
            call.fail(rpc::NoSuchTab, tr("There is no tab."));
        return tabs.active();
    }
    const double number = id.toDouble(-1);
    Tab *tab = number >= 0 && number <= double(UINT32_MAX) ? tabs.byId(quint32(number)) : nullptr;
    if (!tab)
        call.fail(rpc::NoSuchTab,
                  id.isDouble() ? tr("There is no tab %1.").arg(number) : tr("\"tab\" must be a number."));
    return tab;
}

} // namespace bulkhead
