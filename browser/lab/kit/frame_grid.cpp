// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/frame_grid.h"

#include "browser/widgets/plain_text.h"
#include "ipc/lab/engine/frame_lane.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {
constexpr int TickMilliseconds = 16, CalmTickMilliseconds = 500;
constexpr int Frame = 8; ///< around the panes, for the mark of the selected one
} // namespace

FrameGrid::FrameGrid(QWidget *parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Panes"));
}

FrameGrid::~FrameGrid() = default;

ChartStyle FrameGrid::style() const
{
    return ChartStyle(palette(), font());
}

QRectF FrameGrid::body() const
{
    return QRectF(rect()).adjusted(Frame, Frame / 2.0, -Frame, 0);
}

void FrameGrid::setResult(const QJsonObject &result)
{
    const std::size_t before = m_chart.panes.size();
    m_chart.setResult(result);
    m_chart.selected = std::min(m_chart.selected, int(m_chart.panes.size()) - 1);
    m_views.resize(m_chart.panes.size());
    for (FramesChart::Pane &pane : m_chart.panes) {
        if (pane.picture.isNull())
            pane.picture = m_still;
    }
    plain::setAccessibleDescription(this, OutsideText(m_chart.description(), OutsideText::Lines::Many));
    if (before != m_chart.panes.size())
        updateGeometry();
    update();
}

void FrameGrid::setStill(const QImage &picture)
{
    for (FramesChart::Pane &pane : m_chart.panes) {
        if (pane.picture.isNull() || pane.picture.cacheKey() == m_still.cacheKey())
            pane.picture = picture;
    }
    m_still = picture;
    update();
}

void FrameGrid::setView(int pane, std::shared_ptr<lab::FrameView> view)
{
    if (pane < 0 || pane >= int(m_views.size()))
        return;
    m_views[std::size_t(pane)] = std::move(view);
    m_shown = 0;
    m_timer.start(m_isCalm ? CalmTickMilliseconds : TickMilliseconds, Qt::PreciseTimer, this);
}

void FrameGrid::freeze()
{
    takePictures();
    m_timer.stop();
    for (FramesChart::Pane &pane : m_chart.panes)
        pane.picture = pane.picture.copy();
    m_views.assign(m_chart.panes.size(), nullptr);
    update();
}

void FrameGrid::setCalm(bool calm)
{
    m_isCalm = calm;
    if (m_timer.isActive())
        m_timer.start(calm ? CalmTickMilliseconds : TickMilliseconds, Qt::PreciseTimer, this);
}

void FrameGrid::takePictures()
{
    const ChartStyle style = this->style();
    for (std::size_t i = 0; i < m_views.size(); ++i) {
        const unsigned char *pixels = m_views[i] ? m_views[i]->takeNewest() : nullptr;
        if (!pixels)
            continue;
        // Read where it is: the buffer is ours until the next takeNewest().
        m_chart.panes[i].picture = QImage(pixels, m_views[i]->width(), m_views[i]->height(), m_views[i]->width() * 4,
                                          QImage::Format_ARGB32_Premultiplied);
        ++m_shown;
        update(m_chart.pictureRect(int(i), body(), style).toAlignedRect());
    }
}

void FrameGrid::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        takePictures();
}

void FrameGrid::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ChartStyle style = this->style();
    const QRectF body = this->body();
    for (int i = 0; i < int(m_chart.panes.size()); ++i) {
        const QRectF pane = m_chart.paneRect(i, body, style).adjusted(-Frame, -Frame, Frame, Frame);
        const QRectF picture = m_chart.pictureRect(i, body, style);
        const QRegion inPane = event->region().intersected(pane.toAlignedRect());
        if (inPane.isEmpty())
            continue;
        if (picture.toAlignedRect().contains(inPane.boundingRect()))
            m_chart.paintPicture(i, painter, picture, style);
        else
            m_chart.paintPane(i, painter, body, style);
    }
    if (hasFocus() && m_chart.selected >= 0) {
        painter.setPen(QPen(style.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(m_chart.paneRect(m_chart.selected, body, style).adjusted(-6, -4, 6, 4), 10, 10);
    }
}

void FrameGrid::select(int pane)
{
    if (pane == m_chart.selected || pane >= int(m_chart.panes.size()))
        return;
    m_chart.selected = pane;
    update();
    Q_EMIT selectedChanged();
}

void FrameGrid::mousePressEvent(QMouseEvent *event)
{
    const int pane = m_chart.paneAt(event->position(), body(), style());
    select(pane == m_chart.selected ? -1 : pane);
}

void FrameGrid::keyPressEvent(QKeyEvent *event)
{
    const int count = int(m_chart.panes.size());
    const int columns = m_chart.columns(body().width(), style());
    int step = 0;
    switch (event->key()) {
    case Qt::Key_Right:
        step = 1;
        break;
    case Qt::Key_Left:
        step = -1;
        break;
    case Qt::Key_Down:
        step = columns;
        break;
    case Qt::Key_Up:
        step = -columns;
        break;
    case Qt::Key_Escape:
        if (m_chart.selected >= 0)
            return select(-1);
        [[fallthrough]];
    default:
        return QWidget::keyPressEvent(event);
    }
    const int next = m_chart.selected < 0 ? 0 : m_chart.selected + step;
    if (count > 0 && next >= 0 && next < count)
        select(next);
}

bool FrameGrid::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString text = m_chart.toolTip(help->pos(), body(), style());
        if (text.isEmpty())
            QToolTip::hideText();
        else
            plain::showToolTip(help->globalPos(), OutsideText(text, OutsideText::Lines::Many), this);
        return true;
    }
    return QWidget::event(event);
}

void FrameGrid::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        updateGeometry();
        update();
    }
    QWidget::changeEvent(event);
}

int FrameGrid::heightForWidth(int width) const
{
    return int(std::ceil(m_chart.heightFor(width - 2 * Frame, style()))) + Frame;
}

QSize FrameGrid::sizeHint() const
{
    return {900, heightForWidth(std::max(width(), 900))};
}

QSize FrameGrid::minimumSizeHint() const
{
    return {240, heightForWidth(std::max(width(), 240))};
}

QSize FrameGrid::pictureSize() const
{
    if (m_chart.panes.empty())
        return {320, 180};
    const QSizeF size = m_chart.pictureRect(0, body(), style()).size() * devicePixelRatioF();
    return {std::max(16, qRound(size.width())), std::max(9, qRound(size.height()))};
}

} // namespace bulkhead
