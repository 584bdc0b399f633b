// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/process_state.h"

#include <QFile>

#include <unistd.h>

namespace bulkhead {

std::optional<ProcessState> ProcessState::of(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!stat.open(QIODevice::ReadOnly) || !status.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = stat.readAll();
    // The name in parentheses may hold anything; fields are counted from behind it. See proc(5): utime is 14, stime 15.
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    if (fields.size() < 13 || fields[0].isEmpty())
        return {};
    static const long TicksPerSecond = ::sysconf(_SC_CLK_TCK);
    ProcessState result;
    result.state = fields[0][0];
    result.processorTime =
        std::chrono::milliseconds((fields[11].toLongLong() + fields[12].toLongLong()) * 1000 / TicksPerSecond);
    const QByteArray text = status.readAll();
    const qsizetype tracer = text.indexOf("TracerPid:");
    result.isTraced = tracer >= 0 && text.mid(tracer + 10, 20).split('\n').first().trimmed().toLongLong() != 0;
    return result;
}

} // namespace bulkhead
