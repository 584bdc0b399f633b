// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/pseudo_element.h"
#include "renderer/engine/css/sheet.h"
#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/rule_index.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace bulkhead::engine {

struct MatchedRule
{
    const css::StyleRule *rule = nullptr;
    Origin origin = Origin::Author;
    std::uint32_t layer = 0; ///< as in RankedSelector
};

/// The rules for an element or one of its pseudo-elements, in the order in which they apply: later ones win. Between
/// normal rules of the user and the author stand presentational hints, after the author's normal ones the normal
/// declarations of style="", after the author's important ones the important ones of it.
struct MatchedRules
{
    std::vector<MatchedRule> normal;    ///< those with normal declarations: user agent, user, author
    std::vector<MatchedRule> important; ///< those with important ones: author (layers reversed), user, user agent

    bool isEmpty() const { return normal.empty() && important.empty(); }
};

/// What matched an element, its pseudo-elements included. Elements that the same selectors match have the same.
using MatchSet = std::array<MatchedRules, PseudoElementCount>;
enum class MatchSetId : std::uint32_t { Nothing = 0 };

/// What matched each element of a document.
class MatchedRuleTable
{
public:
    MatchedRuleTable();

    MatchSetId idOf(NodeId element) const
    {
        return std::size_t(element) < m_ids.size() ? m_ids[std::size_t(element)] : MatchSetId::Nothing;
    }
    const MatchSet &set(MatchSetId id) const { return m_sets[std::size_t(id)]; }
    const MatchedRules &of(NodeId element, PseudoElement which = PseudoElement::None) const
    {
        return set(idOf(element))[std::size_t(which)];
    }
    std::size_t distinctCount() const { return m_sets.size(); }

    // For the matcher.
    void reserve(std::size_t nodes) { m_ids.resize(nodes, MatchSetId::Nothing); }
    /// @p ranks are ascending, each once, of @p index.
    void set(NodeId element, const std::vector<std::uint32_t> &ranks, const RuleIndex &index);

private:
    struct Hash
    {
        std::size_t operator()(const std::vector<std::uint32_t> &ranks) const;
    };

    std::vector<MatchSet> m_sets;
    std::vector<MatchSetId> m_ids; // by node
    std::unordered_map<std::vector<std::uint32_t>, MatchSetId, Hash> m_known;
};

} // namespace bulkhead::engine
