// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/internal_acts.h"

#include <QByteArray>

#include <optional>

namespace bulkhead {

class ProfileFetcher;

/// about:permissions as HTML in UTF-8: what the person allowed sites beyond what is theirs, each with a link that takes
/// it back. The acts are "network:SITE" and "folder:DOCUMENTS:FOLDER", each part percent-encoded. Nothing when there is
/// no such page.
std::optional<QByteArray> permissionsPage(ProfileFetcher &fetcher, InternalActs &acts, const QString &rest,
                                          const QString &act);

} // namespace bulkhead
