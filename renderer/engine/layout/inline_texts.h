// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/box_tree.h"
#include "renderer/engine/style/document_styles.h"

#include <QStringView>

#include <vector>

namespace bulkhead::engine {

/// Fills BoxTree::text: text-transform and the first phase of white space processing, for each block container with
/// lines.
/// @p texts by BoxId are those of Text boxes as they are in the document.
void collectTexts(BoxTree &tree, const DocumentStyles &styles, const std::vector<QStringView> &texts);

} // namespace bulkhead::engine
