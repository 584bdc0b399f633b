// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/layout_pass.h"

#include "renderer/engine/layout/overflow.h"
#include "renderer/engine/layout/positioned.h"
#include "renderer/engine/layout/sizes.h"

#include <utility>

namespace bulkhead::engine {

namespace {

constexpr std::uint32_t VisitsOfBox = 50; // more: only pages that are made to be slow
constexpr auto NoFont = FontId(0xffffffff);
constexpr int NotAsked = -1; // as minimum width

} // namespace

LayoutPass::LayoutPass(const BoxTree &boxes, const DocumentStyles &styles, Shaper &shaper, NaturalSizes &naturalSizes,
                       LayoutSize viewport, QuirksMode quirks)
    : m_boxes(&boxes), m_styles(&styles), m_shaper(&shaper), m_naturalSizes(&naturalSizes), m_viewport(viewport),
      m_quirks(quirks), m_intrinsic(boxes.boxes.size(), Intrinsic{NotAsked, NotAsked}),
      m_memoryOf(boxes.boxes.size(), 0), m_fonts(styles.distinctCount(), NoFont)
{
    m_tree.firstOfBox.assign(boxes.boxes.size(), FragmentId::None);
    m_tree.lastOfBox.assign(boxes.boxes.size(), FragmentId::None);
    m_tree.fragments.reserve(boxes.boxes.size() + boxes.boxes.size() / 2);
    m_tree.geometries.reserve(boxes.boxes.size());
    m_tree.text = boxes.text;
}

LayoutPass::~LayoutPass() = default;

Intrinsic LayoutPass::intrinsic(BoxId id)
{
    Intrinsic &remembered = m_intrinsic[std::size_t(id)];
    if (remembered.min != NotAsked)
        return remembered;
    ++m_visits.intrinsic;
    const Box &asked = box(id);
    Intrinsic found;
    if (asked.isTableWrapper)
        found = table::intrinsic(*this, id);
    else if (asked.isColumns)
        found = columns::intrinsic(*this, id);
    else if (asked.type == Box::Type::Flex)
        found = flex::intrinsic(*this, id);
    else if (asked.type == Box::Type::Grid)
        found = grid::intrinsic(*this, id);
    else if (asked.type == Box::Type::Replaced)
        found = replaced::intrinsic(*this, id);
    else
        found = block::intrinsic(*this, id);
    found.min = std::max(found.min, LayoutUnit());
    found.max = std::max(found.max, found.min);
    return m_intrinsic[std::size_t(id)] = found;
}

LayoutPass::Memory &LayoutPass::memory(BoxId id)
{
    std::uint32_t &index = m_memoryOf[std::size_t(id)];
    if (index == 0) {
        m_memories.push_back(std::make_unique<Memory>());
        index = std::uint32_t(m_memories.size());
    }
    return *m_memories[index - 1];
}

Measured LayoutPass::heightAt(BoxId id, const Space &space)
{
    Memory &known = memory(id);
    if (known.last.isSet && known.last.space == space)
        return known.last.measured;
    if (known.before.isSet && known.before.space == space) {
        std::swap(known.last, known.before);
        return known.last.measured;
    }
    if (known.visits >= VisitsOfBox)
        return known.last.measured;
    ++known.visits;
    ++m_visits.heightAt;
    const Box &asked = box(id);
    Measured found;
    if (asked.isTableWrapper)
        found = table::heightAt(*this, id, space);
    else if (asked.isColumns)
        found = columns::heightAt(*this, id, space);
    else if (asked.type == Box::Type::Flex)
        found = flex::heightAt(*this, id, space);
    else if (asked.type == Box::Type::Grid)
        found = grid::heightAt(*this, id, space);
    else if (asked.type == Box::Type::Replaced)
        found = replaced::heightAt(*this, id, space);
    else
        found = block::heightAt(*this, id, space);
    known.before = known.last;
    known.last = {space, found, true};
    return found;
}

Placed LayoutPass::place(BoxId id, const Space &space)
{
    ++m_visits.place;
    const Box &asked = box(id);
    Placed placed;
    if (asked.isTableWrapper)
        placed = table::place(*this, id, space);
    else if (asked.isColumns)
        placed = columns::place(*this, id, space);
    else if (asked.type == Box::Type::Flex)
        placed = flex::place(*this, id, space);
    else if (asked.type == Box::Type::Grid)
        placed = grid::place(*this, id, space);
    else if (asked.type == Box::Type::Replaced)
        placed = replaced::place(*this, id, space);
    else
        placed = block::place(*this, id, space);
    Fragment &fragment = m_tree.fragment(placed.fragment);
    fragment.offset = fragment.offset + relativeOffset(style(id), {space.containingWidth, {}}, space.containingHeight);
    return placed;
}

FragmentId LayoutPass::newFragment(BoxId id, LayoutSize size, LayoutUnit containingWidth)
{
    Fragment fragment;
    fragment.box = id;
    fragment.style = box(id).style;
    fragment.size = size;
    fragment.extra = std::uint32_t(m_tree.geometries.size());
    BoxGeometry geometry;
    geometry.border = borderOf(*this, id);
    geometry.padding = paddingOf(style(id), containingWidth);
    m_tree.geometries.push_back(std::move(geometry));
    return addFragment(fragment);
}

FragmentId LayoutPass::addFragment(const Fragment &fragment)
{
    const auto made = FragmentId(m_tree.fragments.size());
    m_tree.fragments.push_back(fragment);
    if (fragment.box != BoxId::None && fragment.kind != FragmentKind::Line) {
        if (m_tree.firstOfBox[std::size_t(fragment.box)] == FragmentId::None)
            m_tree.firstOfBox[std::size_t(fragment.box)] = made;
        m_tree.lastOfBox[std::size_t(fragment.box)] = made;
    }
    return made;
}

void LayoutPass::attach(FragmentId parent, FragmentId child, LayoutPoint offset)
{
    m_tree.append(parent, child);
    Fragment &fragment = m_tree.fragment(child);
    fragment.offset = fragment.offset + offset;
}

void LayoutPass::moveContent(FragmentId parent, LayoutUnit down)
{
    FragmentId child = m_tree.fragment(parent).firstChild;
    for (; child != FragmentId::None; child = m_tree.fragment(child).next)
        m_tree.fragment(child).offset.y += down;
    // Those inside were added last.
    for (std::size_t i = m_outOfFlow.size(); i > 0 && m_outOfFlow[i - 1].second.fragment >= parent; --i)
        if (m_outOfFlow[i - 1].second.fragment == parent)
            m_outOfFlow[i - 1].second.point.y += down;
}

void LayoutPass::addOutOfFlow(BoxId id, const StaticPosition &position)
{
    m_outOfFlow.emplace_back(id, position);
}

LayoutPass::Mark LayoutPass::mark() const
{
    return {m_tree.fragments.size(), m_tree.runs.size(), m_tree.geometries.size(), m_outOfFlow.size()};
}

void LayoutPass::forget(const Mark &since)
{
    for (std::size_t i = since.fragments; i < m_tree.fragments.size(); ++i) {
        const BoxId box = m_tree.fragments[i].box;
        if (box == BoxId::None)
            continue;
        FragmentId &first = m_tree.firstOfBox[std::size_t(box)];
        if (first != FragmentId::None && std::size_t(first) >= since.fragments)
            first = FragmentId::None;
        FragmentId &last = m_tree.lastOfBox[std::size_t(box)];
        if (last != FragmentId::None && std::size_t(last) >= since.fragments)
            last = first;
    }
    m_tree.fragments.resize(since.fragments);
    m_tree.runs.resize(since.runs);
    m_tree.geometries.resize(since.geometries);
    m_outOfFlow.resize(since.outOfFlow);
}

const LayoutEdges *LayoutPass::border(BoxId id) const
{
    if (m_borders.empty())
        return nullptr;
    const auto found = m_borders.find(std::uint32_t(id));
    return found == m_borders.end() ? nullptr : &found->second;
}

FontId LayoutPass::font(StyleId id)
{
    if (std::size_t(id) >= m_fonts.size())
        m_fonts.resize(std::size_t(id) + 1, NoFont);
    FontId &known = m_fonts[std::size_t(id)];
    if (known == NoFont)
        known = m_shaper->font(*m_styles->style(id).font);
    return known;
}

FormattingData *LayoutPass::data(BoxId id)
{
    const auto found = m_data.find(std::uint32_t(id));
    return found == m_data.end() ? nullptr : found->second.get();
}

FormattingData *LayoutPass::keep(BoxId id, std::unique_ptr<FormattingData> data)
{
    std::unique_ptr<FormattingData> &place = m_data[std::uint32_t(id)];
    place = std::move(data);
    return place.get();
}

LayoutTree LayoutPass::run()
{
    Space space;
    space.width = m_viewport.width;
    space.containingWidth = m_viewport.width;
    space.containingHeight = m_viewport.height;
    space.height = m_viewport.height;
    m_tree.root = place(BoxId::Root, space).fragment;
    // Placing one may add those in it.
    for (std::size_t i = 0; i < m_outOfFlow.size(); ++i)
        placeOutOfFlow(*this, m_outOfFlow[i].first, m_outOfFlow[i].second);
    computeOverflow(m_tree, *m_boxes, *m_styles);
    return std::move(m_tree);
}

} // namespace bulkhead::engine
