// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

namespace bulkhead {

/// Whether a page's process can show a document of @p mimeType (lower case, without parameters). Everything else is
/// a download. The browser's own list: a renderer is not asked what it can do.
bool canDisplay(const QString &mimeType);

} // namespace bulkhead
