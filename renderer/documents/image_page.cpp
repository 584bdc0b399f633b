// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/image_page.h"

#include "ipc/text/amounts.h"

#include <QCoreApplication>

#include <utility>

namespace bulkhead {

namespace {

constexpr int iconExtent = 32;
constexpr int checkExtent = 8;

/// Shows where a picture is transparent.
QBrush checkerboard(ColorScheme scheme)
{
    const bool dark = scheme == ColorScheme::Dark;
    QImage tile(2 * checkExtent, 2 * checkExtent, QImage::Format_RGB32);
    tile.fill(dark ? QColor(0x3a, 0x3e, 0x45) : QColor(0xff, 0xff, 0xff));
    QPainter painter(&tile);
    const QColor odd = dark ? QColor(0x33, 0x37, 0x3d) : QColor(0xf1, 0xf2, 0xf4);
    painter.fillRect(0, 0, checkExtent, checkExtent, odd);
    painter.fillRect(checkExtent, checkExtent, checkExtent, checkExtent, odd);
    return QBrush(tile);
}

} // namespace

ImagePage::ImagePage(const DocumentHead &head, PageClient &client)
    : m_client(client), m_scheme(colorSchemeOf(head)), m_url(head.url), m_mimeType(head.mimeType)
{
}

void ImagePage::append(QByteArrayView bytes)
{
    m_tooLong = m_tooLong || bytes.size() > maximumBytes - m_bytes.size();
    if (m_tooLong) {
        m_bytes.clear();
    } else {
        m_bytes.append(bytes);
    }
}

void ImagePage::finish()
{
    if (m_tooLong) {
        m_sentence = QCoreApplication::translate("ImagePage", "This picture is too large to be shown: more than %1.")
                         .arg(bytesText(maximumBytes, BytesIn::Exact));
    } else if (auto picture = Picture::decode(m_bytes, m_mimeType)) {
        showPicture(std::move(*picture));
    } else {
        m_sentence = picture.error();
    }
    m_bytes = {};
    if (!m_picture) {
        m_client.titleChanged(m_url.fileName());
    }
    m_client.contentSizeChanged();
    m_client.invalidateAll();
    m_client.loadFinished();
}

void ImagePage::showPicture(std::unique_ptr<Picture> picture)
{
    m_picture = std::move(picture);
    QObject::connect(m_picture.get(), &Picture::changed, m_picture.get(),
                     [this] { m_client.invalidate(pictureRect()); });
    const QSize size = m_picture->size();
    m_client.titleChanged(QCoreApplication::translate("ImagePage", "%1 (%2 \u00d7 %3)", "file name, width, height")
                              .arg(m_url.fileName(), QString::number(size.width()), QString::number(size.height())));
    m_client.iconChanged(m_picture->icon(iconExtent));
}

void ImagePage::setViewport(QSize size, qreal scale)
{
    if (size == m_viewport && scale == m_scale) {
        return;
    }
    m_viewport = size;
    m_scale = scale;
    m_client.contentSizeChanged();
    m_client.invalidateAll();
}

QSize ImagePage::fittedSize() const
{
    const QSize size = m_picture->size();
    if (size.width() <= m_viewport.width() && size.height() <= m_viewport.height()) {
        return size;
    }
    return size.scaled(m_viewport, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
}

QSize ImagePage::shownSize() const
{
    return m_fit == Fit::ToViewport ? fittedSize() : m_picture->size();
}

QRect ImagePage::pictureRect() const
{
    const QSize size = shownSize();
    const QSize content = contentSize();
    return QRect(QPoint((content.width() - size.width()) / 2, (content.height() - size.height()) / 2), size);
}

QSize ImagePage::contentSize() const
{
    return m_picture ? m_viewport.expandedTo(shownSize()) : m_viewport;
}

QColor ImagePage::backgroundColor() const
{
    return m_scheme == ColorScheme::Dark ? QColor(0x17, 0x19, 0x1d) : QColor(0xe6, 0xe8, 0xeb);
}

void ImagePage::paint(QPainter &painter, const QRect &)
{
    if (!m_picture) {
        paintSentence(painter);
        return;
    }
    const QRect rect = pictureRect();
    if (!m_picture->isOpaque()) {
        painter.setBrushOrigin(rect.topLeft());
        painter.fillRect(rect, checkerboard(m_scheme));
    }
    m_picture->paint(painter, rect, m_scale);
}

void ImagePage::paintSentence(QPainter &painter) const
{
    const DocumentColors &colors = documentColors(m_scheme);
    QFont font(QStringLiteral("sans-serif"));
    font.setPixelSize(17);
    painter.setFont(font);
    painter.setPen(colors.muted);
    painter.drawText(QRect(QPoint(0, 0), m_viewport).adjusted(32, 32, -32, -32), Qt::AlignCenter | Qt::TextWordWrap,
                     m_sentence);
}

bool ImagePage::canToggle() const
{
    return m_picture && fittedSize() != m_picture->size();
}

HitResult ImagePage::hitTest(QPoint point)
{
    HitResult hit;
    if (m_picture && pictureRect().contains(point)) {
        hit.image = m_url;
    }
    return hit;
}

void ImagePage::mousePress(const PageMouseEvent &event)
{
    m_pressed = event.button == Qt::LeftButton;
}

void ImagePage::mouseMove(const PageMouseEvent &event)
{
    const bool over = canToggle() && pictureRect().contains(event.position);
    m_client.cursorChanged(over ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ImagePage::mouseRelease(const PageMouseEvent &event)
{
    if (std::exchange(m_pressed, false) && event.button == Qt::LeftButton && canToggle() &&
        pictureRect().contains(event.position)) {
        toggleFit(event.position);
    }
}

void ImagePage::toggleFit(QPoint clicked)
{
    const QRect before = pictureRect();
    m_fit = m_fit == Fit::ToViewport ? Fit::OwnSize : Fit::ToViewport;
    const QRect after = pictureRect();
    m_client.contentSizeChanged();
    m_client.invalidateAll();
    const QPoint offset = clicked - before.topLeft();
    const QPoint spot(after.left() + int(qint64(offset.x()) * after.width() / before.width()),
                      after.top() + int(qint64(offset.y()) * after.height() / before.height()));
    QRect view(QPoint(0, 0), m_viewport);
    view.moveCenter(spot);
    m_client.scrollIntoView(view.intersected(QRect(QPoint(0, 0), contentSize())));
}

QString ImagePage::text() const
{
    return m_sentence;
}

} // namespace bulkhead
