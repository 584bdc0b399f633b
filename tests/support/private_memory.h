// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QFile>
#include <QList>

#include <malloc.h>

namespace bulkhead::test {

/// Bytes of memory that only this process has; -1 when the kernel does not tell. What was freed counts until it is
/// given back, so it is.
inline qint64 privateMemory()
{
    ::malloc_trim(0);
    QFile file(QStringLiteral("/proc/self/smaps_rollup"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    qint64 sum = 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("Private_"))
            sum += line.simplified().split(' ').value(1).toLongLong() * 1024;
    }
    return sum;
}

} // namespace bulkhead::test
