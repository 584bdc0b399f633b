// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/call_chart.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/widgets/color_scheme.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace bulkhead {

namespace {

constexpr qreal BarWidth = 10;
constexpr qreal Gutter = 68; ///< from the middle to each process's bars
constexpr qreal TextGap = 8;

QString tr(const char *source)
{
    return QCoreApplication::translate("CallChart", source);
}

QString processName(int process)
{
    return process == 0 ? tr("Process A") : tr("Process B");
}

QFont codeFont(const ChartStyle &style)
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const QFont little = style.small();
    if (little.pixelSize() > 0)
        fixed.setPixelSize(little.pixelSize());
    else
        fixed.setPointSizeF(little.pointSizeF());
    return fixed;
}

void arrow(QPainter &painter, QPointF from, QPointF to)
{
    painter.drawLine(from, to);
    const qreal angle = std::atan2(to.y() - from.y(), to.x() - from.x());
    for (const qreal spread : {0.45, -0.45})
        painter.drawLine(to, to - 8 * QPointF(std::cos(angle - spread), std::sin(angle - spread)));
}

} // namespace

CallChart::CallChart(lab::MessageTrace trace) : m_trace(std::move(trace))
{
    title = tr("System calls on one line of time");
    struct Event
    {
        std::uint64_t time;
        int bar;
        bool isEnd;
    };
    std::vector<Event> events;
    std::stable_sort(m_trace.calls.begin(), m_trace.calls.end(),
                     [](const auto &a, const auto &b) { return a.start < b.start; });
    for (std::size_t i = 0; i < m_trace.calls.size(); ++i) {
        m_bars.push_back({int(i), 0, 0});
        events.push_back({m_trace.calls[i].start, int(i), false});
        events.push_back({m_trace.calls[i].end, int(i), true});
    }
    std::stable_sort(events.begin(), events.end(), [](const Event &a, const Event &b) { return a.time < b.time; });
    // A row for each event; a start takes two, for its text.
    std::array<int, 2> textEnd{0, 0};
    for (const Event &event : events) {
        Bar &bar = m_bars[std::size_t(event.bar)];
        if (event.isEnd) {
            m_rows = std::max(m_rows, bar.startRow + 1);
            bar.endRow = m_rows;
        } else {
            int &busy = textEnd[callOf(bar).process == 0 ? 0 : 1];
            m_rows = std::max(m_rows, busy);
            bar.startRow = m_rows;
            busy = m_rows + 2;
        }
        ++m_rows;
    }
    m_rows = std::max({m_rows, textEnd[0], textEnd[1]});
    m_first = m_trace.calls.empty() ? 0 : m_trace.calls.front().start;
    findPassages();
}

/// Which call gave the bytes to the kernel, and which took them.
void CallChart::findPassages()
{
    for (const int sender : {0, 1}) {
        for (std::size_t i = 0; i < m_bars.size() && m_passages.size() < std::size_t(sender) + 1; ++i) {
            const lab::RecordedCall &sent = callOf(m_bars[i]);
            const bool gives = sent.name.find("send") != sent.name.npos || sent.name.find("snd") != sent.name.npos ||
                               sent.name.find("write") != sent.name.npos ||
                               sent.name.find("queueinfo") != sent.name.npos;
            if (sent.process != sender || !gives || sent.result < 0)
                continue;
            for (std::size_t j = 0; j < m_bars.size(); ++j) {
                const lab::RecordedCall &got = callOf(m_bars[j]);
                const bool takes = (got.copiedBytes() > 0 || got.name == "rt_sigtimedwait") && got.result > 0;
                const bool isReading = got.name.find("recv") != got.name.npos ||
                                       got.name.find("rcv") != got.name.npos ||
                                       got.name.find("read") != got.name.npos ||
                                       got.name.find("receive") != got.name.npos || got.name == "rt_sigtimedwait";
                if (got.process == 1 - sender && takes && isReading && got.end > sent.start) {
                    m_passages.push_back({int(i), int(j), sender == 1});
                    break;
                }
            }
        }
    }
}

qreal CallChart::rowHeight(const ChartStyle &style) const
{
    return QFontMetricsF(codeFont(style)).height() + 1;
}

qreal CallChart::rowY(int row, const QRectF &rect, const ChartStyle &style) const
{
    return rect.top() + QFontMetricsF(style.bold()).height() + 14 + row * rowHeight(style);
}

QRectF CallChart::barRect(const Bar &bar, const QRectF &rect, const ChartStyle &style) const
{
    const qreal top = rowY(bar.startRow, rect, style), bottom = rowY(bar.endRow, rect, style);
    const qreal middle = rect.center().x();
    const qreal x = callOf(bar).process == 0 ? middle - Gutter - BarWidth : middle + Gutter;
    return QRectF(x, top, BarWidth, std::max(6.0, bottom - top));
}

qreal CallChart::heightFor(qreal width, const ChartStyle &style) const
{
    return rowY(m_rows + 1, QRectF(0, 0, width, 0), style) + 4;
}

