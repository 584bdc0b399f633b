// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/selector.h"
#include "renderer/engine/dom/document.h"

#include <QHash>

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace bulkhead::engine {

/// The element before or after @p element under the same parent, or None.
NodeId previousElement(const Document &document, NodeId element);
NodeId nextElement(const Document &document, NodeId element);
NodeId firstElement(const Document &document, NodeId parent);
/// The parent if it is an element, or None.
NodeId parentElement(const Document &document, NodeId element);

/// Where elements stand among their siblings. Counted once for all children of a parent.
class SiblingPositions
{
public:
    explicit SiblingPositions(const Document &document) : m_document(document) {}

    /// From 1.
    struct Position
    {
        std::uint32_t fromStart = 0; ///< 0: not among them
        std::uint32_t fromEnd = 0;
    };
    Position amongAll(NodeId element);
    Position amongType(NodeId element);
    /// Among those that @p matches says of; the same answers for the same @p selectors.
    Position among(NodeId element, const css::SelectorArgument *selectors, const std::function<bool(NodeId)> &matches);

private:
    void countTypes(NodeId parent);

    const Document &m_document;
    std::vector<Position> m_all;   // by node; filled when first asked
    std::vector<Position> m_types; // likewise
    QHash<std::pair<const css::SelectorArgument *, std::uint32_t>, std::vector<std::uint32_t>>
        m_chosen; // by list and parent: places in m_all
    std::size_t m_chosenCount = 0;
};

} // namespace bulkhead::engine
