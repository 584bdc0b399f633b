// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"

#include <QString>

namespace bulkhead::engine {

struct ImageSurroundings
{
    double viewportWidth = 800; ///< CSS pixels
    double scale = 1;           ///< device pixels per CSS pixel
};

struct ChosenImage
{
    QString url;        ///< as written; empty: none
    double density = 1; ///< its pixels in a CSS pixel
};

/// The address that an <img> shows, as written: one of its srcset, of those of the <source>s before it in a <picture>,
/// or its src. https://html.spec.whatwg.org/multipage/images.html#selecting-an-image-source sizes="" counts only when
/// it is one length; media="" of sources is asked by width alone.
ChosenImage chosenImage(const Document &document, NodeId img, const ImageSurroundings &surroundings);

/// One of "a.png 1x, b.png 2x" or "a.png 300w"; empty when there is none.
ChosenImage chosenOfSrcset(QStringView srcset, const ImageSurroundings &surroundings, double slotWidth);

} // namespace bulkhead::engine
