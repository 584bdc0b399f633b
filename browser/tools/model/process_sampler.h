// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/model/proc_sample.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QThread>

#include <memory>

namespace bulkhead {

using ProcSamples = QHash<qint64, ProcSample>; ///< by pid

/// Reads /proc for those who look at processes, in a thread of its own that exists from the first question on: the
/// memory figures of sixty processes would hold up the window for tens of milliseconds. Main thread.
class ProcessSampler : public QObject
{
    Q_OBJECT
public:
    explicit ProcessSampler(QObject *parent = nullptr);
    ~ProcessSampler() override;

    /// Asks about @p pids; sampled() follows. Nothing happens while an earlier question is open.
    void request(const QList<qint64> &pids);

Q_SIGNALS:
    /// Processes that are gone meanwhile are missing. PSS is renewed for as many processes as fit into a few
    /// milliseconds, in turn, and may be some rounds old for the others.
    void sampled(const bulkhead::ProcSamples &samples);

private:
    class Worker;

    QThread m_thread;
    Worker *m_worker = nullptr;
    bool m_busy = false;
};

} // namespace bulkhead
