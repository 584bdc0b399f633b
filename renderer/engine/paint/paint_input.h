// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/layout/box_tree.h"
#include "renderer/engine/layout/layout_tree.h"
#include "renderer/engine/paint/display_list.h"
#include "renderer/engine/paint/image_source.h"
#include "renderer/engine/style/document_styles.h"
#include "renderer/engine/text/faces.h"
#include "renderer/engine/text/shaper.h"

#include <QSizeF>

#include <memory>

namespace bulkhead::engine {

/// Whether boxes and backgrounds that are fixed stay in the viewport.
enum class FixedBoxes {
    StayInDocument, ///< where they are while nothing is scrolled: for pictures of whole documents
    FollowViewport, ///< DisplayList::setViewport() moves them
};

enum class ScrollBars {
    Hidden, ///< for pictures
    Overlay,
};

/// Everything that a display list is made of. All of it must outlive the list.
struct PaintInput
{
    const Document &document;
    const DocumentStyles &styles;
    const BoxTree &boxes;
    const LayoutTree &tree;
    Shaper &shaper;
    Faces &faces;
    const ImageSource *images = nullptr; ///< null: no pictures
    QSizeF viewport;
    double scale = 1; ///< device pixels per CSS pixel: what boxes are rounded to
    FixedBoxes fixedBoxes = FixedBoxes::StayInDocument;
    ScrollBars scrollBars = ScrollBars::Hidden;
};

std::unique_ptr<DisplayList> recordDisplayList(const PaintInput &input);

} // namespace bulkhead::engine
