// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/frames_chart.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/pages/shown/outside_text.h"
#include "browser/widgets/color_scheme.h"
#include "ipc/text/amounts.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QJsonArray>
#include <QJsonObject>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

constexpr qreal Gap = 16, Padding = 6, Radius = 8;
constexpr int MostColumns = 4;

QString tr(const char *source)
{
    return QCoreApplication::translate("FramesChart", source);
}

qreal lineHeight(const QFont &font)
{
    return std::ceil(QFontMetricsF(font).height());
}

QFont large(const ChartStyle &style)
{
    QFont font = style.bold();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 1.35);
    else
        font.setPixelSize(int(font.pixelSize() * 1.35));
    return font;
}

qreal headHeight(const ChartStyle &style)
{
    return lineHeight(large(style)) + 4;
}

qreal figuresHeight(const ChartStyle &style)
{
    return 2 * (lineHeight(style.bold()) + lineHeight(style.small())) + 6;
}

QString rateText(double framesPerSecond)
{
    return QString::number(framesPerSecond, 'f', framesPerSecond < 99.95 ? 1 : 0);
}

QString copiesText(const FramesChart::Pane &pane)
{
    if (!pane.copiedBytes || pane.frameBytes <= 0)
        return tr("copied");
    const double copies = *pane.copiedBytes / pane.frameBytes;
    const QString number = QString::number(copies, 'f', std::abs(copies - std::round(copies)) < 0.05 ? 0 : 1);
    return number == u"1" ? tr("1 copy") : tr("%1 copies").arg(number);
}

} // namespace

FramesChart::Pane FramesChart::Pane::from(const QJsonObject &lane)
{
    const auto maybe = [&](const char *key) {
        const QJsonValue value = lane[QLatin1String(key)];
        return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
    };
    const auto number = [&](const char *key) { return maybe(key).value_or(0); };
    Pane pane;
    pane.transport = lane[QLatin1String("transport")].toString();
    pane.title = lane[QLatin1String("title")].toString();
    pane.state = lane[QLatin1String("state")].toString();
    pane.problem = lane[QLatin1String("problem")].toString();
    pane.forcedBy = lane[QLatin1String("pieces_forced_by")].toString();
    pane.isMeasured = maybe("frames_per_second").has_value();
    pane.framesPerSecond = number("frames_per_second");
    pane.missed = number("missed");
    pane.median = number("transport_ns_p50");
    pane.most = number("transport_ns_p99");
    pane.processorTime = number("cpu_ns_per_frame");
    pane.pageFaults = number("page_faults_per_frame");
    pane.pieces = number("pieces");
    pane.pieceBytes = number("piece_bytes");
    pane.frameBytes = number("frame_bytes");
    pane.copiedBytes = maybe("copied_bytes_per_frame");
    pane.systemCalls = maybe("system_calls_per_frame");
    pane.checked = number("checked");
    pane.wrong = number("wrong");
    return pane;
}

void FramesChart::setResult(const QJsonObject &result)
{
    const std::vector<Pane> before = std::exchange(panes, {});
    rate = result[QLatin1String("rate")].toDouble();
    for (const QJsonValue &lane : result[QLatin1String("lanes")].toArray()) {
        Pane pane = Pane::from(lane.toObject());
        const auto same = std::find_if(before.begin(), before.end(),
                                       [&](const Pane &other) { return other.transport == pane.transport; });
        if (same != before.end())
            pane.picture = same->picture;
        panes.push_back(std::move(pane));
    }
}

int FramesChart::columns(qreal width, const ChartStyle &style) const
{
    const int count = std::max(1, int(panes.size()));
    const qreal least = QFontMetricsF(style.font).height() * 12;
    const int most = std::clamp(int((width + Gap) / (least + Gap)), 1, std::min(count, MostColumns));
    const int rows = (count + most - 1) / most;
    return (count + rows - 1) / rows; // rows as equal as they can be
}

qreal FramesChart::paneHeight(qreal paneWidth, const ChartStyle &style) const
{
    return headHeight(style) + std::round(paneWidth * 9 / 16) + Padding + figuresHeight(style);
}

QRectF FramesChart::paneRect(int index, const QRectF &rect, const ChartStyle &style) const
{
    const int count = columns(rect.width(), style);
    const qreal width = std::floor((rect.width() - (count - 1) * Gap) / count), height = paneHeight(width, style);
    return {rect.left() + index % count * (width + Gap), rect.top() + index / count * (height + Gap), width, height};
}

