// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/kit/lab_page.h"
#include "ipc/lab/engine/pressure_run.h"

#include <vector>

class QComboBox;
class QSpinBox;

namespace bulkhead {

class ChartView;
class FiguresTable;

/// Back-pressure: a writer that is faster than its reader. The level is drawn live, three times side by side: a writer
/// that blocks, one that does not, and a mechanism that loses messages.
class PressurePage : public LabPage
{
    Q_OBJECT
public:
    explicit PressurePage(LabContext &context, QWidget *parent = nullptr);
    ~PressurePage() override;

    void start() override;
    /// "mechanism", "lossy", "size", "writes" and "reads" (per second), "seconds".
    void configure(const QJsonObject &options) override;
    QJsonObject exported() const override { return m_result; }
    QList<const LabChart *> charts() const override;
    QList<LabTable> tables() const override;
    QStringList lessons() const override;
    bool restore(const QJsonObject &result) override;
    QList<QStringList> comparedWith(const QJsonObject &before) const override;

    const std::vector<lab::PressureRun::LaneResult> &lanes() const { return m_lanes; }

protected:
    void onFinished(const Result<void> &result) override;

private:
    void fillChoices();
    void hear(const std::vector<lab::PressureRun::LaneResult> &lanes);
    QJsonObject optionsJson() const;

    QComboBox *m_mechanism, *m_lossy, *m_size;
    QSpinBox *m_writes, *m_reads;
    double m_seconds = 5;
    ChartView *m_chart;
    FiguresTable *m_table;
    QString m_wanted, m_wantedLossy; ///< before they are known
    std::vector<lab::PressureRun::LaneResult> m_lanes;
    QJsonObject m_result;
};

} // namespace bulkhead
