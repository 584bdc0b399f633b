// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/session/session_file.h"

#include "browser/pages/fetch/saved_initiator.h"
#include "browser/pages/shown/stored_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr int FormatWithoutInitiators = 1;
constexpr qsizetype MaxTabs = 1000;
constexpr int Far = 1 << 28;

QJsonObject toJson(const Session::SavedTab &tab)
{
    QJsonArray entries;
    int current = tab.history.currentIndex();
    for (int i = 0; i < tab.history.count(); ++i) {
        const NavigationEntry &entry = tab.history.at(i);
        const std::optional<QString> url = stored::url(entry.url);
        if (!url) {
            // Too long to be kept; when it is the one shown, the stop before it takes its place.
            if (i <= tab.history.currentIndex() && current > 0)
                --current;
            continue;
        }
        entries.append(QJsonObject{{QStringLiteral("url"), *url},
                                   {QStringLiteral("initiator"), SavedInitiator::toJson(entry.initiator)},
                                   {QStringLiteral("title"), stored::title(entry.title)},
                                   {QStringLiteral("x"), entry.scroll.x()},
                                   {QStringLiteral("y"), entry.scroll.y()}});
    }
    return {{QStringLiteral("entries"), entries}, {QStringLiteral("current"), current}};
}

/// Whose an entry is that says nothing of it, or nothing that can be read: of the page before it, where that came from
/// the network, since its link it may have been; else of itself. Never the person's.
Initiator cautiousInitiator(const QUrl &url, const NavigationEntry *before)
{
    const bool afterWebPage = before && before->url.scheme().startsWith(u"http");
    return Initiator::page(Site::forUrl(afterWebPage ? before->url : url));
}

Session::SavedTab tabFrom(const QJsonObject &object)
{
    Session::SavedTab tab;
    int pushed = 0;
    for (const QJsonValue &value : object[QStringLiteral("entries")].toArray()) {
        const std::optional<QUrl> url = stored::readUrl(value[QStringLiteral("url")].toString());
        if (!url)
            continue;
        const auto initiator = SavedInitiator::fromJson(value[QStringLiteral("initiator")].toObject());
        ++pushed;
        tab.history.push({*url, initiator ? *initiator : cautiousInitiator(*url, tab.history.current()),
                          stored::title(value[QStringLiteral("title")].toString()),
                          QPoint(std::clamp(value[QStringLiteral("x")].toInt(), 0, Far),
                                 std::clamp(value[QStringLiteral("y")].toInt(), 0, Far))});
    }
    // What is more than a history holds is its beginning.
    const int current = object[QStringLiteral("current")].toInt(-1) - (pushed - tab.history.count());
    if (current >= 0 && current < tab.history.count())
        tab.history.moveTo(current);
    return tab;
}

QJsonArray toJson(const QList<Session::SavedTab> &tabs)
{
    QJsonArray array;
    for (const Session::SavedTab &tab : tabs)
        array.append(toJson(tab));
    return array;
}

QList<Session::SavedTab> tabsFrom(const QJsonArray &array)
{
    QList<Session::SavedTab> tabs;
    for (const QJsonValue &value : array) {
        Session::SavedTab tab = tabFrom(value.toObject());
        if (!tab.history.isEmpty() && tabs.size() < MaxTabs)
            tabs << tab;
    }
    return tabs;
}

} // namespace

QByteArray Session::toJson() const
{
    const QJsonObject object{{QStringLiteral("format"), Format},
                             {QStringLiteral("orderly"), endedOrderly},
                             {QStringLiteral("active"), active},
                             {QStringLiteral("tabs"), bulkhead::toJson(tabs)},
                             {QStringLiteral("offered"), bulkhead::toJson(stillOffered)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Session Session::fromJson(const QJsonDocument &json)
{
    const QJsonObject object = json.object();
    Session session;
    const int format = object[QStringLiteral("format")].toInt();
    if (format != Format && format != FormatWithoutInitiators)
        return session;
    session.endedOrderly = object[QStringLiteral("orderly")].toBool();
    session.tabs = tabsFrom(object[QStringLiteral("tabs")].toArray());
    session.stillOffered = tabsFrom(object[QStringLiteral("offered")].toArray());
    session.active = std::clamp(object[QStringLiteral("active")].toInt(-1), -1, int(session.tabs.size()) - 1);
    return session;
}

QList<Session::SavedTab> Session::worthKeeping() const
{
    QList<SavedTab> kept;
    for (const SavedTab &tab : tabs) {
        const QUrl &url = tab.history.current()->url;
        if (tab.history.count() > 1 ||
            (url != QUrl(QStringLiteral("about:start")) && url != QUrl(QStringLiteral("about:blank"))))
            kept << tab;
    }
    return kept;
}

} // namespace bulkhead
