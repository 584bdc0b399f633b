// SPDX-License-Identifier: BSD-3-Clause
// Shows pictures: fitted into the view at first; a double click or 1 and 0 switch between that and the picture's own
// size,
// + and - zoom, dragging pans. Animations run while they are seen.
#include "plugin_host/plugins/image/picture_tiles.h"

#include <bulkhead/viewer.h>

#include <QTimer>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

class ImageViewer : public bulkhead::Viewer
{
    static constexpr double Step = 1.25;
    static constexpr double Least = 0.01, Most = 64;

    QByteArray m_bytes;
    PictureTiles m_picture;
    bool m_loaded = false;
    std::optional<double> m_zoom; ///< document units per pixel; nothing: fitted into the view

    // Of animations
    std::unique_ptr<QBuffer> m_buffer;
    std::unique_ptr<QImageReader> m_reader;
    QImage m_frame;
    QTimer m_next;

    bool m_dragging = false;
    QPointF m_dragFrom;
    QPoint m_scrollFrom;

    void load(const QByteArray &bytes) override
    {
        m_bytes = bytes;
        if (!m_picture.load(bytes))
            return setError(QStringLiteral("This picture cannot be shown: %1").arg(m_picture.errorString()));
        m_loaded = true;
        const QSize pixels = m_picture.size();
        setTitle(QStringLiteral("%1 (%2 × %3)")
                     .arg(fileName().isEmpty() ? QStringLiteral("Picture") : fileName())
                     .arg(pixels.width())
                     .arg(pixels.height()));
        startAnimation();
        layOut();
    }

    QString text() const override
    {
        return m_loaded ? QStringLiteral("%1, %2 × %3 pixels")
                              .arg(fileName())
                              .arg(m_picture.size().width())
                              .arg(m_picture.size().height())
                        : QString();
    }

    // ---- animation

    void startAnimation()
    {
        m_buffer = std::make_unique<QBuffer>(&m_bytes);
        m_reader = std::make_unique<QImageReader>(m_buffer.get());
        PictureTiles::prepare(*m_reader);
        if (!m_reader->supportsAnimation() || m_reader->imageCount() == 1) {
            m_reader.reset();
            return;
        }
        m_next.setSingleShot(true);
        QObject::connect(&m_next, &QTimer::timeout, [this] { advance(); });
        advance();
    }

    void advance()
    {
        if (!m_reader || !isVisible())
            return;
        QImage next = m_reader->read();
        if (next.isNull()) { // the end: from the beginning
            m_buffer->seek(0);
            m_reader = std::make_unique<QImageReader>(m_buffer.get());
            PictureTiles::prepare(*m_reader);
            next = m_reader->read();
        }
        if (next.isNull())
            return;
        m_frame = next;
        m_next.start(std::max(20, m_reader->nextImageDelay()));
        update(pictureRect().toAlignedRect());
    }

    // ---- geometry, in document units

    double zoom() const
    {
        if (m_zoom)
            return *m_zoom;
        const QSizeF pixels = m_picture.size();
        return std::min({1.0, size().width() / pixels.width(), size().height() / pixels.height()});
    }

    QRectF pictureRect() const
    {
        const QSizeF shown = QSizeF(m_picture.size()) * zoom();
        return {std::max(0.0, (size().width() - shown.width()) / 2),
                std::max(0.0, (size().height() - shown.height()) / 2), shown.width(), shown.height()};
    }

    void layOut()
    {
        if (!m_loaded)
            return;
        const QSizeF shown = pictureRect().size();
        // Fitted pictures never scroll, whatever rounding says.
        setContentSize(m_zoom ? QSize(int(std::ceil(shown.width())), int(std::ceil(shown.height()))) : QSize());
        update();
    }

    void viewChanged() override
    {
        setBackground(QColor::fromRgba(theme().background));
        if (isVisible() && m_reader && !m_next.isActive())
            advance();
        layOut();
    }

