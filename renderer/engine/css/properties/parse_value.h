// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/declaration.h"

#include <QStringView>

#include <span>

namespace bulkhead::engine::css {

/// The value of a longhand; false when @p tokens are none. Keywords of all properties ("inherit") are values, too.
bool parseLonghand(PropertyId longhand, std::span<const Token> tokens, const ParseContext &context,
                   PropertyValue &into);
/// What @p text, in which nothing is to be substituted any more, gives @p longhand, when it is a value of @p pending's
/// property: the longhand itself or one of its shorthands. False when it is invalid.
bool parseSubstituted(PropertyId longhand, const PendingValue &pending, QStringView text, PropertyValue &into);
/// "inherit" and its like: which it is; Parsed when it is none.
PropertyValue::Kind wideKeyword(std::span<const Token> tokens);
/// The parsed initial value of a longhand.
const Value &initialValue(PropertyId longhand);

} // namespace bulkhead::engine::css
