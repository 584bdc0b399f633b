// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/kit/lab_page.h"

#include <memory>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QListWidget;
class QSpinBox;
class QTabWidget;
class QToolButton;

namespace bulkhead {

class ChartView;
class FiguresTable;

/// Latency and throughput: chosen mechanisms against each other in the same rounds. Shows what `bulkhead lab run
/// --json` gives, and nothing that is not in there.
class LatencyPage : public LabPage
{
    Q_OBJECT
public:
    explicit LatencyPage(LabContext &context, QWidget *parent = nullptr);
    ~LatencyPage() override;

    void start() override;
    /// "mechanisms", "sizes" (bytes), "placements", "wait" ("usual" or a way of waiting), "rounds", "seconds".
    void configure(const QJsonObject &options) override;
    QJsonObject exported() const override { return m_result; }
    QList<const LabChart *> charts() const override;
    QList<LabTable> tables() const override;
    /// Plain numbers in nanoseconds and bytes, for other programs.
    QByteArray csv() const override;
    QStringList lessons() const override;
    bool restore(const QJsonObject &result) override;
    QList<QStringList> comparedWith(const QJsonObject &before) const override;

    // For tests.
    FiguresTable *table() const { return m_table; }
    QString notes() const;

protected:
    void onFinished(const Result<void> &result) override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QWidget *makeControls();
    void addMechanisms(QFormLayout &form);
    void addSlices(QFormLayout &form);  ///< sizes and placements
    void addWaiting(QFormLayout &form); ///< and how often, and how long
    void fitMechanisms();
    void fillMechanisms();
    QStringList chosenMechanisms() const;
    QJsonObject chosenOptions() const;
    void estimate();
    void show(const QJsonObject &result);
    void showSlice();

    QListWidget *m_mechanisms;
    std::vector<QToolButton *> m_sizes;      ///< with their bytes as a property
    std::vector<QToolButton *> m_placements; ///< with their names
    QComboBox *m_wait;
    QSpinBox *m_rounds;
    QDoubleSpinBox *m_seconds;
    QLabel *m_estimate;
    QComboBox *m_slice; ///< which size and placement is drawn
    QWidget *m_results;
    QTabWidget *m_tabs;
    ChartView *m_percentiles, *m_histogram, *m_overSize, *m_throughput, *m_megabytes;
    FiguresTable *m_table;
    QLabel *m_notes;
    QStringList m_wanted; ///< mechanisms, before they are known
    QJsonObject m_result;
};

} // namespace bulkhead
