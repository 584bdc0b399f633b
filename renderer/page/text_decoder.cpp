// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/page/text_decoder.h"

#include <QStringDecoder>

namespace bulkhead {

QString decodeText(QByteArrayView bytes, const QString &, MetaCharset)
{
    return QString::fromUtf8(bytes);
}

}  // namespace bulkhead
