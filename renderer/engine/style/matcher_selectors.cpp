// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/matcher_selectors.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/css/characters.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

constexpr std::int64_t MaxSteps = 100'000'000; // real pages: less than a million
constexpr qsizetype MaxEarlier = 500'000;      // remembered; above it all is forgotten

std::vector<NodeId> withAncestors(const Document &document, NodeId element)
{
    std::vector<NodeId> chain;
    for (; element != NodeId::None; element = document.node(element).parent)
        chain.push_back(element);
    std::sort(chain.begin(), chain.end());
    return chain;
}

} // namespace

SelectorMatcher::SelectorMatcher(const Document &document, const MatchState &state)
    : m_document(document), m_state(state), m_facts(document), m_positions(document), m_anchors(*this),
      m_languages(document, state.language), m_controls(document, state),
      m_hovered(withAncestors(document, state.hovered)), m_active(withAncestors(document, state.active)),
      m_focused(withAncestors(document, state.focused)), m_targets(withAncestors(document, state.target)),
      m_namespaceUris{document.atoms().intern(u"http://www.w3.org/1999/xhtml"),
                      document.atoms().intern(u"http://www.w3.org/2000/svg"),
                      document.atoms().intern(u"http://www.w3.org/1998/Math/MathML")},
      m_steps(MaxSteps)
{
}

bool SelectorMatcher::matchesAny(NodeId element, const css::SelectorList &selectors)
{
    return std::any_of(selectors.begin(), selectors.end(),
                       [&](const css::Selector &selector) { return matches(element, selector); });
}

/// From the compound on to the left. The work is linear in the ancestors: when an ancestor is missing for the nearest
/// candidate, it is missing for the farther ones, too.
SelectorMatcher::Outcome SelectorMatcher::matchFrom(NodeId element, const css::Selector &selector, std::size_t at)
{
    const css::Compound &compound = selector.compounds[at];
    if (!spend())
        return Outcome::FailsEverywhere;
    if (!matchesCompound(element, selector, compound))
        return Outcome::Fails;
    switch (compound.left) {
    case css::Combinator::None:
        return Outcome::Matches;
    case css::Combinator::Descendant:
        return matchAncestor(element, selector, at + 1);
    case css::Combinator::Child: {
        const NodeId parent = parentElement(m_document, element);
        return parent == NodeId::None ? Outcome::FailsEverywhere : matchFrom(parent, selector, at + 1);
    }
    case css::Combinator::NextSibling: {
        const NodeId previous = previousElement(m_document, element);
        return previous == NodeId::None ? Outcome::Fails : matchFrom(previous, selector, at + 1);
    }
    case css::Combinator::SubsequentSibling:
        return matchEarlierSibling(element, selector, at + 1) ? Outcome::Matches : Outcome::Fails;
    }
    return Outcome::Fails;
}

SelectorMatcher::Outcome SelectorMatcher::matchAncestor(NodeId element, const css::Selector &selector, std::size_t at)
{
    for (NodeId ancestor = parentElement(m_document, element); ancestor != NodeId::None;
         ancestor = parentElement(m_document, ancestor)) {
        const Outcome outcome = matchFrom(ancestor, selector, at);
        if (outcome == Outcome::Matches || outcome == Outcome::FailsEverywhere)
            return outcome;
    }
    return Outcome::FailsEverywhere;
}

/// Whether an earlier sibling matches from the compound on. Siblings are looked at once for all that ask.
bool SelectorMatcher::matchEarlierSibling(NodeId element, const css::Selector &selector, std::size_t at)
{
    const NodeId parent = m_document.node(element).parent;
    const std::pair key(&selector.compounds[at], std::uint32_t(parent));
    const std::uint32_t place = m_positions.amongAll(element).fromStart;
    EarlierSibling known;
    if (const auto found = m_earlier.constFind(key); found != m_earlier.constEnd())
        known = *found;
    else
        known.next = firstElement(m_document, parent);
    const bool isToBeSeen = known.found == 0 && known.seen + 1 < place;
    while (known.found == 0 && known.seen + 1 < place) {
        ++known.seen;
        if (matchFrom(known.next, selector, at) == Outcome::Matches)
            known.found = known.seen;
        known.next = nextElement(m_document, known.next);
    }
    if (isToBeSeen) {
        if (m_earlier.size() >= MaxEarlier)
            m_earlier.clear();
        m_earlier.insert(key, known);
    }
    return known.found != 0 && known.found < place;
}

bool SelectorMatcher::matchesCompound(NodeId element, const css::Selector &selector, const css::Compound &compound)
{
    for (const css::SimpleSelector &simple : selector.simplesOf(compound)) {
        if (!matchesSimple(element, simple))
            return false;
    }
    return !isHoverQuirk(selector, compound) || isLink(m_document, element);
}

/// quirks.spec.whatwg.org 3.6: there ":hover" and ":active" alone are of links only.
bool SelectorMatcher::isHoverQuirk(const css::Selector &selector, const css::Compound &compound) const
{
    if (m_facts.names() != NameCase::Lowered || compound.count == 0)
        return false;
    const auto simples = selector.simplesOf(compound);
    return std::all_of(simples.begin(), simples.end(), [](const css::SimpleSelector &simple) {
        return simple.kind == css::SimpleKind::PseudoClass &&
               (simple.pseudo == css::PseudoClass::Hover || simple.pseudo == css::PseudoClass::Active);
    });
}

bool SelectorMatcher::matchesSimple(NodeId element, const css::SimpleSelector &simple)
{
    switch (simple.kind) {
    case css::SimpleKind::Universal:
        return matchesNamespace(element, simple);
    case css::SimpleKind::Type:
        return m_document.node(element).name == (m_facts.isLowered(element) ? simple.lowerName : simple.name) &&
               matchesNamespace(element, simple);
    case css::SimpleKind::Id:
        return m_facts.id(element) == (m_facts.names() == NameCase::Lowered ? simple.lowerName : simple.name);
    case css::SimpleKind::Class:
        return m_facts.hasClass(element, m_facts.names() == NameCase::Lowered ? simple.lowerName : simple.name);
    case css::SimpleKind::Attribute:
        return matchesAttribute(element, simple);
    case css::SimpleKind::PseudoClass:
        return matchesPseudo(element, simple);
    }
    return false;
}

bool SelectorMatcher::matchesNamespace(NodeId element, const css::SimpleSelector &simple) const
{
    if (simple.anyNamespace)
        return true;
    const Namespace space = m_document.node(element).space;
    const bool isKnown = space != Namespace::Other;
    return (isKnown ? m_namespaceUris[std::size_t(space)] : m_document.namespaceUri(element)) == simple.namespaceUri;
}

} // namespace bulkhead::engine
