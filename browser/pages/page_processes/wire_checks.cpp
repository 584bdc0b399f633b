// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/wire_checks.h"

#include "browser/pages/shown/outside_text.h"
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

std::string wireUrl(const QUrl &url)
{
    const QByteArray encoded = url.toEncoded();
    return std::size_t(encoded.size()) <= limits::UrlBytes ? encoded.toStdString() : url.scheme().toStdString() + ":,";
}

QString cleanTitle(const std::string &title)
{
    return OutsideText(QString::fromStdString(title)).plain().simplified();
}

} // namespace bulkhead
