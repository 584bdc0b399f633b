// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QImage>

namespace bulkhead::engine {

/// A picture that a drawing keeps from one painting to the next, unless all kept ones of the thread are too large.
class KeptPicture
{
public:
    static constexpr qsizetype MostBytes = 32 * 1024 * 1024;

    KeptPicture() = default;
    ~KeptPicture() { clear(); }
    Q_DISABLE_COPY_MOVE(KeptPicture)

    const QImage &get() const { return m_image; }
    /// Forgets what it had, and keeps @p image if there is room.
    const QImage &keep(const QImage &image)
    {
        clear();
        if (image.sizeInBytes() + total() <= MostBytes) {
            m_image = image;
            total() += m_image.sizeInBytes();
        }
        return image;
    }
    void clear()
    {
        total() -= m_image.sizeInBytes();
        m_image = {};
    }

private:
    static qsizetype &total()
    {
        thread_local qsizetype bytes = 0;
        return bytes;
    }

    QImage m_image;
};

} // namespace bulkhead::engine
