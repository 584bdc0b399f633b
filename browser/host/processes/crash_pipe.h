// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/crash_record.h"
#include "ipc/core/unique_fd.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace bulkhead {

/// Reads what a child's crash handler writes. A child may write anything: what is no record is thrown away, and beyond
/// a number of records nothing is read any more. Main thread.
class CrashPipe : public QObject
{
    Q_OBJECT
public:
    static constexpr int MaxRecords = 100;

    explicit CrashPipe(UniqueFd readEnd, QObject *parent = nullptr);

    /// Reads what is left, for a child that has ended.
    void drain() { read(); }

Q_SIGNALS:
    /// A crashing child says it twice, the second time with its whole stack.
    void recorded(const bulkhead::CrashRecord &record);

private:
    void read();
    void close();

    UniqueFd m_readEnd;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QByteArray m_buffer;
    int m_records = 0;
};

} // namespace bulkhead
