// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch_error.h"

#include <QNetworkReply>

namespace bulkhead {

/// What Qt's @p error means for a person who wanted @p url. @p detail is Qt's own text.
FetchError networkError(QNetworkReply::NetworkError error, const QUrl &url, const QString &detail);

/// Whether the server answered, with a status that Qt counts as an error: a page like any other.
bool isHttpStatus(QNetworkReply::NetworkError error);

} // namespace bulkhead
