// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/document_styles.h"
#include "renderer/engine/style/environment.h"
#include "renderer/engine/style/match_state.h"
#include "renderer/engine/style/matched_rules.h"
#include "renderer/engine/style/rule_index.h"

#include <QUrl>

namespace bulkhead::engine {

/// What a document is styled with besides its sheets.
struct StyleInput
{
    StyleEnvironment environment;
    MatchState state;
    QUrl base; ///< what addresses in style="" and in old attributes are relative to
};

/// Styles every element: matches, cascades, computes. @p rules hold the user agent's sheets (user_agent_sheet.h), too.
/// Elements with the same parent style and the same rules share a style (some twenty elements each, on real pages).
DocumentStyles computeStyles(const Document &document, const RuleIndex &rules, const StyleInput &input);

/// The same, of what matched already.
DocumentStyles computeStyles(const Document &document, const MatchedRuleTable &matched, const StyleInput &input);

} // namespace bulkhead::engine
