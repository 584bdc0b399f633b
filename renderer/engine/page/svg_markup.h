// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"

#include <QByteArray>

namespace bulkhead::engine {

/// An <svg> element of a document as a document in XML of its own, in UTF-8. Empty when it is too large.
QByteArray svgMarkup(const Document &document, NodeId svg);

} // namespace bulkhead::engine
