// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/rule_index.h"

#include <vector>

namespace bulkhead::engine {

/// The user agent's style sheets for a document: user_agent.css, and quirks.css where its mode asks for it. They use
/// the names of the document's Atoms.
std::vector<SheetSource> userAgentSheets(const Document &document);

} // namespace bulkhead::engine
