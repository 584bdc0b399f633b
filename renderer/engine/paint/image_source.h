// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/layout/natural_sizes.h"

#include <QImage>
#include <QSize>
#include <QUrl>

#include <cstdint>

namespace bulkhead::engine {

/// The pictures of a document, by their resolved addresses. Whoever loads them implements it; painting asks each time
/// anew, so that a frame of an animation needs no new display list. A picture that arrives does.
class ImageSource
{
public:
    enum class State : std::uint8_t { Loading, Ready, Failed };

    virtual ~ImageSource() = default;
    virtual State state(const QUrl &url) const = 0;
    /// Of an image that is ready.
    virtual NaturalSize naturalSize(const QUrl &url) const = 0;
    /// The whole image, its current frame, as fine as @p pixels needs: a drawing exactly in that size; a photograph as
    /// it is, or smaller but not below @p pixels. Null unless it is ready. Shared: asking twice is cheap.
    virtual QImage picture(const QUrl &url, QSize pixels) const = 0;
    /// What an element (img, object, video, svg) shows: an address that the functions above know. Empty: no picture.
    virtual QUrl urlOf(NodeId element) const = 0;
};

} // namespace bulkhead::engine
