// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/wire_checks.h"

#include "ipc/channel/limits.h"

namespace bulkhead {

CheckedUrl checkUrl(const std::string &encoded, EmptyUrl empty)
{
    if (encoded.size() > limits::UrlBytes)
        return {BadMessage::UrlTooLong, {}};
    if (encoded.empty())
        return {empty == EmptyUrl::Allowed ? BadMessage::None : BadMessage::UrlInvalid, {}};
    const QUrl url = QUrl::fromEncoded(QByteArray::fromStdString(encoded), QUrl::StrictMode);
    if (!url.isValid() || url.isRelative())
        return {BadMessage::UrlInvalid, {}};
    return {BadMessage::None, url};
}

CheckedIcon checkIcon(const wire::IconChanged &message)
{
    const std::uint32_t width = message.size().width();
    const std::uint32_t height = message.size().height();
    if (width == 0 || height == 0 || width > limits::IconEdge || height > limits::IconEdge ||
        message.pixels().size() != std::size_t(width) * height * 4)
        return {BadMessage::IconInvalid, {}};
    const QImage view(reinterpret_cast<const uchar *>(message.pixels().data()), int(width), int(height), int(width) * 4,
                      QImage::Format_ARGB32_Premultiplied);
    return {BadMessage::None, view.copy()};
}

QString cleanTitle(const std::string &title)
{
    QString text = QString::fromStdString(title).left(512).simplified();
    text.removeIf([](QChar c) {
        // Direction overrides, too: a title must not be able to turn the rest of the tab bar around.
        return c.category() == QChar::Other_Control || (c.unicode() >= 0x202a && c.unicode() <= 0x202e) ||
               (c.unicode() >= 0x2066 && c.unicode() <= 0x2069);
    });
    return text;
}

} // namespace bulkhead
