// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"

#include <QString>

namespace bulkhead::engine {

/// What the attributes of old HTML say of an element (the HTML standard, 15 Rendering), as declarations; empty for
/// most.
/// @p table is the table that a cell is in, or None.
QString presentationalHints(const Document &document, NodeId element, NodeId table);

} // namespace bulkhead::engine
