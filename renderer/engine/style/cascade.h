// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/property_id.h"
#include "renderer/engine/style/computing.h"
#include "renderer/engine/style/matched_rules.h"

#include <QHash>
#include <QString>

#include <array>
#include <cstdint>
#include <vector>

namespace bulkhead::engine {

/// Everything that is declared for an element or pseudo-element.
struct CascadeInput
{
    const MatchedRules *rules = nullptr;
    const css::DeclarationBlock *hints = nullptr;       ///< presentational ones, or null
    const css::DeclarationBlock *inlineStyle = nullptr; ///< style="", or null
};

/// Decides which declaration of each property wins (css-cascade-5 6).
class Cascade
{
public:
    Cascade(const CascadeInput &input, Direction parentDirection);

    /// The winning value, "revert" followed to what it reverts to; null when nothing is declared.
    const css::PropertyValue *winner(css::PropertyId longhand) const;
    /// Likewise of the custom properties.
    const QHash<QString, const css::PropertyValue *> &customWinners() const { return m_custom; }

private:
    struct Level
    {
        enum class Rank : std::uint8_t { UserAgent, User, Hint, Author } rank = Rank::UserAgent;
        std::uint32_t layer = 0;
    };
    struct Step
    {
        const css::Declaration *declaration;
        Level level;
    };
    static constexpr std::int32_t NoStep = -1;

    void add(const css::DeclarationBlock &block, css::Importance importance, Level level);
    void addRules(const std::vector<MatchedRule> &rules, css::Importance importance, Level::Rank from, Level::Rank to);
    void chooseWinners(Direction parentDirection);
    bool declares(const Step &step, css::PropertyId longhand) const;
    const css::PropertyValue *reverted(css::PropertyId longhand, std::int32_t at) const;
    void chooseCustomWinners();

    std::vector<Step> m_steps; ///< later ones win
    std::array<std::int32_t, css::LonghandCount> m_winners;
    css::LogicalDirection m_direction = css::LogicalDirection::Ltr;
    QHash<QString, const css::PropertyValue *> m_custom;
};

} // namespace bulkhead::engine
