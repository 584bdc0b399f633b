// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/layout_tree.h"
#include "renderer/engine/style/document_styles.h"

namespace bulkhead::engine {

/// Fills in what each box's content reaches (css-overflow-3 2.2), and the size of the document.
void computeOverflow(LayoutTree &tree, const BoxTree &boxes, const DocumentStyles &styles);

} // namespace bulkhead::engine
