// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/kit/lab_page.h"

class QComboBox;
class QLabel;
class QTabWidget;

namespace bulkhead {

class ChartView;
class FiguresTable;
class LatencyChoices;

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

private:
    void fillMechanisms();
    void show(const QJsonObject &result);
    void showSlice();

    LatencyChoices *m_choices;
    QComboBox *m_slice; ///< which size and placement is drawn
    QWidget *m_results;
    QTabWidget *m_tabs;
    ChartView *m_percentiles, *m_histogram, *m_overSize, *m_throughput, *m_megabytes;
    FiguresTable *m_table;
    QLabel *m_notes;
    QJsonObject m_result;
};

} // namespace bulkhead
