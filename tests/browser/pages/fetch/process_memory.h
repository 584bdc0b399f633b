// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QFile>

namespace bulkhead::test {

/// Bytes of this process that are in memory now.
inline qint64 residentMemory()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    constexpr qint64 PageSize = 4096;
    return file.readAll().split(' ').value(1).toLongLong() * PageSize;
}

/// Whether memory has grown by at most @p limit since @p before. Address sanitizer keeps up to 256 MiB of what was
/// freed.
inline bool grewAtMost(qint64 limit, qint64 before)
{
#ifdef __SANITIZE_ADDRESS__
    limit += qint64(300) << 20;
#endif
    return residentMemory() - before <= limit;
}

} // namespace bulkhead::test
