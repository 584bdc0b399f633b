// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/plugins/plugin_manifest.h"

#include <QJsonObject>
#include <QUrl>

namespace bulkhead {

/// Permissions with their bounds, by name: what a manifest asks for, or what a person decided about.
using PermissionSet = QMap<QString, PluginPermission>;

namespace permission_set {

/// What of @p asked goes beyond @p known: permissions that are new, patterns that nothing covers, a larger quota.
PermissionSet beyond(const PermissionSet &asked, const PermissionSet &known);
/// Both together.
PermissionSet merged(PermissionSet one, const PermissionSet &other);

/// {"fetch": {"urls": [...]}, "storage": {"quota": N}, "clipboard": {}}
QJsonObject toJson(const PermissionSet &set);
/// Without what makes no sense.
PermissionSet fromJson(const QJsonObject &object);

} // namespace permission_set

/// What a plugin may do on one site: what was granted, as far as its manifest still asks for it.
class PluginRights
{
public:
    PluginRights(PermissionSet granted, PermissionSet manifest)
        : m_granted(std::move(granted)), m_manifest(std::move(manifest))
    {
    }

    bool has(const QString &permission) const
    {
        return m_granted.contains(permission) && m_manifest.contains(permission);
    }
    bool mayFetch(const QUrl &url) const;
    /// Bytes of storage.
    qint64 quota() const;

private:
    PermissionSet m_granted, m_manifest;
};

} // namespace bulkhead
