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

} // namespace bulkhead::test
