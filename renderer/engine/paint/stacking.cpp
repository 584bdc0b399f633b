// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/stacking.h"

#include <algorithm>
#include <tuple>

namespace bulkhead::engine {

bool isTransformable(const Box &box)
{
    switch (box.type) {
    case Box::Type::Inline:
    case Box::Type::Text:
    case Box::Type::LineBreak:
    case Box::Type::WordBreak:
    case Box::Type::TableColumn:
    case Box::Type::TableColumnGroup:
        return false;
    default:
        return !box.isAnonymous;
    }
}

Stacking::Stacking(const BoxTree &boxes, const DocumentStyles &styles, const LayoutTree &tree)
    : m_boxes(boxes), m_styles(styles), m_tree(tree), m_layering(boxes.boxes.size(), Layering::InFlow),
      m_isItem(boxes.boxes.size(), false), m_order(boxes.boxes.size(), 0), m_contextBox(boxes.boxes.size(), BoxId::Root)
{
    m_layering.front() = Layering::Context;
    visitBoxes();
    gather();
}

void Stacking::classify(BoxId id)
{
    const Box &box = m_boxes.box(id);
    const ComputedStyle &style = m_styles.style(box.style);
    const Box &parent = m_boxes.box(box.parent);
    m_contextBox[std::size_t(id)] =
        layering(box.parent) == Layering::Context ? box.parent : m_contextBox[std::size_t(box.parent)];
    const bool isItem = (parent.type == Box::Type::Flex || parent.type == Box::Type::Grid) && !style.isOutOfFlow();
    m_isItem[std::size_t(id)] = isItem;
    m_hasOrder = m_hasOrder || (isItem && style.flexGrid->order != 0);
    // Anonymous boxes and texts have the style of what is round them, or none. A table's wrapper stands for the table.
    if (box.type == Box::Type::Text || (box.isAnonymous && !box.isTableWrapper) || box.type == Box::Type::Marker ||
        (box.type == Box::Type::Table && parent.isTableWrapper))
        return;
    const bool isRootElement = box.parent == BoxId::Root;
    const bool makesContext = isRootElement || (style.zIndex && (style.isPositioned() || isItem)) ||
                              style.position == Position::Fixed || style.position == Position::Sticky ||
                              style.rare->opacity < 1 || style.rare->isolation == Isolation::Isolate ||
                              (!style.rare->transform.empty() && isTransformable(box));
    if (makesContext)
        m_layering[std::size_t(id)] = Layering::Context;
    else if (style.isPositioned())
        m_layering[std::size_t(id)] = Layering::Positioned;
}

// Depth first, without recursion: parents are classified before their children.
void Stacking::visitBoxes()
{
    std::uint32_t number = 0;
    std::vector<BoxId> stack{BoxId::Root};
    std::vector<BoxId> children;
    while (!stack.empty()) {
        const BoxId id = stack.back();
        stack.pop_back();
        m_order[std::size_t(id)] = number++;
        if (id != BoxId::Root)
            classify(id);
        children.clear();
        for (BoxId child : m_boxes.children(id))
            children.push_back(child);
        const Box::Type type = m_boxes.box(id).type;
        if (type == Box::Type::Flex || type == Box::Type::Grid) {
            const auto orderOf = [this](BoxId child) {
                const ComputedStyle &style = m_styles.style(m_boxes.box(child).style);
                return style.isOutOfFlow() ? 0 : style.flexGrid->order;
            };
            std::stable_sort(children.begin(), children.end(),
                             [&](BoxId a, BoxId b) { return orderOf(a) < orderOf(b); });
        }
        stack.insert(stack.end(), children.rbegin(), children.rend());
    }
}

FragmentId Stacking::contextOf(const Fragment &fragment) const
{
    const BoxId owner = m_contextBox[std::size_t(fragment.box)];
    if (owner == BoxId::Root)
        return m_tree.root;
    if (std::size_t(owner) >= m_tree.firstOfBox.size())
        return m_tree.root;
    const FragmentId first = m_tree.firstOfBox[std::size_t(owner)];
    if (first == FragmentId::None)
        return m_tree.root;
    if (m_tree.lastOfBox[std::size_t(owner)] == first)
        return first;
    // Of several the one that this is in; an absolute box may be in none.
    for (FragmentId at = fragment.parent; at != FragmentId::None; at = m_tree.fragment(at).parent) {
        if (m_tree.fragment(at).box == owner && m_tree.fragment(at).kind != FragmentKind::Line)
            return at;
    }
    return first;
}

void Stacking::gather()
{
    for (std::size_t i = 0; i < m_tree.fragments.size(); ++i) {
        const Fragment &fragment = m_tree.fragments[i];
        const FragmentId id = FragmentId(i);
        if (id == m_tree.root || !isLayer(fragment) || fragment.box == BoxId::Root ||
            fragment.parent == FragmentId::None)
            continue;
        const ComputedStyle &style = m_styles.style(m_boxes.box(fragment.box).style);
        const bool hasZ = style.isPositioned() || isItem(fragment.box);
        m_entries.push_back({contextOf(fragment), hasZ ? style.zIndex.value_or(0) : 0, order(fragment.box), id});
    }
    std::stable_sort(m_entries.begin(), m_entries.end(), [](const Entry &a, const Entry &b) {
        return std::tie(a.context, a.z, a.order) < std::tie(b.context, b.z, b.order);
    });
    m_fragments.reserve(m_entries.size());
    for (const Entry &entry : m_entries)
        m_fragments.push_back(entry.fragment);
}

std::span<const FragmentId> Stacking::range(FragmentId context, bool isBelow) const
{
    const auto first = std::partition_point(m_entries.begin(), m_entries.end(),
                                            [context](const Entry &entry) { return entry.context < context; });
    const auto middle = std::partition_point(
        first, m_entries.end(), [context](const Entry &entry) { return entry.context == context && entry.z < 0; });
    const auto last = std::partition_point(middle, m_entries.end(),
                                           [context](const Entry &entry) { return entry.context == context; });
    const auto from = isBelow ? first : middle, to = isBelow ? middle : last;
    return {m_fragments.data() + (from - m_entries.begin()), std::size_t(to - from)};
}

std::span<const FragmentId> Stacking::below(FragmentId context) const
{
    return range(context, true);
}

std::span<const FragmentId> Stacking::above(FragmentId context) const
{
    return range(context, false);
}

} // namespace bulkhead::engine