    /// Keeps what is at @p point (document units) where it is.
    void setZoom(std::optional<double> zoom, QPointF point)
    {
        const QRectF before = pictureRect();
        const QPointF inPicture((point.x() - before.x()) / before.width(), (point.y() - before.y()) / before.height());
        const QPointF inView = point - QPointF(scrollPosition());
        m_zoom = zoom ? std::optional(std::clamp(*zoom, Least, Most)) : std::nullopt;
        layOut();
        const QRectF now = pictureRect();
        scrollTo((QPointF(now.x() + inPicture.x() * now.width(), now.y() + inPicture.y() * now.height()) - inView)
                     .toPoint());
    }

    // ---- painting

    void paint(QPainter &painter, const QRect &damage) override
    {
        if (!m_loaded)
            return;
        const QRectF whole = pictureRect();
        const QRectF visible = whole & QRectF(damage);
        if (visible.isEmpty())
            return;
        if (!m_frame.isNull()) {
            painter.drawImage(whole, m_frame);
            return;
        }
        const double factor = zoom();
        // Whole pixels, so that parts fit together.
        const QRectF source =
            QRectF(QRectF((visible.topLeft() - whole.topLeft()) / factor, visible.size() / factor).toAlignedRect())
                .adjusted(-1, -1, 1, 1) &
            QRectF(QPointF(), m_picture.size());
        const QRectF target(whole.topLeft() + source.topLeft() * factor, source.size() * factor);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, factor * scale() < 3); // large pixels stay sharp
        m_picture.paint(painter, target, source, factor * scale());
    }

    // Printed as a whole, whatever part of it is seen.
    int pageCount() const override { return m_loaded ? 1 : 0; }
    QRect pageArea(int) const override { return {QPoint(), m_picture.size()}; }
    void paintPage(QPainter &painter, int) override
    {
        const QRectF whole(QPointF(), m_picture.size());
        if (m_frame.isNull())
            m_picture.paint(painter, whole, whole, painter.transform().m11());
        else
            painter.drawImage(whole, m_frame);
    }

    // ---- input

    bool input(const bulkhead_input &event) override
    {
        const QPointF at(event.x, event.y);
        switch (event.type) {
        case BULKHEAD_MOUSE_PRESS:
            if (event.button != BULKHEAD_LEFT)
                return false;
            if (event.clicks == 2) {
                setZoom(m_zoom ? std::nullopt : std::optional(1.0), at);
                return true;
            }
            m_dragging = true;
            m_dragFrom = {event.view_x, event.view_y};
            m_scrollFrom = scrollPosition();
            setCursor(Qt::ClosedHandCursor);
            return true;
        case BULKHEAD_MOUSE_MOVE:
            if (!m_dragging)
                return false;
            scrollTo((QPointF(m_scrollFrom) + (m_dragFrom - QPointF(event.view_x, event.view_y)) / scale()).toPoint());
            return true;
        case BULKHEAD_MOUSE_RELEASE:
            if (!m_dragging)
                return false;
            m_dragging = false;
            setCursor(Qt::ArrowCursor);
            return true;
        case BULKHEAD_KEY_PRESS:
            return m_loaded && key(int(event.key));
        default:
            return false;
        }
    }

    bool key(int key)
    {
        const QPointF middle = QPointF(scrollPosition()) + QPointF(size().width(), size().height()) / 2;
        switch (key) {
        case Qt::Key_Plus:
            setZoom(zoom() * Step, middle);
            return true;
        case Qt::Key_Minus:
            setZoom(zoom() / Step, middle);
            return true;
        case Qt::Key_1:
            setZoom(1.0, middle);
            return true;
        case Qt::Key_0:
            setZoom({}, middle);
            return true;
        case Qt::Key_C:
            copy(QStringLiteral("%1 × %2").arg(m_picture.size().width()).arg(m_picture.size().height()));
            return true;
        default:
            return false;
        }
    }

    // ---- what is kept

    QByteArray saveState() const override { return m_zoom ? QByteArray::number(*m_zoom) : QByteArray(); }
    void restoreState(const QByteArray &state) override
    {
        if (const double zoom = state.toDouble(); zoom > 0)
            m_zoom = std::clamp(zoom, Least, Most);
    }
};

BULKHEAD_PLUGIN(ImageViewer)
