// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/declaration.h"
#include "renderer/engine/css/sheet.h"
#include "renderer/engine/css/token.h"

#include <QStringView>

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace bulkhead::engine::css {

/// "name: value", not yet understood.
struct RawDeclaration
{
    QStringView name;             ///< of its token
    std::span<const Token> value; ///< without "!important" and without white space at its ends
    Importance importance = Importance::Normal;
};

/// Takes a declaration up to its semicolon, which is taken, too (css-syntax-3 5.5.6). Nothing, and nothing taken, when
/// it is none: then it may be a rule.
std::optional<RawDeclaration> takeDeclaration(TokenStream &tokens);

/// Past the next semicolon that is in no block.
void skipDeclaration(TokenStream &tokens);

/// The declarations of a block that holds no rules; what is invalid and at-rules are skipped.
void forEachDeclaration(std::span<const Token> block, const std::function<void(const RawDeclaration &)> &see);

/// Understood declarations of @p block, as of @page.
DeclarationBlock parseDeclarations(std::span<const Token> block, QStringView source, const ParseContext &context);

/// Adds what @p raw declares.
void addDeclaration(const RawDeclaration &raw, QStringView source, const ParseContext &context, DeclarationBlock &into);

/// What style="" says (css-style-attr).
DeclarationBlock parseDeclarationList(QStringView text, const ParseContext &context);

/// What commas separate that are in no block.
std::vector<std::span<const Token>> splitAtCommas(std::span<const Token> tokens);

/// What @p tokens were in their source.
QStringView textOf(std::span<const Token> tokens, QStringView source);

} // namespace bulkhead::engine::css
