// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"

#include <QByteArray>

namespace bulkhead::engine {

/// A doctype's identifiers; null, not empty, where they are missing.
struct Doctype
{
    QByteArray name; ///< null when there is no doctype at all
    QByteArray publicId;
    QByteArray systemId;
};

/// https://html.spec.whatwg.org/multipage/parsing.html#the-initial-insertion-mode
QuirksMode quirksOf(const Doctype &doctype);

} // namespace bulkhead::engine
