// SPDX-License-Identifier: BSD-3-Clause
#include "browser/plugins/plugins_html.h"

#include "browser/pages/remote_page.h"
#include "browser/pages/renderer_host.h"
#include "browser/plugins/plugin_fault_text.h"
#include "browser/plugins/plugin_hosts.h"
#include "browser/plugins/plugin_permissions.h"

#include <QCoreApplication>
#include <QFile>
#include <QUrl>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("PluginsPage", source);
}

QString row(const QString &key, const QString &html)
{
    return html.isEmpty() ? QString() : QStringLiteral("<tr><td class=\"key\">%1</td><td>%2</td></tr>\n").arg(key.toHtmlEscaped(), html);
}

QString typesOf(const PluginManifest &manifest)
{
    QStringList types;
    for (const HandledType &type : manifest.handles)
        types << (type.extensions.isEmpty() ? type.mimeType : QStringLiteral("%1 (.%2)").arg(type.mimeType, type.extensions.join(QStringLiteral(", ."))));
    return types.join(QStringLiteral(", ")).toHtmlEscaped();
}

QString processesOf(const PluginHosts &hosts, const QString &id)
{
    QStringList lines;
    for (const PluginConnection *connection : hosts.connections()) {
        if (connection->plugin()->id() == id)
            lines << tr("process %1, %n page(s)").arg(connection->host().pid()).replace(QLatin1String("%n"), QString::number(connection->host().pages().size()));
    }
    if (const int crashes = hosts.crashes().count(id); crashes > 0)
        lines << tr("%1 crashes in the last two minutes").arg(crashes);
    return lines.join(QStringLiteral("<br>"));
}

QString permissionsOf(const PluginManifest &manifest, const PluginPermissions &permissions)
{
    QStringList lines;
    const PluginQuestion question{manifest.id, manifest.name, {}, manifest.permissions};
    const QStringList asked = question.lines();
    for (const QString &line : asked)
        lines << line.toHtmlEscaped();
    for (const PluginPermissions::Entry &entry : permissions.entries()) {
        if (entry.plugin != manifest.id)
            continue;
        const QString what = entry.decision == PluginPermissions::Decision::Granted ? tr("Allowed on %1") : tr("Refused on %1");
        lines << QStringLiteral("%1 – <a href=\"about:plugins/revoke/%2/%3\">%4</a>")
                     .arg(what.arg(entry.site).toHtmlEscaped(), entry.plugin, QString::fromLatin1(QUrl::toPercentEncoding(entry.site)), tr("Ask again").toHtmlEscaped());
    }
    return lines.join(QStringLiteral("<br>"));
}

QString describe(const PluginHosts &hosts, const PluginFile &plugin, const PluginPermissions &permissions)
{
    const auto &manifest = plugin.manifest();
    QString html = QStringLiteral("<h2>%1</h2>\n<table class=\"list values\">\n").arg((manifest ? manifest->name : plugin.id()).toHtmlEscaped());
    html += row(tr("Id"), plugin.id().toHtmlEscaped());
    if (manifest) {
        html += row(tr("Version"), tr("%1 by %2, %3").arg(manifest->version, manifest->vendor, manifest->license).toHtmlEscaped());
        html += row(tr("About"), manifest->description.toHtmlEscaped());
        html += row(tr("Shows"), typesOf(*manifest));
        html += row(tr("Permissions"), permissionsOf(*manifest, permissions));
    }
    html += row(tr("Now"), processesOf(hosts, plugin.id()));
    if (plugin.fault())
        html += row(tr("Cannot be used"), pluginFaultText(*plugin.fault()).toHtmlEscaped());
    else if (hosts.failures().contains(plugin.id()))
        html += row(tr("Could not be used"), pluginFaultText(hosts.failures().value(plugin.id())).toHtmlEscaped());
    html += row(tr("Folder"), plugin.folder().toHtmlEscaped());
    return html + QStringLiteral("</table>\n");
}

} // namespace

std::optional<QByteArray> pluginsPage(const PluginHosts &hosts, PluginPermissions &permissions, const QString &rest)
{
    if (rest.startsWith(u"revoke/")) {
        const QString plugin = rest.section(u'/', 1, 1);
        permissions.revoke(plugin, QUrl::fromPercentEncoding(rest.section(u'/', 2).toLatin1()));
    } else if (!rest.isEmpty()) {
        return {};
    }
    QString html = QStringLiteral("<h1>%1</h1>\n<p class=\"lead\">%2</p>\n")
                       .arg(tr("Plugins").toHtmlEscaped(), tr("Viewers for more kinds of documents. Each runs in a locked-down process of its own.").toHtmlEscaped());
    for (const auto &plugin : hosts.registry().plugins())
        html += describe(hosts, *plugin, permissions);
    if (hosts.registry().plugins().empty())
        html += QStringLiteral("<p>%1</p>\n").arg(tr("There are none.").toHtmlEscaped());
    QFile frame(QStringLiteral(":/bulkhead/pages/plugins.html"));
    QByteArray page = frame.open(QIODevice::ReadOnly) ? frame.readAll() : QByteArray("<!DOCTYPE html><meta charset=\"utf-8\"><!--content-->");
    return page.replace("<!--content-->", html.toUtf8());
}

} // namespace bulkhead
