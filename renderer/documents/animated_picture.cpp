// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/animated_picture.h"

namespace bulkhead {

namespace {

constexpr int shortestDelayMs = 20;
constexpr int delayInsteadMs = 100;

} // namespace

std::unique_ptr<AnimatedPicture> AnimatedPicture::create(const QByteArray &bytes)
{
    std::unique_ptr<AnimatedPicture> picture(new AnimatedPicture(bytes));
    if (!picture->readFrame() || !picture->readFrame()) {
        return nullptr;
    }
    picture->rewind();
    picture->m_remainingLoops = picture->m_reader->loopCount();
    if (!picture->readFrame()) {
        return nullptr;
    }
    picture->m_timer.start(picture->m_timer.interval());
    return picture;
}

AnimatedPicture::AnimatedPicture(const QByteArray &bytes)
{
    m_bytes.setData(bytes);
    m_bytes.open(QIODevice::ReadOnly);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { advance(); });
    rewind();
}

void AnimatedPicture::rewind()
{
    m_bytes.seek(0);
    m_reader = std::make_unique<QImageReader>(&m_bytes);
    m_reader->setDecideFormatFromContent(true);
}

bool AnimatedPicture::readFrame()
{
    QImage frame = m_reader->read();
    if (frame.isNull()) {
        return false;
    }
    m_frame = std::move(frame);
    const int delay = m_reader->nextImageDelay();
    m_timer.setInterval(delay < shortestDelayMs ? delayInsteadMs : delay);
    return true;
}

void AnimatedPicture::advance()
{
    if (!readFrame()) {
        if (m_remainingLoops == 0) {
            return;
        }
        m_remainingLoops -= m_remainingLoops > 0 ? 1 : 0;
        rewind();
        if (!readFrame()) {
            return;
        }
    }
    m_timer.start(m_timer.interval());
    Q_EMIT changed();
}

QSize AnimatedPicture::size() const
{
    return m_frame.size();
}

bool AnimatedPicture::isOpaque() const
{
    return !m_frame.hasAlphaChannel();
}

void AnimatedPicture::paint(QPainter &painter, const QRect &target, qreal)
{
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(target, m_frame);
}

QImage AnimatedPicture::icon(int extent)
{
    return m_frame.scaled(extent, extent, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

} // namespace bulkhead
