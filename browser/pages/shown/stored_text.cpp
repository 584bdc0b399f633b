// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/shown/stored_text.h"

namespace bulkhead::stored {

std::optional<QString> url(const QUrl &url)
{
    const QString text = url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
    return text.isEmpty() || text.size() > UrlBytes ? std::nullopt : std::optional(text);
}

std::optional<QUrl> readUrl(const QString &text)
{
    if (text.size() > UrlBytes)
        return std::nullopt;
    QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.isRelative())
        return std::nullopt;
    url.setUserInfo({});
    return url;
}

QString title(const QString &title)
{
    QByteArray utf8 = title.left(TitleBytes).toUtf8();
    if (utf8.size() <= TitleBytes)
        return QString::fromUtf8(utf8);
    qsizetype end = TitleBytes;
    while (end > 0 && (uchar(utf8[end]) & 0xc0) == 0x80)
        --end;
    return QString::fromUtf8(utf8.left(end));
}

} // namespace bulkhead::stored
