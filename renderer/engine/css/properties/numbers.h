// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

#include <QStringView>

#include <optional>

namespace bulkhead::engine::css {

/// A number, dimension or percentage of @p type within @p range, or a calculation of that type, which is clamped to the
/// range (css-values-4 10.12).
bool parseNumeric(TokenStream &tokens, const ValueContext &context, NumericType type, const NumericRange &range,
                  Value &into);

/// A unit by its name in any case, with the factor that brings it to the one that Unit knows: "cm" is 37.8 Px.
struct UnitFactor
{
    Unit unit = Unit::None;
    double factor = 1;
};
std::optional<UnitFactor> unitByName(QStringView name);

/// A calculation, when one stands next: calc(), min() and so on. Null when it is none or none that is valid.
std::shared_ptr<const MathNode> parseMathFunction(TokenStream &tokens);

} // namespace bulkhead::engine::css
