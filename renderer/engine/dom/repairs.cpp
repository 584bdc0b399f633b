// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/dom/repairs.h"

#include "renderer/engine/base/known_atoms.h"

#include <vector>

namespace bulkhead::engine {

namespace {

// The node and what follows it go behind the element that holds them, in their order.
void moveBehindParent(Document &document, NodeId first)
{
    const NodeId parent = document.node(first).parent;
    const NodeId grandparent = document.node(parent).parent;
    const NodeId before = document.node(parent).next;
    for (NodeId id = first; id != NodeId::None;) {
        const NodeId next = document.node(id).next;
        document.move(id, grandparent, before);
        id = next;
    }
}

bool isInParagraph(const Document &document, NodeId id)
{
    return (document.isElement(id, tag::Dialog) || document.isElement(id, tag::Search)) &&
           document.isElement(document.node(id).parent, tag::P);
}

} // namespace

void repairTree(Document &document)
{
    std::vector<NodeId> wrong;
    for (NodeId id = NodeId::Root; id != NodeId::None; id = document.nextInTree(id)) {
        if (isInParagraph(document, id))
            wrong.push_back(id);
    }
    for (const NodeId id : wrong) {
        if (isInParagraph(document, id)) // one before it may have taken it along
            moveBehindParent(document, id);
    }
    document.joinTexts();
}

} // namespace bulkhead::engine
