// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/internal_acts.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace bulkhead {

class PluginHosts;
class PluginPermissions;

/// about:plugins as HTML in UTF-8: plugins, their processes, what they may do, why they cannot be used. @p rest is what
/// follows the page's name. The act "revoke:PLUGIN:SITE" takes back what was granted. Nothing when there is no such
/// page.
std::optional<QByteArray> pluginsPage(const PluginHosts &hosts, PluginPermissions &permissions, InternalActs &acts,
                                      const QString &rest, const QString &act);

} // namespace bulkhead
