// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace bulkhead {

struct InlineData
{
    QString mimeType;
    QString charset;
    QByteArray data;
};

/// Nothing when it is no data: URL. https://fetch.spec.whatwg.org/#data-url-processor
std::optional<InlineData> decodeInlineData(QByteArrayView url);

} // namespace bulkhead
