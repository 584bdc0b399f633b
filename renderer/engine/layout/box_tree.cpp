// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/box_tree.h"

#include "renderer/engine/layout/inline_content.h"

#include <utility>

namespace bulkhead::engine {

InlineCache::InlineCache() = default;
InlineCache::InlineCache(InlineCache &&) noexcept = default;
InlineCache &InlineCache::operator=(InlineCache &&) noexcept = default;
InlineCache::~InlineCache() = default;

const InlineContent *InlineCache::find(BoxId box) const
{
    return std::size_t(box) < m_contents.size() ? m_contents[std::size_t(box)].get() : nullptr;
}

const InlineContent &InlineCache::set(BoxId box, std::unique_ptr<const InlineContent> content)
{
    if (m_contents.size() <= std::size_t(box))
        m_contents.resize(std::size_t(box) + 1);
    m_contents[std::size_t(box)] = std::move(content);
    return *m_contents[std::size_t(box)];
}

BoxId BoxTree::append(BoxId parent, Box newBox)
{
    const auto id = BoxId(boxes.size());
    newBox.parent = parent;
    boxes.push_back(newBox);
    Box &above = box(parent);
    if (above.lastChild == BoxId::None)
        above.firstChild = id;
    else
        box(above.lastChild).next = id;
    above.lastChild = id;
    return id;
}

} // namespace bulkhead::engine
