// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/still_picture.h"

#include <utility>

namespace bulkhead {

namespace {

/// In place where the formats are of one size: large pictures must not be held twice.
QImage inDrawableFormat(QImage image)
{
    image.convertTo(image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    return image;
}

} // namespace

StillPicture::StillPicture(QImage image, QSize size)
    : m_image(inDrawableFormat(std::move(image))), m_size(size.isEmpty() ? m_image.size() : size)
{
}

QSize StillPicture::size() const
{
    return m_size;
}

bool StillPicture::isOpaque() const
{
    return !m_image.hasAlphaChannel();
}

void StillPicture::paint(QPainter &painter, const QRect &target, qreal scale)
{
    const QSize wanted = (QSizeF(target.size()) * scale).toSize();
    if (wanted.width() < m_image.width() && wanted.height() < m_image.height() && !wanted.isEmpty()) {
        if (m_shrunken.size() != wanted) {
            m_shrunken = m_image.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        }
        painter.drawImage(target, m_shrunken);
        return;
    }
    // Several times enlarged, pixels are what one wants to see.
    painter.setRenderHint(QPainter::SmoothPixmapTransform, wanted.width() < 3 * m_image.width());
    painter.drawImage(target, m_image);
}

QImage StillPicture::icon(int extent)
{
    return m_image.scaled(extent, extent, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

} // namespace bulkhead
