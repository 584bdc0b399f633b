// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/page/page_links.h"
#include "renderer/engine/style/document_styles.h"
#include "renderer/page/page_client.h"

#include <vector>

namespace bulkhead::engine {

/// The boxes of a document that something else is to paint: <embed>, and <object> with a type, unless it is a picture.
std::vector<EmbedBox> embedBoxes(const Document &document, const QUrl &base, const DocumentStyles &styles,
                                 const NodePlaces &places);

} // namespace bulkhead::engine
