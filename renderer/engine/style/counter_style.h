// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/sheet.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace bulkhead::engine {

/// One counter style (css-counter-styles-3 3).
struct CounterStyle
{
    enum class System : std::uint8_t { Cyclic, Numeric, Alphabetic, Symbolic, Additive, Fixed, Extends };

    System system = System::Symbolic;
    int first = 1;   ///< of fixed ones
    QString extends; ///< its name
    // What is not given is the default, or what the extended one has.
    std::optional<std::pair<QString, QString>> negative;
    std::optional<QString> prefix, suffix, fallback;
    std::optional<std::vector<std::pair<int, int>>> ranges; ///< both ends included; empty: auto
    std::optional<std::pair<int, QString>> pad;
    std::vector<QString> symbols;
    std::vector<std::pair<int, QString>> additive; ///< by descending weight

    bool isUsable() const;
};

/// Nothing when the rule is invalid.
std::optional<CounterStyle> parseCounterStyle(const css::CounterStyleRule &rule);
/// What symbols() says, as ComputedStyle has it: "symbols(cyclic", then symbols behind U+0001.
CounterStyle anonymousCounterStyle(const QString &text);
/// The digits of @p value, which is not negative where the system uses signs; nothing when the system cannot show it.
std::optional<QString> counterDigits(const CounterStyle &style, int value);
/// Whether the system shows negative values by a sign.
bool usesNegativeSign(CounterStyle::System system);

} // namespace bulkhead::engine
