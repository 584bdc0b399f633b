// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/selector.h"
#include "renderer/engine/dom/document.h"

#include <QHash>

#include <cstddef>
#include <vector>

namespace bulkhead::engine {

class SelectorMatcher;

/// Which elements ":has(relative)" is true of. All of them are found at once when the first is asked for, from the
/// elements that match the relative selector's subject upwards: linear in the document for each selector.
class HasAnchors
{
public:
    explicit HasAnchors(SelectorMatcher &matcher) : m_matcher(matcher) {}
    bool has(NodeId element, const css::Selector &relative);

private:
    using Marks = std::vector<bool>; // by node

    struct Search
    {
        const css::Selector &relative;
        Marks &anchors;
        std::vector<Marks> tried; // by compound: what was a candidate for what stands to its left
    };
    void visit(NodeId element, std::size_t compound, Search &search);
    /// False when it was tried before, so that what lies beyond it was, too.
    bool tryLeft(NodeId candidate, std::size_t compound, Search &search);

    SelectorMatcher &m_matcher;
    QHash<const css::Compound *, Marks> m_anchors;
};

} // namespace bulkhead::engine
