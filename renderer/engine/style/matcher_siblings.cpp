// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/matcher_siblings.h"

#include <algorithm>
#include <cstddef>

namespace bulkhead::engine {

namespace {

constexpr std::size_t MaxChosen = 4'000'000; // numbers that are kept; above it all are counted again

} // namespace

NodeId previousElement(const Document &document, NodeId element)
{
    NodeId sibling = document.node(element).previous;
    while (sibling != NodeId::None && !document.isElement(sibling))
        sibling = document.node(sibling).previous;
    return sibling;
}

NodeId nextElement(const Document &document, NodeId element)
{
    NodeId sibling = document.node(element).next;
    while (sibling != NodeId::None && !document.isElement(sibling))
        sibling = document.node(sibling).next;
    return sibling;
}

NodeId firstElement(const Document &document, NodeId parent)
{
    const NodeId child = document.node(parent).firstChild;
    return child == NodeId::None || document.isElement(child) ? child : nextElement(document, child);
}

NodeId parentElement(const Document &document, NodeId element)
{
    const NodeId parent = document.node(element).parent;
    return parent != NodeId::None && document.isElement(parent) ? parent : NodeId::None;
}

SiblingPositions::Position SiblingPositions::amongAll(NodeId element)
{
    m_all.resize(m_document.nodeCount());
    if (m_all[std::size_t(element)].fromStart == 0) {
        const NodeId first = firstElement(m_document, m_document.node(element).parent);
        std::uint32_t count = 0;
        for (NodeId child = first; child != NodeId::None; child = nextElement(m_document, child))
            m_all[std::size_t(child)].fromStart = ++count;
        for (NodeId child = first; child != NodeId::None; child = nextElement(m_document, child))
            m_all[std::size_t(child)].fromEnd = count - m_all[std::size_t(child)].fromStart + 1;
    }
    return m_all[std::size_t(element)];
}

SiblingPositions::Position SiblingPositions::amongType(NodeId element)
{
    m_types.resize(m_document.nodeCount());
    if (m_types[std::size_t(element)].fromStart == 0)
        countTypes(m_document.node(element).parent);
    return m_types[std::size_t(element)];
}

void SiblingPositions::countTypes(NodeId parent)
{
    QHash<std::pair<std::uint64_t, std::uint32_t>, std::uint32_t> counts; // by namespace and name
    const NodeId first = firstElement(m_document, parent);
    const auto typeOf = [this](NodeId child) {
        const Node &node = m_document.node(child);
        const Atom uri = node.space == Namespace::Other ? m_document.namespaceUri(child) : Atom::None;
        return std::pair(std::uint64_t(node.space) << 32 | std::uint64_t(uri), std::uint32_t(node.name));
    };
    for (NodeId child = first; child != NodeId::None; child = nextElement(m_document, child))
        m_types[std::size_t(child)].fromStart = ++counts[typeOf(child)];
    for (NodeId child = first; child != NodeId::None; child = nextElement(m_document, child)) {
        Position &position = m_types[std::size_t(child)];
        position.fromEnd = counts.value(typeOf(child)) - position.fromStart + 1;
    }
}

SiblingPositions::Position SiblingPositions::among(NodeId element, const css::SelectorArgument *selectors,
                                                   const std::function<bool(NodeId)> &matches)
{
    const std::uint32_t place = amongAll(element).fromStart;
    const NodeId parent = m_document.node(element).parent;
    const std::pair key(selectors, std::uint32_t(parent));
    auto found = m_chosen.constFind(key);
    if (found == m_chosen.constEnd()) {
        std::vector<std::uint32_t> chosen;
        const NodeId first = firstElement(m_document, parent);
        for (NodeId child = first; child != NodeId::None; child = nextElement(m_document, child)) {
            if (matches(child))
                chosen.push_back(m_all[std::size_t(child)].fromStart);
        }
        m_chosenCount += chosen.size() + 8;
        if (m_chosenCount > MaxChosen) {
            m_chosen.clear();
            m_chosenCount = chosen.size() + 8;
        }
        found = m_chosen.insert(key, std::move(chosen));
    }
    const auto at = std::lower_bound(found->begin(), found->end(), place);
    if (at == found->end() || *at != place)
        return {};
    return {std::uint32_t(at - found->begin()) + 1, std::uint32_t(found->end() - at)};
}

} // namespace bulkhead::engine
