// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/limits.h"
#include "renderer/engine/dom/document.h"

#include <QByteArrayView>

namespace bulkhead::engine {

struct ParsedDocument
{
    Document document;
    bool isCut = false; ///< a limit was reached, and the rest left out
    QString error;      ///< of XML that is not well-formed; the document holds what came before
};

/// Whatever the bytes are, they are a document with html, head and body. In time linear in their number.
/// https://html.spec.whatwg.org/multipage/parsing.html#tree-construction
ParsedDocument parseHtml(QByteArrayView utf8, Atoms &atoms, const ParseLimits &limits = {});

} // namespace bulkhead::engine
