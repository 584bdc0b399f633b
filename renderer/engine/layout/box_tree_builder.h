// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/layout/box_tree.h"
#include "renderer/engine/layout/natural_sizes.h"
#include "renderer/engine/style/document_styles.h"

namespace bulkhead::engine {

/// Makes the boxes of a document (css-display-3 2): elements, their pseudo-elements, and the anonymous boxes that block
/// containers, tables, flex and grid containers need. Adds the styles of the latter to @p styles.
BoxTree buildBoxTree(const Document &document, DocumentStyles &styles, NaturalSizes &naturalSizes);

} // namespace bulkhead::engine
