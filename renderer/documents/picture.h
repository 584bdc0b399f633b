// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QImage>
#include <QObject>
#include <QPainter>
#include <QSize>

#include <tl/expected.hpp>

#include <memory>

namespace bulkhead {

/// A decoded picture of an image document: a still, an animation or a vector graphic. Lives on the main thread.
class Picture : public QObject
{
    Q_OBJECT
public:
    /// More than this many pixels are not held: JPEG and other formats that can are decoded smaller, the rest is
    /// refused. 64 million pixels are 256 MiB.
    static constexpr qint64 maximumPixels = 64LL * 1024 * 1024;

    /// @p mimeType chooses between vector and raster; raster formats are told by their content. The error is a
    /// sentence for the reader.
    static tl::expected<std::unique_ptr<Picture>, QString> decode(const QByteArray &bytes, const QString &mimeType);

    /// The picture's own size in pixels, upright (as its EXIF orientation says).
    virtual QSize size() const = 0;
    virtual bool isOpaque() const = 0;

    /// Paints the whole picture into @p target; the painter is clipped to what is needed.
    /// @p scale is device pixels per unit of @p target.
    virtual void paint(QPainter &painter, const QRect &target, qreal scale) = 0;

    /// A small image of it, for the tab.
    virtual QImage icon(int extent) = 0;

Q_SIGNALS:
    /// An animation shows its next frame.
    void changed();
};

} // namespace bulkhead
