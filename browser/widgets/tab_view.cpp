// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/tab_view.h"

#include "browser/widgets/color_scheme.h"
#include "browser/widgets/plain_text.h"
#include "browser/widgets/tab_view_accessible.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDropEvent>
#include <QInputMethodEvent>
#include <QMimeData>
#include <QPainter>
#include <QScrollBar>
#include <QStyleHints>
#include <QTouchEvent>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

/// The logical rectangle that @p device touches: rounded outwards.
QRect toLogical(const QRect &device, qreal ratio)
{
    const int left = int(std::floor(device.left() / ratio));
    const int top = int(std::floor(device.top() / ratio));
    const int right = int(std::ceil((device.left() + device.width()) / ratio));
    const int bottom = int(std::ceil((device.top() + device.height()) / ratio));
    return {left, top, right - left, bottom - top};
}

QRect toDevice(const QRect &logical, qreal ratio)
{
    return toLogical(logical, 1 / ratio);
}

void updateBar(QScrollBar &bar, int position, int content, int viewport)
{
    const QSignalBlocker quiet(bar);
    bar.setPageStep(viewport);
    bar.setSingleStep(40);
    bar.setRange(0, std::max(0, content - viewport));
    // While the person holds the slider it leads and the page follows.
    if (!bar.isSliderDown())
        bar.setValue(position);
}

} // namespace

TabView::TabView(Tab &tab, QWidget *parent) : QAbstractScrollArea(parent), m_tab(tab)
{
    installTabViewAccessibility();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAcceptDrops(true);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_AcceptTouchEvents);
    setAttribute(Qt::WA_InputMethodEnabled);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setAttribute(Qt::WA_NoSystemBackground);
    setMinimumSize(80, 60);
    for (QScrollBar *bar : {horizontalScrollBar(), verticalScrollBar()})
        bar->setFocusPolicy(Qt::NoFocus);
    horizontalScrollBar()->setAccessibleName(tr("Horizontal scroll bar"));
    verticalScrollBar()->setAccessibleName(tr("Vertical scroll bar"));

    connect(&m_tab, &Tab::frameChanged, this, &TabView::showDamage);
    connect(&m_tab, &Tab::scrollChanged, this, &TabView::showScrollBars);
    connect(&m_tab, &Tab::loaded, this, [this] { m_mayHideBars = true; });
    connect(&m_tab, &Tab::zoomChanged, this, [this] { m_mayHideBars = true; });
    connect(&m_tab, &Tab::urlChanged, this, [this] {
        m_mayHideBars = true;
        describe();
    });
    connect(&m_tab, &Tab::titleChanged, this, &TabView::describe);
    connect(&m_tab, &Tab::processChanged, this, [this] { viewport()->update(); });
    connect(&m_tab, &Tab::cursorChanged, this, [this](Qt::CursorShape shape) { viewport()->setCursor(shape); });
    connect(&m_tab, &Tab::keyNotConsumed, this, [this](int key, Qt::KeyboardModifiers modifiers) {
        if (key == Qt::Key_Tab && hasFocus())
            leave(!(modifiers & Qt::ShiftModifier));
        else if (key == Qt::Key_Backtab && hasFocus())
            leave(false);
    });
    m_tab.setVisible(false);
    m_tab.setFocused(false);
    m_tab.setDark(isDark(palette()));
    describe();
    showScrollBars();
}

void TabView::presize(QSize size)
{
    if (!isVisible())
        tellView(size);
}

void TabView::describe()
{
    plain::setAccessibleName(this, m_tab.title());
    plain::setAccessibleDescription(this, OutsideText(m_tab.url()));
}

void TabView::paint(const QRegion &region)
{
    QPainter painter(viewport());
    const qreal ratio = viewport()->devicePixelRatioF();
    if (!qFuzzyCompare(ratio, m_toldRatio))
        QMetaObject::invokeMethod(
            this, [this] { tellView(viewport()->size()); }, Qt::QueuedConnection);

    const QImage frame = m_tab.frame();
    QRegion uncovered = region;
    if (!frame.isNull()) {
        const QSize logical = frame.size() / frame.devicePixelRatio();
        uncovered -= QRect(QPoint(), logical);
    }
    const QColor background =
        m_tab.backgroundColor().isValid() ? m_tab.backgroundColor() : palette().color(QPalette::Base);
    for (const QRect &rect : uncovered)
        painter.fillRect(rect, background);
    if (frame.isNull())
        return;
    m_tab.frameShown();

    // The buffer is opaque to the window even where its format has alpha.
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    if (!qFuzzyCompare(frame.devicePixelRatio(), ratio)) {
        painter.drawImage(QPointF(), frame); // between two screens: scaled until the page has painted for this one
        return;
    }
    // In device pixels, where the blit neither scales nor interpolates. The wrapper shares the buffer; setting the
    // ratio of the frame itself would copy it.
    const QImage pixels(frame.constBits(), frame.width(), frame.height(), frame.bytesPerLine(), frame.format());
    painter.scale(1 / ratio, 1 / ratio);
    for (const QRect &rect : region) {
        const QRect source = toDevice(rect, ratio) & pixels.rect();
        if (!source.isEmpty())
            painter.drawImage(source.topLeft(), pixels, source);
    }
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    QRegion device;
    for (const QRect &rect : region)
        device += toDevice(rect, ratio);
    m_tab.paintOverlays(painter, device);
}

