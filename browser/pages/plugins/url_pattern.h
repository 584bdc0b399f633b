// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QUrl>

namespace bulkhead {

/// Whether @p url is one of what "permissions.fetch.urls" names: "*" stands for anything, at the beginning of a host
/// for its sub-domains.
bool matchesPattern(const QUrl &url, const QString &pattern);
/// Whether every address of @p narrow is one of @p wide, too. In doubt not.
bool coversPattern(const QString &wide, const QString &narrow);

} // namespace bulkhead
