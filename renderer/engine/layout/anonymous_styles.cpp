// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/anonymous_styles.h"

#include <vector>

namespace bulkhead::engine {

namespace {

ComputedStyle inheriting(const ComputedStyle &parent)
{
    ComputedStyle style;
    style.font = parent.font;
    style.text = parent.text;
    style.inherited = parent.inherited;
    return style;
}

} // namespace

StyleId AnonymousStyles::inherit(StyleId parent, DisplayOutside outside, DisplayInside inside)
{
    const Key key{parent, (std::uint32_t(outside) << 8) | std::uint32_t(inside)};
    const auto found = m_inherited.find(key);
    if (found != m_inherited.end())
        return found->second;
    ComputedStyle style = inheriting(m_styles->style(parent));
    style.display = {outside, inside, false};
    style.originalDisplay = style.display;
    return m_inherited[key] = m_styles->add(std::move(style));
}

AnonymousStyles::TableStyles AnonymousStyles::table(StyleId id)
{
    const auto found = m_tables.find(id);
    if (found != m_tables.end())
        return found->second;
    const ComputedStyle &style = m_styles->style(id);
    const BoxStyle initial;

    ComputedStyle wrapper = inheriting(style);
    wrapper.display = {style.display.outside, DisplayInside::FlowRoot, false};
    wrapper.originalDisplay = style.originalDisplay;
    wrapper.position = style.position;
    wrapper.floating = style.floating;
    wrapper.clear = style.clear;
    wrapper.verticalAlign = style.verticalAlign;
    wrapper.verticalAlignLength = style.verticalAlignLength;
    wrapper.zIndex = style.zIndex;
    wrapper.rare = style.rare;
    wrapper.flexGrid = style.flexGrid;
    wrapper.box->margin = style.box->margin;
    wrapper.box->inset = style.box->inset;

    ComputedStyle table = style;
    table.display = {DisplayOutside::Block, DisplayInside::Table, false};
    table.position = Position::Static;
    table.floating = Float::None;
    table.clear = Clear::None;
    table.zIndex.reset();
    table.box->margin = initial.margin;
    table.box->inset = initial.inset;
    table.rare = ComputedStyle().rare;
    return m_tables[id] = {m_styles->add(std::move(wrapper)), m_styles->add(std::move(table))};
}

StyleId AnonymousStyles::withoutOverflow(StyleId id)
{
    ComputedStyle style = m_styles->style(id);
    style.overflowX = style.overflowY = Overflow::Visible;
    return m_styles->add(std::move(style));
}

StyleId AnonymousStyles::image(StyleId parent, const ContentItem &item)
{
    ComputedStyle style = inheriting(m_styles->style(parent));
    style.rare->content = std::vector<ContentItem>{item};
    return m_styles->add(std::move(style));
}

} // namespace bulkhead::engine
