// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/resources/inline_data.h"

#include <QList>

namespace bulkhead {

std::optional<InlineData> decodeInlineData(QByteArrayView url)
{
    const qsizetype comma = url.indexOf(',');
    if (comma < 5 || qstrnicmp(url.data(), 5, "data:", 5) != 0)
        return {};
    const QList<QByteArray> parameters = url.sliced(5, comma - 5).toByteArray().split(';');
    InlineData out;
    out.mimeType = QString::fromLatin1(parameters.first().trimmed().toLower());
    bool base64 = false;
    for (const QByteArray &parameter : parameters.sliced(1)) {
        const QByteArray text = parameter.trimmed().toLower();
        base64 = base64 || text == "base64";
        if (text.startsWith("charset="))
            out.charset = QString::fromLatin1(text.mid(8));
    }
    const QByteArray body = url.sliced(comma + 1).toByteArray();
    out.data = body.contains('%') ? QByteArray::fromPercentEncoding(body) : body;
    if (base64)
        out.data = QByteArray::fromBase64(out.data, QByteArray::Base64Encoding);
    return out;
}

} // namespace bulkhead
