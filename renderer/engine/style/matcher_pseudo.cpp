// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/matcher_selectors.h"

#include <algorithm>

/// Pseudo-classes.
namespace bulkhead::engine {

namespace {

bool holds(const std::vector<NodeId> &sorted, NodeId element)
{
    return std::binary_search(sorted.begin(), sorted.end(), element);
}

} // namespace

bool SelectorMatcher::matchesPseudo(NodeId element, const css::SimpleSelector &simple)
{
    switch (simple.pseudo) {
    case css::PseudoClass::Never:
        return false;
    case css::PseudoClass::Is:
        return matchesAny(element, simple.argument->selectors);
    case css::PseudoClass::Not:
        return !matchesAny(element, simple.argument->selectors) && !isExhausted();
    case css::PseudoClass::Has:
        return std::any_of(simple.argument->selectors.begin(), simple.argument->selectors.end(),
                           [&](const css::Selector &relative) { return m_anchors.has(element, relative); });
    case css::PseudoClass::Language:
        return m_languages.matches(element, simple.argument->languages);
    case css::PseudoClass::Direction:
        return m_languages.direction(element) == simple.argument->value;
    case css::PseudoClass::AnyLink:
        return isLink(m_document, element);
    case css::PseudoClass::Enabled:
    case css::PseudoClass::Disabled:
    case css::PseudoClass::Checked:
    case css::PseudoClass::Indeterminate:
    case css::PseudoClass::Default:
    case css::PseudoClass::Required:
    case css::PseudoClass::Optional:
    case css::PseudoClass::ReadOnly:
    case css::PseudoClass::ReadWrite:
    case css::PseudoClass::PlaceholderShown:
    case css::PseudoClass::Defined:
    case css::PseudoClass::Open:
        return m_controls.matches(element, simple.pseudo);
    case css::PseudoClass::Hover:
    case css::PseudoClass::Active:
    case css::PseudoClass::Focus:
    case css::PseudoClass::FocusWithin:
    case css::PseudoClass::FocusVisible:
    case css::PseudoClass::Target:
    case css::PseudoClass::TargetWithin:
        return matchesInteraction(element, simple.pseudo);
    default:
        return matchesTree(element, simple);
    }
}

bool SelectorMatcher::matchesTree(NodeId element, const css::SimpleSelector &simple)
{
    switch (simple.pseudo) {
    case css::PseudoClass::Root:
    case css::PseudoClass::Scope:
        return parentElement(m_document, element) == NodeId::None && element == m_document.documentElement();
    case css::PseudoClass::Empty:
        for (NodeId child = m_document.node(element).firstChild; child != NodeId::None;
             child = m_document.node(child).next) {
            if (m_document.isElement(child) || !m_document.text(child).isEmpty())
                return false;
        }
        return true;
    case css::PseudoClass::OnlyChild:
        return previousElement(m_document, element) == NodeId::None && nextElement(m_document, element) == NodeId::None;
    case css::PseudoClass::OnlyOfType: {
        const SiblingPositions::Position position = m_positions.amongType(element);
        return position.fromStart == 1 && position.fromEnd == 1;
    }
    default:
        return matchesNth(element, simple);
    }
}

bool SelectorMatcher::matchesNth(NodeId element, const css::SimpleSelector &simple)
{
    const css::SelectorArgument &argument = *simple.argument;
    const bool isFirst = argument.nth.step == 0 && argument.nth.offset == 1 && argument.selectors.empty();
    if (isFirst && simple.pseudo == css::PseudoClass::NthChild)
        return previousElement(m_document, element) == NodeId::None;
    if (isFirst && simple.pseudo == css::PseudoClass::NthLastChild)
        return nextElement(m_document, element) == NodeId::None;

    SiblingPositions::Position position;
    if (simple.pseudo == css::PseudoClass::NthOfType || simple.pseudo == css::PseudoClass::NthLastOfType)
        position = m_positions.amongType(element);
    else if (argument.selectors.empty())
        position = m_positions.amongAll(element);
    else
        position = m_positions.among(element, &argument,
                                     [&](NodeId sibling) { return matchesAny(sibling, argument.selectors); });
    const bool isFromEnd =
        simple.pseudo == css::PseudoClass::NthLastChild || simple.pseudo == css::PseudoClass::NthLastOfType;
    return position.fromStart != 0 && argument.nth.contains(isFromEnd ? position.fromEnd : position.fromStart);
}

bool SelectorMatcher::matchesInteraction(NodeId element, css::PseudoClass pseudo) const
{
    switch (pseudo) {
    case css::PseudoClass::Hover:
        return holds(m_hovered, element);
    case css::PseudoClass::Active:
        return holds(m_active, element);
    case css::PseudoClass::Focus:
        return element == m_state.focused;
    case css::PseudoClass::FocusVisible:
        return element == m_state.focused && m_state.isFocusVisible;
    case css::PseudoClass::FocusWithin:
        return holds(m_focused, element);
    case css::PseudoClass::Target:
        return element == m_state.target;
    case css::PseudoClass::TargetWithin:
        return holds(m_targets, element);
    default:
        return false;
    }
}

} // namespace bulkhead::engine
