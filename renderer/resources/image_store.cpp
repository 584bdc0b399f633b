// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/resources/image_store.h"

#include "renderer/resources/inline_data.h"

#include <QCryptographicHash>

namespace bulkhead {

ImageStore::ImageStore(PageClient &client, std::function<void(PageImage &)> changed)
    : m_client(client), m_changed(std::move(changed)), m_refused(std::make_shared<PageImage>(QUrl(), m_budget))
{
    m_refused->fail();
}

ImageStore::~ImageStore()
{
    for (FetchId id : m_pending)
        m_client.cancel(id);
}

std::shared_ptr<PageImage> ImageStore::request(const QUrl &url)
{
    if (const auto found = m_images.constFind(url); found != m_images.cend())
        return *found;
    if (!url.isValid() || url.isEmpty() || m_images.size() >= maxImages)
        return m_refused;
    auto image = std::make_shared<PageImage>(url, m_budget);
    m_images.insert(url, image);
    if (url.scheme() == u"bulkhead-data" || url.scheme() == u"data") {
        const auto index = std::size_t(url.path().toUInt());
        const bool taken = url.scheme() == u"bulkhead-data";
        const QByteArray encoded = !taken                      ? url.toEncoded()
                                   : index < m_dataUrls.size() ? m_dataUrls[index]
                                                               : QByteArray();
        if (const auto data = decodeInlineData(encoded))
            image->load(data->data, data->mimeType);
        else
            image->fail();
        return image;
    }
    ++m_started;
    // The identifier is known only after fetch() returned, which is before its answer comes.
    auto id = std::make_shared<FetchId>();
    *id = m_client.fetch(url, ResourceKind::Image, [this, image, id](std::optional<Resource> resource) {
        m_pending.erase(*id);
        if (resource)
            image->load(resource->data, resource->mimeType);
        else
            image->fail();
        m_changed(*image);
    });
    m_pending.insert(*id);
    return image;
}

QUrl ImageStore::addDataUrl(const QByteArray &url)
{
    QUrl &known = m_addedDataUrls[QCryptographicHash::hash(url, QCryptographicHash::Sha1)];
    if (known.isEmpty()) {
        known = QUrl(QStringLiteral("bulkhead-data:%1").arg(m_dataUrls.size()));
        m_dataUrls.push_back(url);
    }
    return known;
}

} // namespace bulkhead
