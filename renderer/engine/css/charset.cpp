// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/charset.h"

namespace bulkhead::engine::css {

QString declaredCharset(QByteArrayView bytes)
{
    constexpr QByteArrayView prefix = "@charset \"";
    const QByteArrayView start = bytes.first(qMin<qsizetype>(bytes.size(), 1024));
    if (!start.startsWith(prefix))
        return {};
    const qsizetype end = start.indexOf('"', prefix.size());
    if (end < 0 || !start.sliced(end).startsWith("\";"))
        return {};
    const QString name = QString::fromLatin1(start.sliced(prefix.size(), end - prefix.size()));
    // It could be read, so it is not that.
    return name.startsWith(QLatin1String("utf-16"), Qt::CaseInsensitive) ? QStringLiteral("utf-8") : name;
}

} // namespace bulkhead::engine::css
