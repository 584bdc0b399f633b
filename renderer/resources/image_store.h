// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/page_client.h"
#include "renderer/resources/page_image.h"

#include <QHash>

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace bulkhead {

/// The images of one document: fetched once per URL, decoded within the document's budget.
class ImageStore
{
public:
    /// @p changed is called for each image that arrived or failed, never from inside request().
    ImageStore(PageClient &client, std::function<void(PageImage &)> changed);
    ~ImageStore();

    /// The data: URLs that HtmlGuard took out of the document.
    void setDataUrls(std::vector<QByteArray> urls) { m_dataUrls = std::move(urls); }
    /// One more data: URL of the document's own; what request() knows it by. The same for equal ones.
    QUrl addDataUrl(const QByteArray &url);

    /// The image, fetched from now on if it is new. Images in data: URLs are there at once. Never null.
    std::shared_ptr<PageImage> request(const QUrl &url);

    bool isDone() const { return m_pending.empty(); }
    int started() const { return m_started; }
    int finished() const { return m_started - int(m_pending.size()); }

    const QHash<QUrl, std::shared_ptr<PageImage>> &all() const { return m_images; }

private:
    static constexpr int maxImages = 4096;

    PageClient &m_client;
    const std::function<void(PageImage &)> m_changed;
    const std::shared_ptr<ImageBudget> m_budget = std::make_shared<ImageBudget>();
    QHash<QUrl, std::shared_ptr<PageImage>> m_images;
    std::shared_ptr<PageImage> m_refused;
    std::vector<QByteArray> m_dataUrls;
    QHash<QByteArray, QUrl> m_addedDataUrls; // by their hash
    std::set<FetchId> m_pending;
    int m_started = 0;
};

} // namespace bulkhead
