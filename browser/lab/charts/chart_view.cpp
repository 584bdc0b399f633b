// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/chart_view.h"

#include "browser/widgets/plain_text.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {
constexpr int LeastWidth = 320;
constexpr int UsualWidth = 640;
} // namespace

ChartView::ChartView(std::unique_ptr<LabChart> chart, QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setChart(std::move(chart));
}

ChartView::~ChartView() = default;

void ChartView::setChart(std::unique_ptr<LabChart> chart)
{
    m_chart = std::move(chart);
    plain::setAccessibleName(this, OutsideText(m_chart->title));
    plain::setAccessibleDescription(this, OutsideText(m_chart->description(), OutsideText::Lines::Many));
    setVisible(!m_chart->isEmpty());
    updateGeometry();
    update();
}

qreal ChartView::titleHeight() const
{
    return m_chart->title.isEmpty() ? 0 : QFontMetricsF(ChartStyle(palette(), font()).bold()).height() + 8;
}

QRectF ChartView::body() const
{
    return QRectF(rect()).adjusted(0, titleHeight(), 0, 0);
}

int ChartView::heightForWidth(int width) const
{
    return int(std::ceil(titleHeight() + m_chart->heightFor(width, ChartStyle(palette(), font()))));
}

QSize ChartView::sizeHint() const
{
    return {UsualWidth, heightForWidth(std::max(width(), UsualWidth))};
}

QSize ChartView::minimumSizeHint() const
{
    return {LeastWidth, heightForWidth(std::max(width(), LeastWidth))};
}

void ChartView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ChartStyle style(palette(), font());
    if (titleHeight() > 0) {
        painter.setFont(style.bold());
        painter.setPen(style.text);
        style.label(painter, QRectF(0, 0, width(), titleHeight()), Qt::AlignLeft | Qt::AlignTop, m_chart->title);
    }
    painter.setFont(style.font);
    m_chart->paint(painter, body(), style);
}

bool ChartView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString text = m_chart->toolTip(help->pos(), body(), ChartStyle(palette(), font()));
        if (text.isEmpty())
            QToolTip::hideText();
        else
            plain::showToolTip(help->globalPos(), OutsideText(text, OutsideText::Lines::Many), this);
        return true;
    }
    return QWidget::event(event);
}

void ChartView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        updateGeometry();
        update();
    }
    QWidget::changeEvent(event);
}

} // namespace bulkhead