void CallChart::paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    const qreal middle = rect.center().x();
    const qreal bottom = rowY(m_rows + 1, rect, style);
    const qreal row = rowHeight(style);
    painter.setFont(style.bold());
    for (const int process : {0, 1}) {
        const qreal x = process == 0 ? middle - Gutter - BarWidth / 2 : middle + Gutter + BarWidth / 2;
        painter.setPen(style.text);
        const QRectF name = process == 0 ? QRectF(rect.left(), rect.top(), middle - Gutter - rect.left(), row + 6)
                                         : QRectF(middle + Gutter, rect.top(), rect.right() - middle - Gutter, row + 6);
        style.label(painter, name, (process == 0 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                    processName(process));
        painter.setPen(QPen(style.grid, 1.5));
        painter.drawLine(QPointF(x, rowY(0, rect, style) - 4), QPointF(x, bottom));
    }
    const QFont code = codeFont(style);
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const lab::RecordedCall &call = callOf(m_bars[i]);
        const QRectF bar = barRect(m_bars[i], rect, style);
        const int series = call.process == 0 ? 0 : 2;
        painter.setPen(QPen(style.series(series), 1.2));
        painter.setBrush(chrome::mix(style.ground, style.series(series), 0.55));
        painter.drawRoundedRect(bar, 3, 3);
        const bool left = call.process == 0;
        const QRectF line =
            left ? QRectF(rect.left(), bar.top() - 2, bar.left() - TextGap - rect.left(), row)
                 : QRectF(bar.right() + TextGap, bar.top() - 2, rect.right() - bar.right() - TextGap, row);
        const int side = (left ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
        painter.setFont(code);
        painter.setPen(call.result < 0 ? style.bad : style.text);
        style.label(painter, line, side, QString::fromStdString(call.text()));
        painter.setFont(style.small());
        painter.setPen(style.faint);
        style.label(painter, line.translated(0, row), side,
                    tr("at %1, took %2")
                        .arg(call.start == m_first ? QStringLiteral("0") : figureTime(double(call.start - m_first)),
                             figureTime(double(call.end - call.start))));
    }
    painter.setFont(style.small());
    for (const Passage &passage : m_passages) {
        const QRectF from = barRect(m_bars[std::size_t(passage.from)], rect, style);
        const QRectF to = barRect(m_bars[std::size_t(passage.to)], rect, style);
        const bool rightwards = from.left() < to.left();
        const QPointF start(rightwards ? from.right() + 2 : from.left() - 2, from.top() + 4);
        const QPointF end(rightwards ? to.left() - 2 : to.right() + 2, std::max(to.bottom() - 3, start.y()));
        painter.setPen(QPen(style.accent, 1.8, passage.isAnswer ? Qt::DashLine : Qt::SolidLine));
        arrow(painter, start, end);
        const QString name = passage.isAnswer ? tr("answer") : tr("message");
        const qreal wide = QFontMetricsF(painter.font(), painter.device()).horizontalAdvance(name) + 8;
        const QRectF label(middle - wide / 2, (start.y() + end.y() - row) / 2, wide, row);
        painter.fillRect(label, style.ground);
        painter.setPen(style.accent);
        style.label(painter, label, Qt::AlignCenter, name);
    }
}

QList<QStringList> CallChart::table() const
{
    QList<QStringList> rows{{tr("At (µs)"), tr("Process"), tr("Call"), tr("Result"), tr("Took (µs)")}};
    for (const lab::RecordedCall &call : m_trace.calls) {
        const QString text = QString::fromStdString(call.text());
        const qsizetype equals = text.lastIndexOf(QStringLiteral(" = "));
        rows.append({QString::number(double(call.start - m_first) / 1000, 'f', 1),
                     call.process == 0 ? tr("A") : tr("B"), text.left(equals), text.mid(equals + 3),
                     QString::number(double(call.end - call.start) / 1000, 'f', 1)});
    }
    return rows;
}

QString CallChart::toolTip(QPointF position, const QRectF &rect, const ChartStyle &style) const
{
    for (const Bar &bar : m_bars) {
        QRectF area = barRect(bar, rect, style);
        const bool left = callOf(bar).process == 0;
        area.setHeight(std::max(area.height(), 2 * rowHeight(style)));
        if (left)
            area.setLeft(rect.left());
        else
            area.setRight(rect.right());
        if (area.contains(position)) {
            const lab::RecordedCall &call = callOf(bar);
            return tr("%1 in %2 (thread %3): %4, %5 copied")
                .arg(QString::fromStdString(call.text()), processName(call.process), QString::number(call.thread),
                     figureTime(double(call.end - call.start)), axisSize(double(call.copiedBytes())));
        }
    }
    return {};
}

QString CallChart::description() const
{
    QStringList lines{title};
    for (const lab::RecordedCall &call : m_trace.calls)
        lines << tr("%1: %2").arg(processName(call.process), QString::fromStdString(call.text()));
    return lines.join(QStringLiteral(". "));
}

} // namespace bulkhead
