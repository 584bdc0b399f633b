// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/bars_chart.h"
#include "browser/lab/kit/lab_page.h"
#include "ipc/lab/engine/frame_run.h"

#include <vector>

class QCheckBox;
class QComboBox;
class QToolButton;

namespace bulkhead {

class ChartView;
class FiguresTable;
class FrameGrid;

/// The app's emblem: the same animation through several transports at the same time, side by side. What is under the
/// panes is what `bulkhead lab frames --json` gives: while it runs, of the last second; then of the whole run.
class FramesPage : public LabPage
{
    Q_OBJECT
public:
    explicit FramesPage(LabContext &context, QWidget *parent = nullptr);
    ~FramesPage() override;

    void start() override;
    /// "transports", "width", "height", "rate" (0: as fast as they go), "seconds" (0: until cancelled), "calls".
    void configure(const QJsonObject &options) override;
    QJsonObject exported() const override { return m_result; }
    QList<const LabChart *> charts() const override;
    QList<LabTable> tables() const override;
    QStringList lessons() const override;
    bool restore(const QJsonObject &result) override;
    QList<QStringList> comparedWith(const QJsonObject &before) const override;

    // For tests.
    FrameGrid *grid() const { return m_grid; }
    /// Of the workers of a pane that runs; 0 before.
    qint64 painterOf(int pane) const;

protected:
    void onFinished(const Result<void> &result) override;

private:
    QWidget *makeControls();
    void makeStill();
    QStringList chosen() const;
    void showChosen();
    void showMechanism();
    void show(const QJsonObject &result);
    void hear(const std::vector<lab::FrameLaneResult> &lanes, double seconds);
    QJsonObject optionsJson() const;
    lab::FrameRun::Options options() const;

    FrameGrid *m_grid;
    QComboBox *m_size, *m_rate, *m_seconds;
    QToolButton *m_transports;
    std::vector<QCheckBox *> m_choices; ///< one per transport
    ChartView *m_times, *m_work;
    FiguresTable *m_table;
    QWidget *m_details;
    bool m_countsCalls = true;
    std::unique_ptr<LabTask> m_still;
    lab::FrameRun::Options m_options; ///< of the run
    std::vector<lab::FrameLaneResult> m_lanes;
    QJsonObject m_result;
};

} // namespace bulkhead
