// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/page_client.h"

#include <QList>
#include <QUrl>

#include <optional>

namespace bulkhead {

/// Tells the client a document's icon: the first of the candidates that arrives and can be decoded, at most 32 by 32.
class IconLoader
{
public:
    explicit IconLoader(PageClient &client) : m_client(client) {}
    ~IconLoader();

    void start(QList<QUrl> candidates);

private:
    void tryNext();

    PageClient &m_client;
    QList<QUrl> m_candidates;
    std::optional<FetchId> m_pending;
};

/// Null when the data is no image, or one too large for an icon.
QImage decodeIcon(const QByteArray &data, const QString &mimeType);

} // namespace bulkhead
