// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/kit/lab_results.h"
#include "browser/lab/kit/lab_task.h"
#include "ipc/lab/engine/worker_census.h"
#include "ipc/messages/lab.pb.h"

#include <QObject>
#include <QStringList>

#include <vector>

namespace bulkhead {

/// What all pages of the lab in all tabs share: the engine's threads, the mechanisms of this machine, where results are
/// kept, and how much may move. Outlives them. Main thread.
class LabContext : public QObject
{
    Q_OBJECT
public:
    /// @p workerProgram is bulkhead-lab-worker; results are kept in @p folder, nowhere when it is empty.
    LabContext(QString workerProgram, QString folder, QObject *parent = nullptr);
    ~LabContext() override;

    LabThreads &threads() { return m_threads; }
    /// With the census of all workers that the pages start.
    lab::WorkerProgram workerProgram() const;
    lab::WorkerCensus &workers() { return *m_workers; }
    LabResults &results() { return m_results; }

    /// Asks a worker process for the mechanisms, once; mechanismsChanged() follows, maybe at once.
    void loadMechanisms();
    /// Empty until they are known.
    const std::vector<wire::LabMechanism> &mechanisms() const { return m_mechanisms; }
    /// Null when there is none, or before they are known.
    const wire::LabMechanism *mechanism(const QString &name) const;
    /// Names of those that fit @p wanted, and that this machine can do.
    QStringList names(const std::function<bool(const wire::LabMechanism &)> &wanted) const;
    /// Why they could not be had; empty otherwise.
    const QString &problem() const { return m_problem; }

    /// Little moves: for projectors and for people whom movement disturbs.
    bool isCalm() const { return m_isCalm; }
    void setCalm(bool calm);

Q_SIGNALS:
    void mechanismsChanged();
    void calmChanged();

private:
    QString m_workerProgram;
    std::shared_ptr<lab::WorkerCensus> m_workers = std::make_shared<lab::WorkerCensus>();
    LabResults m_results;
    QString m_problem;
    std::vector<wire::LabMechanism> m_mechanisms;
    std::unique_ptr<LabTask> m_loading;
    bool m_isCalm = false;
    LabThreads m_threads; ///< last made, first gone: its threads are joined while all else is there
};

} // namespace bulkhead
