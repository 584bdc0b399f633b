// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/layout_tree.h"

namespace bulkhead::engine {

void LayoutTree::append(FragmentId parent, FragmentId child)
{
    Fragment &above = fragment(parent);
    fragment(child).parent = parent;
    if (above.lastChild == FragmentId::None)
        above.firstChild = child;
    else
        fragment(above.lastChild).next = child;
    above.lastChild = child;
}

LayoutPoint LayoutTree::absolutePosition(FragmentId id, FragmentId ancestor) const
{
    LayoutPoint position;
    for (; id != ancestor && id != FragmentId::None; id = fragment(id).parent)
        position = position + fragment(id).offset;
    return position;
}

} // namespace bulkhead::engine
