// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/documents/picture.h"

#include <QSvgRenderer>

namespace bulkhead {

/// An SVG drawing, rendered anew for every size: crisp at every zoom. A rendering of ordinary size is kept.
class VectorPicture : public Picture
{
public:
    /// Nothing when the bytes are no drawing.
    static std::unique_ptr<VectorPicture> create(const QByteArray &bytes);

    QSize size() const override;
    bool isOpaque() const override;
    void paint(QPainter &painter, const QRect &target, qreal scale) override;
    QImage icon(int extent) override;

private:
    QImage rendered(QSize size);

    QSvgRenderer m_renderer;
    QSize m_size;
    QImage m_rendering;
};

} // namespace bulkhead
