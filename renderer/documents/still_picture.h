// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/documents/picture.h"

namespace bulkhead {

/// One bitmap. Shrinking it smoothly is dear, so the shrunken bitmap is kept for as long as the size stays.
class StillPicture : public Picture
{
public:
    /// @p size is the picture's own size where @p image was decoded smaller.
    StillPicture(QImage image, QSize size);

    QSize size() const override;
    bool isOpaque() const override;
    void paint(QPainter &painter, const QRect &target, qreal scale) override;
    QImage icon(int extent) override;

private:
    QImage m_image;
    QSize m_size;
    QImage m_shrunken;
};

} // namespace bulkhead
