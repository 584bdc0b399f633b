// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace bulkhead {

/// Reads what a child writes to its standard output and error, line by line, into the log. A child may write anything
/// and as much as it likes: lines are cut, and beyond a rate they are counted instead of logged. Main thread.
class LogPipe : public QObject
{
    Q_OBJECT
public:
    LogPipe(UniqueFd readEnd, QString role, QObject *parent = nullptr);

    /// Known once the child was started; lines before that wait in the pipe.
    void start(qint64 pid);
    /// Logs what is still in the pipe, for a child that has ended.
    void drain();

private:
    void read(qsizetype budget);
    void writeLine(QByteArrayView line);

    UniqueFd m_readEnd;
    QString m_role;
    qint64 m_pid = 0;
    QByteArray m_partial;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QElapsedTimer m_window;
    int m_linesInWindow = 0;
    int m_suppressed = 0;
};

} // namespace bulkhead
