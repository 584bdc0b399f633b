// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/match_state.h"
#include "renderer/engine/style/matched_rules.h"
#include "renderer/engine/style/rule_index.h"

namespace bulkhead::engine {

/// Finds the rules for every element: one walk over the document, candidates by name, most of them refused by a Bloom
/// filter of the ancestors' names, the rest matched from right to left.
MatchedRuleTable matchDocument(const Document &document, const RuleIndex &index, const MatchState &state = {});

} // namespace bulkhead::engine
