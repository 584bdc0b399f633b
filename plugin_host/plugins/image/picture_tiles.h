// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QBuffer>
#include <QByteArray>
#include <QCache>
#include <QImage>
#include <QImageReader>
#include <QPainter>

/// A still picture that may be far too large to be in memory at once: small ones are decoded, of large ones an overview
/// and, as they come into view, tiles. Halved copies serve for views from further away.
class PictureTiles
{
public:
    static constexpr qint64 MostPixels = 40'000'000; ///< decoded whole; 160 MB
    static constexpr int TileEdge = 1024;            ///< pixels of the picture
    static constexpr int OverviewEdge = 2048;

    /// False, with the reason in errorString(), when it cannot be decoded.
    bool load(const QByteArray &bytes)
    {
        m_bytes = bytes;
        QBuffer buffer(&m_bytes);
        QImageReader reader(&buffer);
        prepare(reader);
        m_size = reader.size();
        // Tiles are cut before the picture is turned, so turned ones are decoded whole.
        m_isTiled = qint64(m_size.width()) * m_size.height() > MostPixels &&
                    reader.supportsOption(QImageIOHandler::ClipRect) &&
                    reader.transformation() == QImageIOHandler::TransformationNone;
        if (m_isTiled)
            reader.setScaledSize(m_size.scaled(OverviewEdge, OverviewEdge, Qt::KeepAspectRatio));
        const QImage decoded = reader.read();
        m_error = decoded.isNull() ? reader.errorString() : QString();
        if (decoded.isNull())
            return false;
        if (!m_isTiled)
            m_size = decoded.size();
        m_levels = {decoded.convertToFormat(QImage::Format_ARGB32_Premultiplied)};
        m_tiles.setMaxCost(64); // 256 MB
        return true;
    }

    QString errorString() const { return m_error; }
    QSize size() const { return m_size; }
    bool isTiled() const { return m_isTiled; }

    /// Paints the part of the picture inside @p source (its pixels) into @p target.
    void paint(QPainter &painter, const QRectF &target, const QRectF &source, qreal devicePixelsPerPixel)
    {
        const qreal overview = qreal(m_levels.first().width()) / m_size.width();
        if (m_isTiled && devicePixelsPerPixel > overview * 1.5)
            return paintTiles(painter, target, source);
        // From the smallest copy that still has enough pixels.
        qsizetype level = 0;
        while (level < 8 && devicePixelsPerPixel < qreal(halved(level).width()) / m_size.width() / 2)
            ++level;
        const QImage &image = halved(level);
        const qreal x = qreal(image.width()) / m_size.width();
        const qreal y = qreal(image.height()) / m_size.height();
        painter.drawImage(target, image,
                          QRectF(source.x() * x, source.y() * y, source.width() * x, source.height() * y));
    }

    static void prepare(QImageReader &reader)
    {
        reader.setAutoTransform(true); // EXIF orientation
        reader.setAllocationLimit(600);
        reader.setDecideFormatFromContent(true);
    }

private:
    const QImage &halved(qsizetype level)
    {
        while (m_levels.size() <= level) {
            const QImage &last = m_levels.last();
            m_levels.append(last.scaled(qMax(1, last.width() / 2), qMax(1, last.height() / 2), Qt::IgnoreAspectRatio,
                                        Qt::SmoothTransformation));
        }
        return m_levels[level];
    }

    void paintTiles(QPainter &painter, const QRectF &target, const QRectF &source)
    {
        const qreal x = target.width() / source.width();
        const qreal y = target.height() / source.height();
        const QRect pixels = source.toAlignedRect() & QRect(QPoint(), m_size);
        for (int row = pixels.top() / TileEdge; row <= pixels.bottom() / TileEdge; ++row) {
            for (int column = pixels.left() / TileEdge; column <= pixels.right() / TileEdge; ++column) {
                const QRect area =
                    QRect(column * TileEdge, row * TileEdge, TileEdge, TileEdge) & QRect(QPoint(), m_size);
                const QRectF place(target.x() + (area.x() - source.x()) * x, target.y() + (area.y() - source.y()) * y,
                                   area.width() * x, area.height() * y);
                painter.drawImage(place, tile(column, row, area), QRectF(QPointF(), area.size()));
            }
        }
    }

    QImage tile(int column, int row, const QRect &area)
    {
        const qint64 key = qint64(row) << 32 | column;
        if (const QImage *known = m_tiles.object(key))
            return *known;
        QBuffer buffer(&m_bytes);
        QImageReader reader(&buffer);
        prepare(reader);
        reader.setClipRect(area);
        const QImage image = reader.read().convertToFormat(QImage::Format_ARGB32_Premultiplied);
        m_tiles.insert(key, new QImage(image));
        return image;
    }

    QByteArray m_bytes;
    QSize m_size;
    bool m_isTiled = false;
    QString m_error;
    QList<QImage> m_levels; ///< the whole picture, or its overview, then halved again and again
    QCache<qint64, QImage> m_tiles;
};