void TabView::showDamage(const QRegion &devicePixels)
{
    const qreal ratio = viewport()->devicePixelRatioF();
    QRegion logical;
    for (const QRect &rect : devicePixels)
        logical += toLogical(rect, ratio);
    logical &= viewport()->rect();
    if (logical.isEmpty())
        m_tab.frameShown(); // nothing of it is seen: no paint event will come
    else
        viewport()->update(logical);
    showScrollBars();
}

void TabView::tellView(QSize size)
{
    const qreal ratio = viewport()->devicePixelRatioF();
    const QSize device(qRound(size.width() * ratio), qRound(size.height() * ratio));
    if (device.isEmpty() || (device == m_toldSize && qFuzzyCompare(ratio, m_toldRatio)))
        return;
    m_toldSize = device;
    m_toldRatio = ratio;
    m_tab.setView(device, ratio);
}

void TabView::showScrollBars()
{
    const QSize content = m_tab.contentSize();
    const QSize view = m_tab.viewportSize();
    const QPoint position = m_tab.scrollPosition();
    updateBar(*horizontalScrollBar(), position.x(), content.width(), view.width());
    updateBar(*verticalScrollBar(), position.y(), content.height(), view.height());

    auto policy = [this](Qt::ScrollBarPolicy now, bool needed) {
        if (needed)
            return Qt::ScrollBarAlwaysOn;
        return m_mayHideBars ? Qt::ScrollBarAlwaysOff : now;
    };
    // What the tab says of the content holds for the frame it came with: not while that is of another size.
    if (const QImage frame = m_tab.frame(); !frame.isNull() && frame.size() != m_toldSize)
        return;
    const auto vertical = policy(verticalScrollBarPolicy(), content.height() > view.height());
    const auto horizontal = policy(horizontalScrollBarPolicy(), content.width() > view.width());
    if ((vertical == Qt::ScrollBarAlwaysOn && vertical != verticalScrollBarPolicy()) ||
        (horizontal == Qt::ScrollBarAlwaysOn && horizontal != horizontalScrollBarPolicy()))
        m_mayHideBars = false;
    // Setting what is set would lay everything out again, at every frame.
    if (vertical != verticalScrollBarPolicy())
        setVerticalScrollBarPolicy(vertical);
    if (horizontal != horizontalScrollBarPolicy())
        setHorizontalScrollBarPolicy(horizontal);
}

bool TabView::event(QEvent *event)
{
    if (event->type() == QEvent::Resize)
        m_mayHideBars = true;
    return QAbstractScrollArea::event(event);
}

void TabView::scrollContentsBy(int, int)
{
    m_tab.scrollTo(QPoint(horizontalScrollBar()->value(), verticalScrollBar()->value()));
}

bool TabView::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Paint:
        paint(static_cast<QPaintEvent *>(event)->region());
        return true;
    case QEvent::Resize:
        tellView(viewport()->size());
        return true;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
        mousePressed(*static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseMove:
        m_tab.sendMouseEvent(*static_cast<QMouseEvent *>(event), 0);
        return true;
    case QEvent::MouseButtonRelease: {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton || mouse->button() == Qt::MiddleButton)
            m_tab.sendMouseEvent(*mouse, m_clickCount);
        return true;
    }
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TouchEnd:
    case QEvent::TouchCancel:
        // What is not taken Qt makes mouse events of.
        return touched(*static_cast<QTouchEvent *>(event)) || QAbstractScrollArea::viewportEvent(event);
    case QEvent::Leave:
        m_tab.sendMouseLeave();
        return true;
    case QEvent::Wheel:
        wheelTurned(*static_cast<QWheelEvent *>(event));
        event->accept();
        return true;
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto *drag = static_cast<QDragMoveEvent *>(event);
        drag->setAccepted(drag->mimeData()->hasUrls() && !drag->source());
        if (drag->isAccepted())
            drag->acceptProposedAction();
        return true;
    }
    case QEvent::Drop: {
        auto *drop = static_cast<QDropEvent *>(event);
        if (!drop->mimeData()->hasUrls() || drop->source())
            return true;
        drop->acceptProposedAction();
        Q_EMIT urlsDropped(drop->mimeData()->urls());
        return true;
    }
    default:
        return QAbstractScrollArea::viewportEvent(event);
    }
}

