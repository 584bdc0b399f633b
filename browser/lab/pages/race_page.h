// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/pages/study_page.h"
#include "ipc/lab/protocol/race_board.h"

#include <QBasicTimer>

#include <optional>

class QSpinBox;

namespace bulkhead {

class ChartView;

/// Processes add to one number in shared memory, without and with every way to synchronise: the number and what is lost
/// are read from that very memory while they run.
class RacePage : public StudyPage
{
    Q_OBJECT
public:
    explicit RacePage(LabContext &context, QWidget *parent = nullptr);
    ~RacePage() override;

    void start() override;
    /// "processes", "additions" (each, with synchronisation), "unsynchronised" (each, without).
    void configure(const QJsonObject &options) override;
    QList<const LabChart *> charts() const override;

    /// Looks at the shared memory that showed additions while they went on.
    int looks() const { return m_looks; }

protected:
    void showFindings() override;
    QJsonObject optionsJson() const override;
    void timerEvent(QTimerEvent *event) override;
    void onFinished(const Result<void> &result) override;

private:
    void look();

    QSpinBox *m_processes, *m_additions;
    double m_unsynchronised = 30'000'000;
    ChartView *m_race, *m_memory;
    std::optional<lab::RaceWatch> m_watch;
    QBasicTimer m_timer;
    int m_looks = 0;
};

} // namespace bulkhead
