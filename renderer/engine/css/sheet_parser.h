// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"
#include "renderer/engine/css/declaration.h"
#include "renderer/engine/css/sheet.h"

#include <QStringView>

namespace bulkhead::engine::css {

/// What a sheet is parsed with.
struct SheetContext
{
    Atoms *atoms = nullptr; ///< of the document that it is for
    ParseContext values;    ///< its address, and its document's syntax
};

/// A style sheet (css-syntax-3 5), never invalid: what is not understood is left out.
Sheet parseSheet(QStringView text, const SheetContext &context);

} // namespace bulkhead::engine::css
