// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/cascade.h"

namespace bulkhead::engine {

using namespace css;

namespace {

using Kind = PropertyValue::Kind;

bool isRevert(const PropertyValue &value)
{
    return value.kind == Kind::Revert || value.kind == Kind::RevertLayer;
}

/// "all" leaves these alone (css-cascade-5 3.2).
bool isOutsideAll(PropertyId longhand)
{
    return longhand == PropertyId::Direction || longhand == PropertyId::UnicodeBidi;
}

constexpr std::uint32_t StyleAttributeLayer = 0xffffffff; // above all layers and what has none

} // namespace

Cascade::Cascade(const CascadeInput &input, Direction parentDirection)
{
    using Rank = Level::Rank;
    m_winners.fill(NoStep);
    if (input.rules) {
        m_steps.reserve(input.rules->normal.size() * 4);
        addRules(input.rules->normal, Importance::Normal, Rank::UserAgent, Rank::User);
    }
    if (input.hints)
        add(*input.hints, Importance::Normal, {Rank::Hint, 0});
    if (input.rules)
        addRules(input.rules->normal, Importance::Normal, Rank::Author, Rank::Author);
    const Level styleLevel{Rank::Author, StyleAttributeLayer};
    if (input.inlineStyle)
        add(*input.inlineStyle, Importance::Normal, styleLevel);
    if (input.rules)
        addRules(input.rules->important, Importance::Important, Rank::Author, Rank::Author);
    if (input.inlineStyle && input.inlineStyle->hasImportant)
        add(*input.inlineStyle, Importance::Important, styleLevel);
    if (input.rules)
        addRules(input.rules->important, Importance::Important, Rank::UserAgent, Rank::User);
    chooseWinners(parentDirection);
    chooseCustomWinners();
}

void Cascade::addRules(const std::vector<MatchedRule> &rules, Importance importance, Level::Rank from, Level::Rank to)
{
    for (const MatchedRule &matched : rules) {
        const Level::Rank rank = matched.origin == Origin::UserAgent ? Level::Rank::UserAgent
                                 : matched.origin == Origin::User    ? Level::Rank::User
                                                                     : Level::Rank::Author;
        if (rank >= from && rank <= to)
            add(matched.rule->block, importance, {rank, matched.layer});
    }
}

void Cascade::add(const DeclarationBlock &block, Importance importance, Level level)
{
    for (const Declaration &declaration : block.declarations) {
        if (declaration.importance == importance)
            m_steps.push_back({&declaration, level});
    }
}

bool Cascade::declares(const Step &step, PropertyId longhand) const
{
    const PropertyId property = step.declaration->property;
    if (property == PropertyId::All)
        return !isOutsideAll(longhand);
    return property < PropertyId::FirstShorthand && physicalProperty(property, m_direction) == longhand;
}

void Cascade::chooseWinners(Direction parentDirection)
{
    // Which side margin-inline-start is depends on the direction.
    m_direction = parentDirection == Direction::Rtl ? LogicalDirection::Rtl : LogicalDirection::Ltr;
    for (const Step &step : m_steps) {
        if (step.declaration->property != PropertyId::Direction)
            continue;
        const PropertyValue &value = step.declaration->value;
        if (value.kind == Kind::Parsed)
            m_direction = value.parsed.is("rtl"_kw) ? LogicalDirection::Rtl : LogicalDirection::Ltr;
        else if (value.kind == Kind::Initial)
            m_direction = LogicalDirection::Ltr;
    }
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const PropertyId property = m_steps[i].declaration->property;
        if (property < PropertyId::FirstShorthand) {
            m_winners[std::size_t(physicalProperty(property, m_direction))] = std::int32_t(i);
        } else if (property == PropertyId::All) {
            for (std::size_t longhand = 0; longhand < m_winners.size(); ++longhand) {
                if (!isOutsideAll(PropertyId(longhand)))
                    m_winners[longhand] = std::int32_t(i);
            }
        }
    }
}

const PropertyValue *Cascade::winner(PropertyId longhand) const
{
    const std::int32_t at = m_winners[std::size_t(longhand)];
    if (at == NoStep)
        return nullptr;
    const PropertyValue &value = m_steps[std::size_t(at)].declaration->value;
    return isRevert(value) ? reverted(longhand, at) : &value;
}

/// css-cascade-5 7.3: what would win without the origin, or the layer, that says "revert".
const PropertyValue *Cascade::reverted(PropertyId longhand, std::int32_t at) const
{
    static const PropertyValue unset{Kind::Unset, {}, nullptr};
    const auto rankOf = [](const Level &level) { // hints are the author's here
        return level.rank == Level::Rank::Hint ? Level::Rank::Author : level.rank;
    };
    while (true) {
        const Step &from = m_steps[std::size_t(at)];
        const PropertyValue &value = from.declaration->value;
        if (!isRevert(value))
            return &value;
        const bool isLayer = value.kind == Kind::RevertLayer;
        const auto stays = [&](const Step &step) {
            if (!isLayer)
                return rankOf(step.level) < rankOf(from.level);
            return step.level.rank != from.level.rank || step.level.layer != from.level.layer;
        };
        do {
            if (--at < 0)
                return &unset;
        } while (!stays(m_steps[std::size_t(at)]) || !declares(m_steps[std::size_t(at)], longhand));
    }
}

void Cascade::chooseCustomWinners()
{
    for (const Step &step : m_steps) {
        if (step.declaration->property == PropertyId::Custom)
            m_custom.insert(step.declaration->customName, &step.declaration->value);
    }
    // Reverting ones: the last of a lower level that is none itself.
    for (auto it = m_custom.begin(); it != m_custom.end(); ++it) {
        if (!isRevert(**it))
            continue;
        const PropertyValue *found = nullptr;
        const Step *last = nullptr;
        for (const Step &step : m_steps) {
            if (&step.declaration->value == *it)
                last = &step;
        }
        for (const Step &step : m_steps) {
            const bool isLower = (*it)->kind == Kind::Revert
                                     ? step.level.rank < last->level.rank
                                     : step.level.rank != last->level.rank || step.level.layer != last->level.layer;
            if (step.declaration->property == PropertyId::Custom && step.declaration->customName == it.key() &&
                isLower && !isRevert(step.declaration->value))
                found = &step.declaration->value;
        }
        static const PropertyValue unset{Kind::Unset, {}, nullptr};
        *it = found ? found : &unset;
    }
}

} // namespace bulkhead::engine
