// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/resources/icon_loader.h"

#include "renderer/resources/inline_data.h"
#include "renderer/resources/page_image.h"

#include <QBuffer>
#include <QImageReader>

#include <algorithm>
#include <cstdlib>

namespace bulkhead {

namespace {

constexpr int iconSize = 32;

// Icon files hold several sizes; the smallest that need not be enlarged, else the largest.
void seekBestSize(QImageReader &reader)
{
    int best = 0;
    int bestWidth = 0;
    const int count = std::min(reader.imageCount(), 32);
    for (int i = 0; i < count; ++i) {
        if (!reader.jumpToImage(i))
            break;
        const int width = reader.size().width();
        const bool better = bestWidth < iconSize ? width > bestWidth : width >= iconSize && width < bestWidth;
        if (better) {
            best = i;
            bestWidth = width;
        }
    }
    if (count > 1)
        reader.jumpToImage(best);
}

} // namespace

QImage decodeIcon(const QByteArray &data, const QString &mimeType)
{
    QImage icon;
    QBuffer buffer;
    buffer.setData(data);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    const bool drawing = reader.format() == "svg" || mimeType.startsWith(u"image/svg");
    if (!drawing && reader.canRead()) {
        seekBestSize(reader);
        const QSize size = reader.size();
        if (size.isEmpty() || size.width() > 2048 || size.height() > 2048)
            return {};
        icon = reader.read();
    } else {
        PageImage image(QUrl(), std::make_shared<ImageBudget>());
        image.load(data, mimeType);
        if (image.state() != PageImage::State::Ready)
            return {};
        icon = QImage(image.size().scaled(iconSize, iconSize, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)),
                      QImage::Format_ARGB32_Premultiplied);
        icon.fill(Qt::transparent);
        QPainter painter(&icon);
        image.draw(painter, QRectF(QPointF(), icon.size()));
    }
    if (icon.width() > iconSize || icon.height() > iconSize)
        icon = icon.scaled(iconSize, iconSize, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return icon;
}

IconLoader::~IconLoader()
{
    if (m_pending)
        m_client.cancel(*m_pending);
}

void IconLoader::start(QList<QUrl> candidates)
{
    m_candidates = std::move(candidates);
    tryNext();
}

void IconLoader::tryNext()
{
    while (!m_candidates.isEmpty()) {
        const QUrl url = m_candidates.takeFirst();
        if (url.scheme() != u"data") {
            m_pending = m_client.fetch(url, ResourceKind::Icon, [this](std::optional<Resource> resource) {
                m_pending.reset();
                const QImage icon = resource ? decodeIcon(resource->data, resource->mimeType) : QImage();
                if (icon.isNull())
                    tryNext();
                else
                    m_client.iconChanged(icon);
            });
            return;
        }
        const auto data = decodeInlineData(url.toEncoded());
        const QImage icon = data ? decodeIcon(data->data, data->mimeType) : QImage();
        if (!icon.isNull()) {
            m_client.iconChanged(icon);
            return;
        }
    }
}

} // namespace bulkhead
