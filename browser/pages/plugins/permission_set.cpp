// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/permission_set.h"

#include "browser/pages/plugins/url_pattern.h"

#include <QJsonArray>

#include <algorithm>

namespace bulkhead {

namespace permission_set {

PermissionSet beyond(const PermissionSet &asked, const PermissionSet &known)
{
    PermissionSet more;
    for (auto it = asked.begin(); it != asked.end(); ++it) {
        if (!known.contains(it.key())) {
            more.insert(it.key(), it.value());
            continue;
        }
        const PluginPermission before = known.value(it.key());
        PluginPermission now = it.value();
        const auto isCovered = [&before](const QString &pattern) {
            return std::any_of(before.urls.begin(), before.urls.end(),
                               [&pattern](const QString &wide) { return coversPattern(wide, pattern); });
        };
        now.urls.erase(std::remove_if(now.urls.begin(), now.urls.end(), isCovered), now.urls.end());
        if (!now.urls.isEmpty() || now.quota > before.quota)
            more.insert(it.key(), now);
    }
    return more;
}

PermissionSet merged(PermissionSet one, const PermissionSet &other)
{
    for (auto it = other.begin(); it != other.end(); ++it) {
        PluginPermission &both = one[it.key()];
        both.urls += it->urls;
        both.urls.removeDuplicates();
        both.quota = std::max(both.quota, it->quota);
    }
    return one;
}

QJsonObject toJson(const PermissionSet &set)
{
    QJsonObject object;
    for (auto it = set.begin(); it != set.end(); ++it) {
        QJsonObject bounds;
        if (!it->urls.isEmpty())
            bounds[QStringLiteral("urls")] = QJsonArray::fromStringList(it->urls);
        if (it->quota > 0)
            bounds[QStringLiteral("quota")] = it->quota;
        object[it.key()] = bounds;
    }
    return object;
}

PermissionSet fromJson(const QJsonObject &object)
{
    PermissionSet set;
    for (const QString &name : PluginManifest::permissionNames()) {
        if (!object.value(name).isObject())
            continue;
        const QJsonObject bounds = object.value(name).toObject();
        PluginPermission permission;
        for (const QJsonValue &url : bounds.value(QStringLiteral("urls")).toArray()) {
            if (url.isString())
                permission.urls << url.toString();
        }
        permission.quota = std::max<qint64>(0, bounds.value(QStringLiteral("quota")).toInteger());
        set.insert(name, permission);
    }
    return set;
}

} // namespace permission_set

bool PluginRights::mayFetch(const QUrl &url) const
{
    const auto allows = [&url](const PermissionSet &set) {
        const QStringList urls = set.value(QStringLiteral("fetch")).urls;
        return std::any_of(urls.begin(), urls.end(),
                           [&url](const QString &pattern) { return matchesPattern(url, pattern); });
    };
    return allows(m_granted) && allows(m_manifest);
}

qint64 PluginRights::quota() const
{
    const QString name = QStringLiteral("storage");
    return has(name) ? std::min(m_granted.value(name).quota, m_manifest.value(name).quota) : 0;
}

} // namespace bulkhead
