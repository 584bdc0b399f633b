// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/picture.h"

#include "renderer/documents/animated_picture.h"
#include "renderer/documents/still_picture.h"
#include "renderer/documents/vector_picture.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>

namespace bulkhead {

namespace {

constexpr int allocationLimitMiB = int(Picture::maximumPixels * 4 / (1024 * 1024)) + 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("Picture", text);
}

/// libjpeg decodes directly in eighths of the size; anything between would be decoded larger first.
QSize reducedSize(QSize size)
{
    for (int eighths = 7; eighths > 1; --eighths) {
        const qint64 width = (qint64(size.width()) * eighths + 7) / 8;
        const qint64 height = (qint64(size.height()) * eighths + 7) / 8;
        if (width * height <= Picture::maximumPixels) {
            return {int(width), int(height)};
        }
    }
    return (size + QSize(7, 7)) / 8;
}

/// Icon files hold one picture in several sizes.
void jumpToLargest(QImageReader &reader)
{
    if (reader.supportsAnimation() || reader.imageCount() < 2) {
        return;
    }
    int largest = 0;
    int largestWidth = 0;
    for (int i = 0; i < qMin(reader.imageCount(), 64); ++i) {
        if (reader.jumpToImage(i) && reader.size().width() > largestWidth) {
            largest = i;
            largestWidth = reader.size().width();
        }
    }
    reader.jumpToImage(largest);
}

QString sentenceFor(const QImageReader &reader, QSize size)
{
    if (reader.error() == QImageReader::UnsupportedFormatError) {
        return tr("This picture is of a kind that cannot be shown, or it is not a picture at all.");
    }
    if (qint64(size.width()) * size.height() > Picture::maximumPixels) {
        return tr("This picture is too large to be shown: %L1 \u00d7 %L2 pixels.").arg(size.width()).arg(size.height());
    }
    return tr("This picture cannot be shown: the file is damaged or incomplete.");
}

tl::expected<std::unique_ptr<Picture>, QString> decodeRaster(const QByteArray &bytes)
{
    QImageReader::setAllocationLimit(allocationLimitMiB);
    QBuffer buffer;
    buffer.setData(bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    if (reader.supportsAnimation() && reader.imageCount() != 1) {
        if (auto animation = AnimatedPicture::create(bytes)) {
            return animation;
        }
    }
    jumpToLargest(reader);
    const QSize size = reader.size();
    const qint64 pixels = qint64(size.width()) * size.height();
    if (pixels > Picture::maximumPixels && reader.supportsOption(QImageIOHandler::ScaledSize)) {
        reader.setScaledSize(reducedSize(size));
    }
    QImage image = reader.read();
    if (image.isNull()) {
        return tl::unexpected(sentenceFor(reader, size));
    }
    const bool turned = reader.transformation().testFlag(QImageIOHandler::TransformationRotate90);
    return std::make_unique<StillPicture>(std::move(image), turned ? size.transposed() : size);
}

} // namespace

tl::expected<std::unique_ptr<Picture>, QString> Picture::decode(const QByteArray &bytes, const QString &mimeType)
{
    if (bytes.isEmpty()) {
        return tl::unexpected(tr("This picture is empty: not one byte of it arrived."));
    }
    if (mimeType.startsWith(u"image/svg")) {
        if (auto vector = VectorPicture::create(bytes)) {
            return vector;
        }
        return tl::unexpected(tr("This drawing cannot be shown: it is not a well-formed SVG document."));
    }
    return decodeRaster(bytes);
}

} // namespace bulkhead
