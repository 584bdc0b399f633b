// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/content_type.h"

#include <QUrl>

#include <optional>

namespace bulkhead {

/// What a data: URL carries (RFC 2397).
struct DataUrl
{
    static constexpr qsizetype MaxLength = 32 * 1024 * 1024; ///< of the URL; longer ones are not read

    ContentType type; ///< text/plain, US-ASCII where the URL says nothing
    QByteArray body;

    /// Nothing when @p url is no data: URL, has no comma, is too long or is not the base64 that it claims to be.
    static std::optional<DataUrl> parse(const QUrl &url);
};

} // namespace bulkhead
