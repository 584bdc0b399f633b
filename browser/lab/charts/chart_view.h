// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/lab_chart.h"

#include <QWidget>

#include <memory>

namespace bulkhead {

/// Shows a chart with its title, as high as it needs to be, in the window's colours.
class ChartView : public QWidget
{
    Q_OBJECT
public:
    explicit ChartView(std::unique_ptr<LabChart> chart, QWidget *parent = nullptr);
    ~ChartView() override;

    const LabChart &chart() const { return *m_chart; }
    /// Another chart, or the same with other figures.
    void setChart(std::unique_ptr<LabChart> chart);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QRectF body() const;
    qreal titleHeight() const;

    std::unique_ptr<LabChart> m_chart;
};

} // namespace bulkhead
