// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <QPainter>
#include <QSvgRenderer>
#include <QUrl>

#include <memory>
#include <optional>
#include <utility>

namespace bulkhead {

/// Decoded pixels that the images of one document may hold together.
struct ImageBudget
{
    static constexpr qint64 perImage = 32'000'000;
    qint64 left = 64'000'000;
};

/// An image of a document: fetched, then decoded or refused, then drawn in any size. Main thread.
class PageImage
{
public:
    enum class State { Loading, Ready, Failed };

    PageImage(QUrl url, std::shared_ptr<ImageBudget> budget);
    ~PageImage();
    Q_DISABLE_COPY_MOVE(PageImage)

    const QUrl &url() const { return m_url; }
    State state() const { return m_state; }
    /// CSS pixels; empty unless Ready.
    QSize size() const { return m_size; }
    /// What a drawing does not say of its size is missing: width, height, and width over height.
    struct NaturalSize
    {
        std::optional<double> width, height, ratio;
        bool hasViewBox = false;
        bool isStretched = false; ///< preserveAspectRatio="none"
    };
    const NaturalSize &naturalSize() const { return m_natural; }

    /// Decodes, or fails: unknown format, broken data, more pixels than the budget allows.
    void load(const QByteArray &data, const QString &mimeType);
    void fail() { m_state = State::Failed; }

    void draw(QPainter &painter, const QRectF &target) const;
    /// The current frame, as fine as a place of @p pixels needs: a drawing in exactly that size, anything else as it is
    /// or smaller, but not below @p pixels. Null unless Ready. @p scale is device pixels per CSS pixel.
    QImage picture(QSize pixels, double scale) const;
    bool isAnimated() const { return m_reader != nullptr; }
    /// Milliseconds that the current frame wants to be seen.
    int frameDelay() const;
    /// Shows the next frame; false after the last one.
    bool advance();
    /// Set by draw(): someone saw the current frame.
    bool takeShown() const { return std::exchange(m_shown, false); }

private:
    bool loadSvg(const QByteArray &data);
    bool loadRaster(const QByteArray &data);
    bool reserve(QSize size);
    bool restart();

    const QUrl m_url;
    const std::shared_ptr<ImageBudget> m_budget;
    qint64 m_reserved = 0;
    State m_state = State::Loading;
    QSize m_size;
    NaturalSize m_natural;
    QImage m_image;
    std::unique_ptr<QSvgRenderer> m_svg;
    // Animations keep their bytes and decode frame by frame.
    QByteArray m_bytes;
    std::unique_ptr<QBuffer> m_buffer;
    std::unique_ptr<QImageReader> m_reader;
    int m_loopsLeft = -1;
    mutable QImage m_scaled; // as last drawn, when that is smaller than the original or it is a drawing
    mutable bool m_shown = false;
};

} // namespace bulkhead
