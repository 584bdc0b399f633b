// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/dom/html_source.h"

namespace bulkhead::engine {

enum class TreeResult { Built, TooLarge };

/// Parses @p source with gumbo and appends its tree to the empty @p document, without comments. TooLarge leaves the
/// document as it was: the parser asked for more memory than @p limits allow.
TreeResult buildTree(const HtmlSource &source, const ParseLimits &limits, Document &document);

} // namespace bulkhead::engine
