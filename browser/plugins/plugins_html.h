// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace bulkhead {

class PluginHosts;
class PluginPermissions;

/// about:plugins as HTML in UTF-8: plugins, their processes, what they may do, why they cannot be used. @p rest is what follows
/// the page's name: "revoke/PLUGIN/SITE" takes back what was granted, and shows the page. Nothing when there is no such page.
std::optional<QByteArray> pluginsPage(const PluginHosts &hosts, PluginPermissions &permissions, const QString &rest);

} // namespace bulkhead
