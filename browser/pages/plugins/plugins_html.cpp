// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/plugins_html.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/plugins/plugin_fault_text.h"
#include "browser/pages/plugins/plugin_hosts.h"
#include "browser/pages/plugins/plugin_permissions.h"

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
    return html.isEmpty()
               ? QString()
               : QStringLiteral("<tr><td class=\"key\">%1</td><td>%2</td></tr>\n").arg(key.toHtmlEscaped(), html);
}

QString typesOf(const PluginManifest &manifest)
{
    QStringList types;
    for (const HandledType &type : manifest.handles)
        types << (type.extensions.isEmpty()
                      ? type.mimeType
                      : QStringLiteral("%1 (.%2)").arg(type.mimeType, type.extensions.join(QStringLiteral(", ."))));
    return types.join(QStringLiteral(", ")).toHtmlEscaped();
}

QString processesOf(const PluginHosts &hosts, const QString &id)
{
    QStringList lines;
    for (const PluginConnection *connection : hosts.connections()) {
        if (connection->plugin()->id() == id)
            lines << tr("process %1, %n page(s)")
                         .arg(connection->host().pid())
                         .replace(QLatin1String("%n"), QString::number(connection->host().pages().size()));
    }
    if (const int crashes = hosts.crashes().count(id); crashes > 0)
        lines << tr("%1 crashes in the last two minutes").arg(crashes);
    return lines.join(QStringLiteral("<br>"));
}

QString permissionsOf(const PluginManifest &manifest, const PluginPermissions &permissions, const QString &token)
{
    QStringList lines;
    const PluginQuestion question{manifest.id, manifest.name, {}, manifest.permissions};
    const QStringList asked = question.lines();
    for (const QString &line : asked)
        lines << line.toHtmlEscaped();
    for (const PluginPermissions::Entry &entry : permissions.entries()) {
        if (entry.plugin != manifest.id)
            continue;
        const QString what = entry.granted.isEmpty()   ? tr("Refused on %1")
                             : entry.refused.isEmpty() ? tr("Allowed on %1")
                                                       : tr("Allowed in part on %1");
        lines << QStringLiteral("%1 – <a href=\"about:plugins?%2\">%3</a>")
                     .arg(what.arg(entry.site).toHtmlEscaped(),
                          InternalActs::query(QStringLiteral("revoke:%1:%2").arg(entry.plugin, entry.site), token)
                              .toHtmlEscaped(),
                          tr("Ask again").toHtmlEscaped());
    }
    return lines.join(QStringLiteral("<br>"));
}

QString describe(const PluginHosts &hosts, const PluginFile &plugin, const PluginPermissions &permissions,
                 const QString &token)
{
    const auto &manifest = plugin.manifest();
    QString html = QStringLiteral("<h2>%1</h2>\n<table class=\"list values\">\n")
                       .arg((manifest ? manifest->name : plugin.id()).toHtmlEscaped());
    html += row(tr("Id"), plugin.id().toHtmlEscaped());
    if (manifest) {
        html += row(tr("Version"),
                    tr("%1 by %2, %3").arg(manifest->version, manifest->vendor, manifest->license).toHtmlEscaped());
        html += row(tr("About"), manifest->description.toHtmlEscaped());
        html += row(tr("Shows"), typesOf(*manifest));
        html += row(tr("Permissions"), permissionsOf(*manifest, permissions, token));
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

std::optional<QByteArray> pluginsPage(const PluginHosts &hosts, PluginPermissions &permissions, InternalActs &acts,
                                      const QString &rest, const QString &act)
{
    if (!rest.isEmpty())
        return {};
    if (act.startsWith(u"revoke:"))
        permissions.revoke(act.section(u':', 1, 1), act.section(u':', 2));
    const QString token = acts.issue(QStringLiteral("plugins"));
    QString html = QStringLiteral("<h1>%1</h1>\n<p class=\"lead\">%2</p>\n")
                       .arg(tr("Plugins").toHtmlEscaped(),
                            tr("Viewers for more kinds of documents. Each runs in a locked-down process of its own.")
                                .toHtmlEscaped());
    html += QStringLiteral("<p>%1</p>\n")
                .arg((hosts.model() == PluginProcessModel::PerSite
                          ? tr("Each plugin has a process of its own for every site (--plugin-process-model=per-site).")
                          : tr("Each plugin has one process for all sites, as you chose "
                               "(--plugin-process-model=per-type): what crashes or "
                               "spies in it does so on all of them."))
                         .toHtmlEscaped());
    html +=
        QStringLiteral("<p><a href=\"about:permissions\">%1</a></p>\n").arg(tr("What pages may do").toHtmlEscaped());
    for (const auto &plugin : hosts.registry().plugins())
        html += describe(hosts, *plugin, permissions, token);
    if (hosts.registry().plugins().empty())
        html += QStringLiteral("<p>%1</p>\n").arg(tr("There are none.").toHtmlEscaped());
    QFile frame(QStringLiteral(":/bulkhead/pages/plugins.html"));
    QByteArray page = frame.open(QIODevice::ReadOnly)
                          ? frame.readAll()
                          : QByteArray("<!DOCTYPE html><meta charset=\"utf-8\"><!--content-->");
    return page.replace("<!--content-->", html.toUtf8());
}

} // namespace bulkhead
