// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/data_url.h"

namespace bulkhead {

std::optional<DataUrl> DataUrl::parse(const QUrl &url)
{
    const QByteArray encoded = url.toEncoded(QUrl::RemoveFragment);
    const qsizetype comma = encoded.indexOf(',');
    if (url.scheme() != QLatin1String("data") || comma < 0 || encoded.size() > MaxLength)
        return std::nullopt;
    constexpr qsizetype SchemeLength = 5;
    QByteArray type = QByteArray::fromPercentEncoding(encoded.mid(SchemeLength, comma - SchemeLength)).trimmed();
    QByteArray body = QByteArray::fromPercentEncoding(encoded.mid(comma + 1));

    const qsizetype lastParameter = type.lastIndexOf(';');
    if (lastParameter >= 0 && type.mid(lastParameter + 1).trimmed().toLower() == "base64") {
        type.truncate(lastParameter);
        body.replace(' ', QByteArray()).replace('\n', QByteArray()).replace('\r', QByteArray());
        const auto decoded = QByteArray::fromBase64Encoding(body, QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return std::nullopt;
        body = *decoded;
    }
    if (type.startsWith(';'))
        type.prepend("text/plain");
    DataUrl data{ContentType::parse(type), body};
    if (data.type.mimeType.isEmpty())
        data.type = {QStringLiteral("text/plain"), QStringLiteral("US-ASCII")};
    return data;
}

} // namespace bulkhead
