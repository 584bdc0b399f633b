// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/inflate.h"

#include <zlib.h>

namespace bulkhead::engine {

QByteArray inflateZlib(const QByteArray &data, qsizetype size)
{
    if (size <= 0)
        return {};
    QByteArray out(size, Qt::Uninitialized);
    uLongf written = uLongf(size); // zlib writes no more than that
    const int result = ::uncompress(reinterpret_cast<Bytef *>(out.data()), &written,
                                    reinterpret_cast<const Bytef *>(data.constData()), uLong(data.size()));
    return result == Z_OK && written == uLongf(size) ? out : QByteArray();
}

} // namespace bulkhead::engine
