// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/vector_picture.h"

namespace bulkhead {

namespace {

// CSS's size of what has no size of its own: https://www.w3.org/TR/css-images-3/#default-sizing
constexpr QSize defaultSize(300, 150);
constexpr int greatestExtent = 30'000;
constexpr qint64 keptPixels = 16LL * 1024 * 1024;

} // namespace

std::unique_ptr<VectorPicture> VectorPicture::create(const QByteArray &bytes)
{
    auto picture = std::make_unique<VectorPicture>();
    if (!picture->m_renderer.load(bytes)) {
        return nullptr;
    }
    picture->m_renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    const QSize size = picture->m_renderer.defaultSize();
    picture->m_size = size.isEmpty() ? defaultSize : size.boundedTo(QSize(greatestExtent, greatestExtent));
    connect(&picture->m_renderer, &QSvgRenderer::repaintNeeded, picture.get(), [raw = picture.get()] {
        raw->m_rendering = QImage();
        Q_EMIT raw->changed();
    });
    return picture;
}

QSize VectorPicture::size() const
{
    return m_size;
}

bool VectorPicture::isOpaque() const
{
    return false;
}

void VectorPicture::paint(QPainter &painter, const QRect &target, qreal scale)
{
    const QSize wanted = (QSizeF(target.size()) * scale).toSize();
    if (qint64(wanted.width()) * wanted.height() > keptPixels) {
        m_rendering = QImage();
        painter.setRenderHint(QPainter::Antialiasing);
        m_renderer.render(&painter, target);
        return;
    }
    if (m_rendering.size() != wanted) {
        m_rendering = rendered(wanted);
    }
    painter.drawImage(target, m_rendering);
}

QImage VectorPicture::icon(int extent)
{
    return rendered(m_size.scaled(extent, extent, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
}

QImage VectorPicture::rendered(QSize size)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull()) {
        return image;
    }
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    m_renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(size)));
    return image;
}

} // namespace bulkhead
