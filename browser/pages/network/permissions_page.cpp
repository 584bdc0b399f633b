// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/permissions_page.h"

#include "browser/pages/network/profile_fetcher.h"
#include "browser/pages/shown/shown_address.h"

#include <QCoreApplication>
#include <QFile>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("PermissionsPage", source);
}

QString encoded(const QString &part)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(part));
}

QString decoded(const QString &act, int part)
{
    return QUrl::fromPercentEncoding(act.section(u':', part, part).toLatin1());
}

void carryOut(ProfileFetcher &fetcher, const QString &act)
{
    if (act.startsWith(u"network:"))
        fetcher.revokePrivateNetwork(decoded(act, 1));
    else if (act.startsWith(u"folder:"))
        fetcher.revokeFolder(decoded(act, 1), decoded(act, 2));
}

QString row(const QString &who, const QString &what, const QString &act, const QString &token)
{
    return QStringLiteral(
               "<tr><td class=\"key\">%1</td><td>%2</td><td><a href=\"about:permissions?%3\">%4</a></td></tr>\n")
        .arg(who.toHtmlEscaped(), what.toHtmlEscaped(), InternalActs::query(act, token).toHtmlEscaped(),
             tr("Take back").toHtmlEscaped());
}

} // namespace

std::optional<QByteArray> permissionsPage(ProfileFetcher &fetcher, InternalActs &acts, const QString &rest,
                                          const QString &act)
{
    if (!rest.isEmpty())
        return {};
    carryOut(fetcher, act);
    const QString token = acts.issue(QStringLiteral("permissions"));
    QString rows;
    for (const QString &site : fetcher.privateNetworkSites())
        rows += row(shownSite(site), tr("may reach your own network, or programs on this computer, as you allowed it"),
                    QStringLiteral("network:") + encoded(site), token);
    const auto folders = fetcher.folderGrants().all();
    for (auto documents = folders.begin(); documents != folders.end(); ++documents) {
        for (const QString &folder : *documents)
            rows += row(tr("Documents in %1").arg(documents.key()), tr("may read everything in %1").arg(folder),
                        QStringLiteral("folder:%1:%2").arg(encoded(documents.key()), encoded(folder)), token);
    }
    const QString content =
        QStringLiteral("<h1>%1</h1><p class=\"lead\">%2</p>%3<p>%4</p>")
            .arg(
                tr("Permissions").toHtmlEscaped(), tr("What you allowed pages beyond what is theirs.").toHtmlEscaped(),
                rows.isEmpty()
                    ? QStringLiteral("<p>%1</p>").arg(tr("Nothing: no page has asked, or you said no.").toHtmlEscaped())
                    : QStringLiteral("<table class=\"list compact\">%1</table>").arg(rows),
                QStringLiteral("<a href=\"about:plugins\">%1</a>").arg(tr("What plugins may do").toHtmlEscaped()));
    QFile file(QStringLiteral(":/bulkhead/pages/experiments.html"));
    QByteArray frame = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArrayLiteral("<!--content-->");
    return frame.replace("<title>Experiments", "<title>Permissions").replace("<!--content-->", content.toUtf8());
}

} // namespace bulkhead
