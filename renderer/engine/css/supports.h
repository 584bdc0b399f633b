// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/selector_parser.h"
#include "renderer/engine/css/token.h"

#include <QStringView>

#include <cstdint>
#include <span>

namespace bulkhead::engine::css {

enum class SupportsSyntax : std::uint8_t {
    Condition,
    ConditionOrDeclaration, ///< in "@import supports(display: grid)"
};

/// Whether the condition of @supports holds (css-conditional-4 2); false when it is none.
bool evaluateSupports(std::span<const Token> tokens, QStringView source, const SelectorContext &selectors,
                      SupportsSyntax syntax = SupportsSyntax::Condition);

} // namespace bulkhead::engine::css
