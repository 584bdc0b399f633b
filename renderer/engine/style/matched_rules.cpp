// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/matched_rules.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

/// css-cascade-5 6.1 and 6.4.3: important declarations win the other way round, by origin and by layer.
std::vector<std::uint32_t> importantOrder(std::vector<std::uint32_t> ranks, const RuleIndex &index)
{
    std::erase_if(ranks, [&index](std::uint32_t rank) { return !index.ranked()[rank].rule->block.hasImportant; });
    std::stable_sort(ranks.begin(), ranks.end(), [&index](std::uint32_t a, std::uint32_t b) {
        const RankedSelector &left = index.ranked()[a];
        const RankedSelector &right = index.ranked()[b];
        if (left.origin != right.origin)
            return left.origin > right.origin;
        return left.layer > right.layer;
    });
    return ranks;
}

} // namespace

MatchedRuleTable::MatchedRuleTable() : m_sets(1)
{
    m_known.emplace(std::vector<std::uint32_t>(), MatchSetId::Nothing);
}

std::size_t MatchedRuleTable::Hash::operator()(const std::vector<std::uint32_t> &ranks) const
{
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const std::uint32_t rank : ranks)
        hash = (hash ^ rank) * 0x100000001b3 ^ hash >> 29;
    return std::size_t(hash);
}

void MatchedRuleTable::set(NodeId element, const std::vector<std::uint32_t> &ranks, const RuleIndex &index)
{
    const auto [known, isNew] = m_known.try_emplace(ranks, MatchSetId(m_sets.size()));
    m_ids[std::size_t(element)] = known->second;
    if (!isNew)
        return;
    MatchSet &set = m_sets.emplace_back();
    const auto listOf = [&set](const RankedSelector &ranked) -> MatchedRules & {
        return set[std::size_t(ranked.selector->pseudoElement)];
    };
    for (const std::uint32_t rank : ranks) {
        const RankedSelector &ranked = index.ranked()[rank];
        if (ranked.rule->block.hasNormal)
            listOf(ranked).normal.push_back({ranked.rule, ranked.origin, ranked.layer});
    }
    for (const std::uint32_t rank : importantOrder(ranks, index)) {
        const RankedSelector &ranked = index.ranked()[rank];
        listOf(ranked).important.push_back({ranked.rule, ranked.origin, ranked.layer});
    }
}

} // namespace bulkhead::engine
