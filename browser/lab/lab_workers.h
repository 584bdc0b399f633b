// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/inspect/process_source.h"

#include <QHash>
#include <QSet>

namespace bulkhead {

class LabContext;

/// The lab's worker processes for the process map and the task manager, from the engine's census. Each shows the
/// mechanism that it works with as its site. Main thread.
class LabWorkers : public ProcessSource
{
    Q_OBJECT
public:
    /// @p context outlives the source.
    explicit LabWorkers(LabContext &context, QObject *parent = nullptr);
    ~LabWorkers() override;

    void describe(std::vector<ProcessInfo> &to) const override;
    bool sendSignal(quint64 key, int signal) override;
    /// The run that it belongs to stops and says so.
    bool end(quint64 key) override;

private:
    void censusChanged();
    bool isAtWork(qint64 pid) const;

    LabContext &m_context;
    QHash<qint64, quint64> m_keys; ///< by pid, of those at work
    quint64 m_lastKey = 0;
    QSet<qint64> m_endedHere; ///< by end(), and not gone yet
};

} // namespace bulkhead
