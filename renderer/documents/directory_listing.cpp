// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/directory_listing.h"

#include "ipc/text/amounts.h"
#include "renderer/documents/document_style.h"
#include "renderer/page/page.h"

#include <QCollator>
#include <QCoreApplication>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <vector>

namespace bulkhead {

namespace {

constexpr char folderIcon[] = "<div class=\"folder\"><div class=\"tab\"></div></div>";
constexpr char fileIcon[] = "<div class=\"file\"></div>";

struct Entry
{
    QString name;
    bool folder = false;
    qint64 size = -1;
    QDateTime modified;
};

QString tr(const char *text)
{
    return QCoreApplication::translate("DirectoryListing", text);
}

std::vector<Entry> entriesOf(const QJsonArray &array)
{
    std::vector<Entry> entries;
    entries.reserve(size_t(array.size()));
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        Entry entry;
        entry.name = object.value(u"name").toString();
        entry.folder = object.value(u"dir").toBool();
        entry.size = object.value(u"size").toInteger(-1);
        entry.modified = QDateTime::fromString(object.value(u"modified").toString(), Qt::ISODate);
        if (!entry.name.isEmpty()) {
            entries.push_back(std::move(entry));
        }
    }
    // The C locale knows no natural order.
    QCollator collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale());
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(entries.begin(), entries.end(), [&](const Entry &a, const Entry &b) {
        if (a.folder != b.folder) {
            return a.folder;
        }
        const int order = collator.compare(a.name, b.name);
        return order != 0 ? order < 0 : a.name < b.name;
    });
    return entries;
}

QByteArray row(const Entry &entry)
{
    const QByteArray href = QUrl::toPercentEncoding(entry.name) + (entry.folder ? "/" : "");
    const QString size = entry.folder || entry.size < 0 ? QString() : bytesText(double(entry.size));
    const QString date = entry.modified.isValid()
                             ? entry.modified.toLocalTime().toString(QStringLiteral("yyyy-MM-dd\u00a0HH:mm"))
                             : QString();
    return "<tr><td class=\"icon\">" + QByteArray(entry.folder ? folderIcon : fileIcon) + "</td><td><a href=\"" + href +
           "\">" + entry.name.toHtmlEscaped().toUtf8() + (entry.folder ? "/" : "") + "</a></td><td class=\"size\">" +
           size.toHtmlEscaped().toUtf8() + "</td><td class=\"date\">" + date.toUtf8() + "</td></tr>\n";
}

QByteArray paragraph(const QString &text)
{
    return "<p class=\"empty\">" + text.toHtmlEscaped().toUtf8() + "</p>\n";
}

QByteArray baseElement(QUrl url)
{
    if (!url.path().endsWith(u'/')) {
        url.setPath(url.path() + u'/');
    }
    return "<base href=\"" + url.toEncoded(QUrl::RemoveQuery | QUrl::RemoveFragment).replace('"', "%22") + "\">";
}

} // namespace

QByteArray directoryListingToHtml(QByteArrayView json, const DocumentHead &head)
{
    const QJsonDocument document = QJsonDocument::fromJson(json.toByteArray());
    if (!document.isObject()) {
        return generatedDocument(tr("Folder"), "listing", paragraph(tr("This folder's listing cannot be read.")),
                                 colorSchemeOf(head));
    }
    const QJsonObject listing = document.object();
    const QString path = listing.value(u"path").toString();
    const std::vector<Entry> entries = entriesOf(listing.value(u"entries").toArray());

    QByteArray body = baseElement(head.url) + "<h1>" + path.toHtmlEscaped().toUtf8() +
                      "</h1>\n<table><tr><th></th><th>" + tr("Name").toUtf8() + "</th><th class=\"size\">" +
                      tr("Size").toUtf8() + "</th><th class=\"date\">" + tr("Changed").toUtf8() + "</th></tr>\n";
    if (listing.value(u"parent").toBool()) {
        body += "<tr><td class=\"icon\">" + QByteArray(folderIcon) + "</td><td><a href=\"../\">" +
                tr("Parent folder").toUtf8() + "</a></td><td></td><td></td></tr>\n";
    }
    const size_t shown = std::min(entries.size(), size_t(maximumListedEntries));
    for (size_t i = 0; i < shown; ++i) {
        body += row(entries[i]);
    }
    body += "</table>\n";
    if (entries.empty()) {
        body += paragraph(tr("This folder is empty."));
    } else if (shown < entries.size()) {
        body += paragraph(tr("%L1 more entries are not listed.").arg(qulonglong(entries.size() - shown)));
    }
    return generatedDocument(path, "listing", body, colorSchemeOf(head));
}

} // namespace bulkhead