QRectF FramesChart::pictureRect(int index, const QRectF &rect, const ChartStyle &style) const
{
    const QRectF pane = paneRect(index, rect, style);
    return {pane.left(), pane.top() + headHeight(style), pane.width(), std::round(pane.width() * 9 / 16)};
}

int FramesChart::paneAt(QPointF position, const QRectF &rect, const ChartStyle &style) const
{
    for (int i = 0; i < int(panes.size()); ++i) {
        if (paneRect(i, rect, style).contains(position))
            return i;
    }
    return -1;
}

qreal FramesChart::heightFor(qreal width, const ChartStyle &style) const
{
    if (panes.empty())
        return 0;
    const QRectF last = paneRect(int(panes.size()) - 1, QRectF(0, 0, width, 0), style);
    return last.bottom() + 4;
}

void FramesChart::paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    for (int i = 0; i < int(panes.size()); ++i)
        paintPane(i, painter, rect, style);
}

void FramesChart::paintPane(int index, QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    const Pane &pane = panes[std::size_t(index)];
    const QRectF area = paneRect(index, rect, style), picture = pictureRect(index, rect, style);
    if (index == selected) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(chrome::mix(style.ground, style.accent, 0.14));
        painter.drawRoundedRect(area.adjusted(-6, -4, 6, 4), Radius + 4, Radius + 4);
    }
    paintHead(pane, index, painter, QRectF(area.left(), area.top(), area.width(), headHeight(style)), style);
    paintPicture(index, painter, picture, style);
    paintFigures(pane, painter, QRectF(area.left(), picture.bottom() + Padding, area.width(), figuresHeight(style)),
                 style);
}

void FramesChart::paintHead(const Pane &pane, int series, QPainter &painter, const QRectF &head,
                            const ChartStyle &style) const
{
    const bool isFull = pane.isMeasured && rate > 0 && pane.framesPerSecond >= rate * 0.98;
    qreal right = head.right();
    if (pane.isMeasured) {
        const QString unit = tr(" /s"), number = rateText(pane.framesPerSecond);
        const qreal unitWidth = QFontMetricsF(style.small()).horizontalAdvance(unit);
        const qreal numberWidth = QFontMetricsF(large(style)).horizontalAdvance(number);
        const qreal baseline = head.bottom() - 6 - QFontMetricsF(large(style)).descent();
        painter.setFont(style.small());
        painter.setPen(style.faint);
        painter.drawText(QPointF(right - unitWidth, baseline), unit);
        painter.setFont(large(style));
        painter.setPen(isFull ? style.good : style.text);
        right -= unitWidth + numberWidth;
        painter.drawText(QPointF(right, baseline), number);
    }
    const qreal middle = head.top() + (head.height() - 4) / 2;
    style.mark(painter, QPointF(head.left() + 6, middle), series, 4.5);
    painter.setFont(style.bold());
    painter.setPen(style.text);
    style.label(painter, QRectF(head.left() + 18, head.top(), right - head.left() - 26, head.height() - 4),
                Qt::AlignLeft | Qt::AlignVCenter, pane.title);
}

void FramesChart::paintPicture(int index, QPainter &painter, const QRectF &picture, const ChartStyle &style) const
{
    const Pane &pane = panes[std::size_t(index)];
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (pane.picture.isNull())
        painter.fillRect(picture, QColor(22, 24, 60));
    else
        painter.drawImage(picture, pane.picture);
    const bool isOver = pane.state == u"failed" || pane.state == u"unavailable";
    if (isOver) {
        painter.fillRect(picture, QColor(16, 18, 30, 200));
        painter.setFont(style.font);
        painter.setPen(Qt::white);
        painter.drawText(picture.adjusted(14, 10, -14, -10), Qt::AlignCenter | Qt::TextWordWrap,
                         OutsideText(pane.problem).plain());
    } else if (pane.pieces > 1) {
        const QString text = tr("%1 pieces of %2").arg(figureNumber(pane.pieces), axisSize(pane.pieceBytes));
        const QFontMetricsF metrics(style.small());
        const QRectF tag(picture.left() + 7, picture.bottom() - metrics.height() - 11,
                         metrics.horizontalAdvance(text) + 12, metrics.height() + 4);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(10, 12, 34, 175));
        painter.drawRoundedRect(tag, 4, 4);
        painter.setFont(style.small());
        painter.setPen(QColor(236, 238, 250));
        painter.drawText(tag, Qt::AlignCenter, text);
    }
    // Round corners: what lies outside of them is painted over, which costs less than a clip for every frame.
    QPainterPath corners;
    corners.addRect(picture.adjusted(-0.5, -0.5, 0.5, 0.5));
    QPainterPath inside;
    inside.addRoundedRect(picture, Radius, Radius);
    const QColor ground = index == selected ? chrome::mix(style.ground, style.accent, 0.14) : style.ground;
    painter.fillPath(corners - inside, ground);
}

