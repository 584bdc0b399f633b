// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/experiments/experiment_report.h"
#include "browser/tools/experiments/experiment_session.h"

#include <QElapsedTimer>

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace bulkhead {

/// Runs an experiment with real processes and grades it: `bulkhead experiment run`. Blocks in event loops of its own,
/// so it belongs into a program that does nothing else. Main thread.
class ExperimentRunner
{
public:
    struct Programs
    {
        QString browser; ///< for the experiments that kill a whole browser; the lab's worker is beside it
        QString child;
    };

    explicit ExperimentRunner(Programs programs) : m_programs(std::move(programs)) {}

    /// @p file has no errors. A seed of 0 in @p answers is replaced by a random one.
    ExperimentReport run(const ExperimentFile &file, const ExperimentAnswers &answers);

    /// What `pick` chooses with that seed: variable to value.
    static QMap<QString, QString> picks(const ExperimentFile &file, quint32 seed);

private:
    void note(const QString &text);
    bool doStep(const ExperimentStep &step);
    QString resolved(const QString &word) const;
    void set(const QString &prefix, const QString &name, const QString &value);
    void set(const QString &prefix, const QString &name, double value);
    bool waitForState(const QString &tab, const QString &state);

    // one for each verb that needs more than a line
    void observe(const QString &name);
    bool crashLoop(const QString &name, const QString &tab, int times);
    bool measure(const ExperimentStep &step);
    bool latency(const QString &name, const QString &tab, int rounds);
    void watchLoop(const QString &name);
    bool probe(const ExperimentStep &step);
    bool memory(const QString &name);
    bool browser(const QString &name, int signal);
    bool zygote(const QString &name, int signal);
    bool boxes(const ExperimentStep &step);
    bool boxes(ExperimentSession &session, const QString &name, const QString &tab, int box, int signal);

    // with the IPC lab's engine
    bool race(const QString &name, int processes);
    bool pressure(const QString &name, const QString &mechanism);
    bool death(const QString &name, const QString &mechanism);
    bool locks(const QString &name);
    bool engine(const std::string &experiment, const QString &mechanism, std::map<std::string, std::uint64_t> numbers,
                const std::function<void(const std::string &, double)> &found);
    std::string labWorkerProgram() const;

    void judge(const ExperimentFile &file, const ExperimentAnswers &answers);
    QString factText(const QString &name) const;

    Programs m_programs;
    const ExperimentFile *m_file = nullptr;
    ExperimentReport m_report;
    QMap<QString, QString> m_picks;
    QElapsedTimer m_clock;
    std::unique_ptr<ExperimentSession> m_session;
    QMap<QString, qint64> m_pids; ///< of tabs when they were last seen alive
};

} // namespace bulkhead
