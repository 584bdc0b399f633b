// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"

namespace bulkhead::engine {

/// The document as tests write it: `html(head body(p.a[title=x]("text" br)))`. Elements of other namespaces have a
/// prefix, as `svg:path`.
QString dumpTree(const Document &document, NodeId from = NodeId::Root);

} // namespace bulkhead::engine
