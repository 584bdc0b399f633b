// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/layout/natural_sizes.h"
#include "renderer/engine/paint/image_source.h"
#include "renderer/resources/image_store.h"

#include <QHash>
#include <QSet>
#include <QSize>
#include <QUrl>

#include <optional>

namespace bulkhead::engine {

/// The pictures of a page. They are fetched when layout or painting ask for them.
class PageImages final : public ImageSource, public NaturalSizes
{
public:
    /// Both must outlive it. @p document stays the one whose elements are asked about until setDocument().
    explicit PageImages(ImageStore &store) : m_store(store) {}

    /// @p base is what addresses in it are relative to. @p viewport and @p scale choose among the candidates of srcset.
    void setDocument(const Document *document, const QUrl &base);
    void setViewport(QSize viewport, double scale);

    // ImageSource
    State state(const QUrl &url) const override;
    NaturalSize naturalSize(const QUrl &url) const override;
    QImage picture(const QUrl &url, QSize pixels) const override;
    QUrl urlOf(NodeId element) const override;

    // NaturalSizes
    std::optional<NaturalSize> of(NodeId element) override;
    std::optional<NaturalSize> of(const ImageValue &image) override;
    /// Not an <img> whose picture failed, nor an <object> without one: these show their text or their content.
    bool isReplaced(NodeId element) override;

    /// Whether the size of something laid out came from this image, or waits for it.
    bool layoutDependsOn(const QUrl &url) const { return m_askedByLayout.contains(url); }
    void forgetLayout() { m_askedByLayout.clear(); }

private:
    struct Picture
    {
        QUrl url;
        double density = 1; ///< its pixels in a CSS pixel
    };

    const Picture &pictureOf(NodeId element) const;
    Picture findPicture(NodeId element) const;
    QUrl inlineSvg(NodeId svg) const;

    ImageStore &m_store;
    const Document *m_document = nullptr;
    QUrl m_base;
    double m_viewportWidth = 800;
    double m_scale = 1;
    mutable QHash<NodeId, Picture> m_pictures; // of elements
    QSet<QUrl> m_askedByLayout;
};

} // namespace bulkhead::engine
