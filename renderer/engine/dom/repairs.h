// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"

namespace bulkhead::engine {

/// Where gumbo's tree differs from the one of today's standard: dialog and search end a paragraph, and texts that meet
/// are one.
void repairTree(Document &document);

} // namespace bulkhead::engine
