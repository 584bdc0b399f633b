// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/model/process_info.h"

#include <QObject>

#include <vector>

namespace bulkhead {

/// One kind of processes, as whoever runs them knows them. ProcessList asks its sources whenever something shows
/// processes, and never otherwise. Main thread.
class ProcessSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Adds what is there now: identity, state and totals; not what ProcessList finds out itself.
    virtual void describe(std::vector<ProcessInfo> &to) const = 0;
    /// Whether anybody looks: figures that cost something are kept only then.
    virtual void setObserved(bool observed) { Q_UNUSED(observed) }

    /// Sends @p signal to the process @p key as anybody could from a terminal. False when it is not ours or gone.
    virtual bool sendSignal(quint64 key, int signal) = 0;
    /// Ends it as the app ends processes at the person's wish. False when it is not ours, gone, or may not be ended.
    virtual bool end(quint64 key) = 0;

Q_SIGNALS:
    /// Processes came or went, or what they hold or how they are changed.
    void changed();
    /// A process is gone. @p info is as it was just before, with ended set.
    void ended(const bulkhead::ProcessInfo &info);
};

} // namespace bulkhead
