// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/lab_chart.h"
#include "ipc/lab/engine/message_trace.h"

namespace bulkhead {

/// The system calls of two processes side by side on one line of time that runs downwards: every call where it began, a
/// bar as long as it took, and the message on its way between them. Long silences are shortened; the figures are not.
class CallChart : public LabChart
{
public:
    CallChart() = default;
    explicit CallChart(lab::MessageTrace trace);

    qreal heightFor(qreal width, const ChartStyle &style) const override;
    void paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const override;
    QList<QStringList> table() const override;
    QString toolTip(QPointF position, const QRectF &rect, const ChartStyle &style) const override;
    QString description() const override;
    bool isEmpty() const override { return m_trace.sent.empty(); }

private:
    struct Bar
    {
        int call = 0;                 ///< index into the trace's calls
        int startRow = 0, endRow = 0; ///< on the line of events
    };
    struct Passage
    {
        int from = 0, to = 0; ///< indices of bars
        bool isAnswer = false;
    };
    void findPassages();
    const lab::RecordedCall &callOf(const Bar &bar) const { return m_trace.calls[std::size_t(bar.call)]; }
    qreal rowY(int row, const QRectF &rect, const ChartStyle &style) const;
    qreal rowHeight(const ChartStyle &style) const;
    QRectF barRect(const Bar &bar, const QRectF &rect, const ChartStyle &style) const;

    lab::MessageTrace m_trace;
    std::vector<Bar> m_bars;
    std::vector<Passage> m_passages;
    int m_rows = 0;
    std::uint64_t m_first = 0;
};

} // namespace bulkhead
