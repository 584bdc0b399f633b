// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/page.h"

#include <QList>
#include <QPainter>
#include <QRegion>

namespace bulkhead {

/// Records what a page tells its surroundings. Fetches nothing.
class FakePageClient final : public PageClient
{
public:
    FetchId fetch(const QUrl &, ResourceKind, std::function<void(std::optional<Resource>)>) override
    {
        return ++fetches;
    }
    void cancel(FetchId) override {}
    void invalidate(const QRect &rect) override { damage += rect; }
    void invalidateAll() override { ++fullDamages; }
    void contentSizeChanged() override { ++sizeChanges; }
    void titleChanged(const QString &text) override { title = text; }
    void iconChanged(const QImage &image) override { icon = image; }
    void hoveredLinkChanged(const QUrl &) override {}
    void cursorChanged(Qt::CursorShape shape) override { cursor = shape; }
    void selectionChanged(bool hasSelection) override { selections.append(hasSelection); }
    void navigationRequested(const QUrl &, Disposition) override {}
    void scrollIntoView(const QRect &rect) override { scrolledTo = rect; }
    void loadProgress(double) override {}
    void loadFinished() override { ++loads; }

    FetchId fetches = 0;
    QRegion damage;
    int fullDamages = 0;
    int sizeChanges = 0;
    QString title;
    QImage icon;
    Qt::CursorShape cursor = Qt::ArrowCursor;
    QList<bool> selections;
    QRect scrolledTo;
    int loads = 0;
};

/// What the viewport shows when it is scrolled to @p at.
inline QImage grab(Page &page, QPoint at, QSize viewport, qreal scale = 1)
{
    QImage image((QSizeF(viewport) * scale).toSize(), QImage::Format_RGB32);
    image.fill(page.backgroundColor());
    QPainter painter(&image);
    painter.scale(scale, scale);
    painter.translate(-at);
    const QRect damage(at, viewport);
    painter.setClipRect(damage);
    page.paint(painter, damage);
    return image;
}

inline bool isBlank(const QImage &image)
{
    const QRgb first = image.pixel(0, 0);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != first) {
                return false;
            }
        }
    }
    return true;
}

} // namespace bulkhead
