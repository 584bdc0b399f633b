// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"
#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/image_value.h"

#include <optional>

namespace bulkhead::engine {

/// What the content of a replaced element says of its size (css-images-3 4.1).
struct NaturalSize
{
    std::optional<LayoutUnit> width;
    std::optional<LayoutUnit> height;
    std::optional<double> ratio; ///< width over height

    static NaturalSize of(LayoutUnit w, LayoutUnit h)
    {
        NaturalSize size{w, h, {}};
        if (w > 0 && h > 0)
            size.ratio = w.toDouble() / h.toDouble();
        return size;
    }
};

/// Whoever loads pictures answers; layout asks each time.
class NaturalSizes
{
public:
    virtual ~NaturalSizes() = default;
    /// Of img, embed, object, video, iframe and svg elements; nothing while a picture is not there, and an empty size
    /// when it has none (an svg without width and height).
    virtual std::optional<NaturalSize> of(NodeId element) = 0;
    /// Whether the element shows something of its own; else an object shows its children, an img its alternative text.
    virtual bool isReplaced(NodeId) { return true; }
    /// Of pictures in styles: list-style-image and content.
    virtual std::optional<NaturalSize> of(const ImageValue &image) = 0;
};

} // namespace bulkhead::engine
