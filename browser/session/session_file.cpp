// SPDX-License-Identifier: BSD-3-Clause
#include "browser/session/session_file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr int Format = 1;
constexpr qsizetype MaxTabs = 1000;
constexpr qsizetype MaxText = 4096;
constexpr int Far = 1 << 28;

QJsonObject toJson(const Session::SavedTab &tab)
{
    QJsonArray entries;
    for (int i = 0; i < tab.history.count(); ++i) {
        const NavigationEntry &entry = tab.history.at(i);
        entries.append(QJsonObject{{QStringLiteral("url"), entry.url.toString(QUrl::FullyEncoded)},
                                   {QStringLiteral("title"), entry.title},
                                   {QStringLiteral("x"), entry.scroll.x()},
                                   {QStringLiteral("y"), entry.scroll.y()}});
    }
    return {{QStringLiteral("entries"), entries}, {QStringLiteral("current"), tab.history.currentIndex()}};
}

Session::SavedTab tabFrom(const QJsonObject &object)
{
    Session::SavedTab tab;
    for (const QJsonValue &value : object[QStringLiteral("entries")].toArray()) {
        const QUrl url(value[QStringLiteral("url")].toString(), QUrl::StrictMode);
        if (!url.isValid() || url.isRelative())
            continue;
        tab.history.push({url, value[QStringLiteral("title")].toString().left(MaxText),
                          QPoint(std::clamp(value[QStringLiteral("x")].toInt(), 0, Far),
                                 std::clamp(value[QStringLiteral("y")].toInt(), 0, Far))});
    }
    const int current = object[QStringLiteral("current")].toInt(-1);
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

Session Session::fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    Session session;
    if (object[QStringLiteral("format")].toInt() != Format)
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
