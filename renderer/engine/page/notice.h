// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"

namespace bulkhead::engine {

/// Tells the person something at the end of a document's body, in a box of its own.
void appendNotice(Document &document, const QString &text);

} // namespace bulkhead::engine
