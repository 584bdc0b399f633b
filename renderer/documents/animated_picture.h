// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/documents/picture.h"

#include <QBuffer>
#include <QImageReader>
#include <QTimer>

namespace bulkhead {

/// An animated GIF or WebP. Frames are decoded one by one as they are shown, so that a long animation costs the memory
/// of one frame. Not QMovie: that one obeys delays of zero, which many files carry and which would keep the thread
/// busy; here such frames last a tenth of a second, as browsers agree.
class AnimatedPicture : public Picture
{
public:
    /// Nothing when not even two frames can be decoded: not an animation then.
    static std::unique_ptr<AnimatedPicture> create(const QByteArray &bytes);

    QSize size() const override;
    bool isOpaque() const override;
    void paint(QPainter &painter, const QRect &target, qreal scale) override;
    QImage icon(int extent) override;

private:
    explicit AnimatedPicture(const QByteArray &bytes);
    void rewind();
    bool readFrame();
    void advance();

    QBuffer m_bytes;
    std::unique_ptr<QImageReader> m_reader;
    QImage m_frame;
    QTimer m_timer;
    int m_remainingLoops = 0; ///< -1: for ever
};

} // namespace bulkhead
