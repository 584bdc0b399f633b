// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/style_computer.h"

#include "renderer/engine/style/compute_style.h"
#include "renderer/engine/style/counter_styles.h"
#include "renderer/engine/style/document_styler.h"
#include "renderer/engine/style/matcher.h"

#include <memory>

namespace bulkhead::engine {

DocumentStyles computeStyles(const Document &document, const RuleIndex &rules, const StyleInput &input)
{
    DocumentStyles styles = computeStyles(document, matchDocument(document, rules, input.state), input);
    styles.setCounterStyles(std::make_shared<const CounterStyles>(rules.counterStyles()));
    return styles;
}

DocumentStyles computeStyles(const Document &document, const MatchedRuleTable &matched, const StyleInput &input)
{
    return DocumentStyler(document, matched, input).run();
}

} // namespace bulkhead::engine
