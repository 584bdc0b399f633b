// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/matcher_has.h"

#include "renderer/engine/style/matcher_selectors.h"

namespace bulkhead::engine {

namespace {

constexpr qsizetype MaxRemembered = 2000; // selectors; above it all are forgotten

} // namespace

bool HasAnchors::has(NodeId element, const css::Selector &relative)
{
    const css::Compound *key = relative.compounds.data();
    if (const auto known = m_anchors.constFind(key); known != m_anchors.constEnd())
        return (*known)[std::size_t(element)];
    const Document &document = m_matcher.document();
    Marks anchors(document.nodeCount());
    Search search{relative, anchors, std::vector<Marks>(relative.compounds.size(), Marks(document.nodeCount()))};
    for (NodeId id = document.nextInTree(NodeId::Root); id != NodeId::None && !m_matcher.isExhausted();
         id = document.nextInTree(id)) {
        if (document.isElement(id) && m_matcher.matchesCompound(id, relative, relative.compounds.front()))
            visit(id, 0, search);
    }
    if (m_anchors.size() >= MaxRemembered)
        m_anchors.clear();
    const bool result = anchors[std::size_t(element)];
    m_anchors.insert(key, std::move(anchors));
    return result;
}

/// @p element matches the compound, and what is to its right matches.
void HasAnchors::visit(NodeId element, std::size_t compound, Search &search)
{
    const Document &document = m_matcher.document();
    switch (search.relative.compounds[compound].left) {
    case css::Combinator::None:
        return;
    case css::Combinator::Child:
        tryLeft(parentElement(document, element), compound, search);
        return;
    case css::Combinator::NextSibling:
        tryLeft(previousElement(document, element), compound, search);
        return;
    case css::Combinator::Descendant: {
        NodeId ancestor = parentElement(document, element);
        while (tryLeft(ancestor, compound, search))
            ancestor = parentElement(document, ancestor);
        return;
    }
    case css::Combinator::SubsequentSibling: {
        NodeId sibling = previousElement(document, element);
        while (tryLeft(sibling, compound, search))
            sibling = previousElement(document, sibling);
        return;
    }
    }
}

bool HasAnchors::tryLeft(NodeId candidate, std::size_t compound, Search &search)
{
    if (candidate == NodeId::None || search.tried[compound][std::size_t(candidate)])
        return false;
    search.tried[compound][std::size_t(candidate)] = true;
    const std::size_t left = compound + 1;
    if (left == search.relative.compounds.size())
        search.anchors[std::size_t(candidate)] = true;
    else if (m_matcher.matchesCompound(candidate, search.relative, search.relative.compounds[left]))
        visit(candidate, left, search);
    return true;
}

} // namespace bulkhead::engine