void TabView::mousePressed(const QMouseEvent &event)
{
    setFocus(Qt::MouseFocusReason);
    if (event.button() == Qt::BackButton)
        return Q_EMIT backRequested();
    if (event.button() == Qt::ForwardButton)
        return Q_EMIT forwardRequested();
    if (event.button() != Qt::LeftButton && event.button() != Qt::MiddleButton)
        return;

    // Qt tells double clicks only; a third one selects a paragraph.
    const QPoint at = event.position().toPoint();
    const bool again =
        m_lastPress.isValid() && event.button() == m_lastButton &&
        m_lastPress.elapsed() <= QApplication::doubleClickInterval() &&
        (at - m_lastPressAt).manhattanLength() <= QGuiApplication::styleHints()->mouseDoubleClickDistance();
    m_clickCount = again ? m_clickCount % 3 + 1 : 1;
    m_lastPress.start();
    m_lastPressAt = at;
    m_lastButton = event.button();
    const QMouseEvent press(QEvent::MouseButtonPress, event.position(), event.scenePosition(), event.globalPosition(),
                            event.button(), event.buttons(), event.modifiers(), event.pointingDevice());
    m_tab.sendMouseEvent(press, m_clickCount);
}

void TabView::wheelTurned(const QWheelEvent &event)
{
    if (event.modifiers() & Qt::ControlModifier) {
        m_zoomAngle += event.angleDelta().y();
        for (; m_zoomAngle >= QWheelEvent::DefaultDeltasPerStep; m_zoomAngle -= QWheelEvent::DefaultDeltasPerStep)
            Q_EMIT zoomRequested(ZoomStep::In);
        for (; m_zoomAngle <= -QWheelEvent::DefaultDeltasPerStep; m_zoomAngle += QWheelEvent::DefaultDeltasPerStep)
            Q_EMIT zoomRequested(ZoomStep::Out);
        return;
    }
    m_zoomAngle = 0;
    m_tab.sendWheelEvent(event);
}

bool TabView::focusNextPrevChild(bool next)
{
    // Tab goes through the page's links first; the page says when it is at their end. Without a process nobody would.
    if (!m_leaving && m_tab.rendererPid() > 0)
        return false;
    return QAbstractScrollArea::focusNextPrevChild(next);
}

void TabView::leave(bool forwards)
{
    m_leaving = true;
    focusNextPrevChild(forwards);
    m_leaving = false;
}

void TabView::keyPressEvent(QKeyEvent *event)
{
    m_tab.sendKeyEvent(*event);
    // The window stops loading with it, too.
    event->setAccepted(event->key() != Qt::Key_Escape);
}

void TabView::keyReleaseEvent(QKeyEvent *event)
{
    m_tab.sendKeyEvent(*event);
}

bool TabView::touched(const QTouchEvent &event)
{
    if (event.points().isEmpty() || !m_tab.takesTouch(event.points().first().position()))
        return false;
    if (event.type() == QEvent::TouchBegin)
        setFocus(Qt::MouseFocusReason);
    for (const QEventPoint &point : event.points()) {
        if (point.state() == QEventPoint::Stationary)
            continue;
        const bool ends = point.state() == QEventPoint::Released || event.type() == QEvent::TouchCancel;
        const auto type = ends                                    ? QEvent::TouchEnd
                          : point.state() == QEventPoint::Pressed ? QEvent::TouchBegin
                                                                  : QEvent::TouchUpdate;
        m_tab.sendTouch(type, point.id(), point.position(), event.modifiers());
    }
    return true;
}

void TabView::inputMethodEvent(QInputMethodEvent *event)
{
    if (!event->commitString().isEmpty())
        m_tab.sendText(event->commitString(), Tab::TextState::Finished);
    if (event->commitString().isEmpty() || !event->preeditString().isEmpty())
        m_tab.sendText(event->preeditString(), Tab::TextState::Composing);
    event->accept();
}

QVariant TabView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    // Documents take no text; only plugins may.
    return query == Qt::ImEnabled ? QVariant(m_tab.takesText()) : QAbstractScrollArea::inputMethodQuery(query);
}

void TabView::focusInEvent(QFocusEvent *event)
{
    m_tab.setFocused(true);
    QAbstractScrollArea::focusInEvent(event);
}

void TabView::focusOutEvent(QFocusEvent *event)
{
    m_tab.setFocused(false);
    QAbstractScrollArea::focusOutEvent(event);
}

void TabView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    tellView(viewport()->size());
    m_tab.setVisible(true);
}

void TabView::hideEvent(QHideEvent *event)
{
    m_tab.setVisible(false);
    QAbstractScrollArea::hideEvent(event);
}

void TabView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_tab.setDark(isDark(palette()));
    QAbstractScrollArea::changeEvent(event);
}

void TabView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool fromKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint position = fromKeyboard ? viewport()->rect().center() : event->pos();
    Q_EMIT contextMenuRequested(position, viewport()->mapToGlobal(position));
}

} // namespace bulkhead
