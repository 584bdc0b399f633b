// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/html_parser.h"

namespace bulkhead::engine {

/// A document in XML, as application/xhtml+xml. Where it is not well-formed it ends, and says so. XHTML's entities are
/// known without their declarations; nothing is loaded.
ParsedDocument parseXml(QStringView text, Atoms &atoms, const ParseLimits &limits = {});

} // namespace bulkhead::engine