void FramesChart::paintFigures(const Pane &pane, QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    if (!pane.isMeasured)
        return;
    struct Figure
    {
        QString value, caption;
        bool isBad = false;
    };
    const Figure figures[] = {
        {figureTime(pane.median), tr("per frame")},
        {figureTime(pane.processorTime), tr("CPU")},
        {pane.copiedBytes ? bytesText(*pane.copiedBytes) : QStringLiteral("?"), copiesText(pane)},
        {pane.systemCalls ? figureNumber(*pane.systemCalls) : QStringLiteral("?"), tr("system calls")},
        {figureNumber(pane.pageFaults < 0.05 ? 0 : pane.pageFaults), tr("page faults")},
        {figureNumber(pane.missed), tr("left out"), pane.missed > 0},
    };
    const qreal width = rect.width() / 3, line = lineHeight(style.bold()), small = lineHeight(style.small());
    for (int i = 0; i < 6; ++i) {
        const QRectF cell(rect.left() + i % 3 * width, rect.top() + i / 3 * (line + small + 3), width - 6,
                          line + small);
        painter.setFont(style.bold());
        painter.setPen(style.text);
        style.label(painter, QRectF(cell.left(), cell.top(), cell.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                    figures[i].value);
        painter.setFont(style.small());
        painter.setPen(style.faint);
        style.label(painter, QRectF(cell.left(), cell.top() + line - 1, cell.width(), small),
                    Qt::AlignLeft | Qt::AlignVCenter, figures[i].caption);
    }
}

QList<QStringList> FramesChart::table() const
{
    QList<QStringList> rows{{tr("Transport"), tr("Frames/s"), tr("Per frame, median"), tr("99 of 100"),
                             tr("CPU per frame"), tr("Copied per frame"), tr("System calls"), tr("Page faults"),
                             tr("Pieces"), tr("Left out"), tr("Checked"), tr("Wrong")}};
    for (const Pane &pane : panes) {
        if (!pane.isMeasured) {
            rows.append({pane.title,
                         pane.problem.isEmpty() ? pane.state : pane.problem,
                         {},
                         {},
                         {},
                         {},
                         {},
                         {},
                         {},
                         {},
                         {},
                         {}});
            continue;
        }
        rows.append({pane.title, rateText(pane.framesPerSecond), figureTime(pane.median), figureTime(pane.most),
                     figureTime(pane.processorTime),
                     pane.copiedBytes ? bytesText(*pane.copiedBytes) : QStringLiteral("?"),
                     pane.systemCalls ? figureNumber(*pane.systemCalls) : QStringLiteral("?"),
                     figureNumber(pane.pageFaults), figureNumber(pane.pieces), figureNumber(pane.missed),
                     figureNumber(pane.checked), figureNumber(pane.wrong)});
    }
    return rows;
}

QString FramesChart::toolTip(QPointF position, const QRectF &rect, const ChartStyle &style) const
{
    const int index = paneAt(position, rect, style);
    if (index < 0)
        return {};
    const Pane &pane = panes[std::size_t(index)];
    QStringList lines{pane.title};
    if (!pane.problem.isEmpty())
        lines << pane.problem;
    if (pane.isMeasured) {
        lines << tr("From a painted picture to one that is there: half within %1, 99 of 100 within %2")
                     .arg(figureTime(pane.median), figureTime(pane.most));
        lines << tr("Processor time of both processes per frame, without painting and showing: %1")
                     .arg(figureTime(pane.processorTime));
        lines << tr("%1 pictures compared pixel by pixel, %2 were wrong").arg(pane.checked).arg(pane.wrong);
    }
    if (pane.pieces > 1)
        lines << tr("In pieces because of %1, put together by two more copies").arg(pane.forcedBy);
    return lines.join(u'\n');
}

QString FramesChart::description() const
{
    QStringList parts;
    for (const Pane &pane : panes) {
        parts << (pane.isMeasured ? tr("%1: %2 frames per second, %3 each")
                                        .arg(pane.title, rateText(pane.framesPerSecond), figureTime(pane.median))
                                  : tr("%1: %2").arg(pane.title, pane.problem.isEmpty() ? pane.state : pane.problem));
    }
    return parts.join(QStringLiteral("; "));
}

} // namespace bulkhead
