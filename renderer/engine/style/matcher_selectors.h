// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/selector.h"
#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/match_state.h"
#include "renderer/engine/style/matcher_controls.h"
#include "renderer/engine/style/matcher_facts.h"
#include "renderer/engine/style/matcher_has.h"
#include "renderer/engine/style/matcher_language.h"
#include "renderer/engine/style/matcher_siblings.h"

#include <QHash>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace bulkhead::engine {

/// Whether selectors match elements of one document in one state. What is asked of all siblings or of whole subtrees is
/// remembered, so that a document costs no more than its size times its selectors; above a limit of steps, which only
/// hostile sheets reach, nothing matches any more.
class SelectorMatcher
{
public:
    SelectorMatcher(const Document &document, const MatchState &state);
    Q_DISABLE_COPY_MOVE(SelectorMatcher)

    /// Its pseudo-element aside.
    bool matches(NodeId element, const css::Selector &selector)
    {
        return matchFrom(element, selector, 0) == Outcome::Matches;
    }
    bool matchesAny(NodeId element, const css::SelectorList &selectors);
    bool matchesCompound(NodeId element, const css::Selector &selector, const css::Compound &compound);
    ElementFacts &facts() { return m_facts; }
    const Document &document() const { return m_document; }
    bool isExhausted() const { return m_steps <= 0; }

private:
    /// Besides the answer what else cannot match then, so that combinators do not try in vain.
    enum class Outcome : std::uint8_t {
        Matches,
        Fails,
        FailsEverywhere, ///< and so would any of its ancestors
    };
    /// What is known of the siblings that match the left of a "~".
    struct EarlierSibling
    {
        NodeId next = NodeId::None; // to be looked at
        std::uint32_t seen = 0;     // elements that were
        std::uint32_t found = 0;    // place of the first that matches, from 1
    };

    Outcome matchFrom(NodeId element, const css::Selector &selector, std::size_t compound);
    Outcome matchAncestor(NodeId element, const css::Selector &selector, std::size_t compound);
    bool matchEarlierSibling(NodeId element, const css::Selector &selector, std::size_t compound);
    bool matchesSimple(NodeId element, const css::SimpleSelector &simple);
    bool matchesNamespace(NodeId element, const css::SimpleSelector &simple) const;
    bool matchesAttribute(NodeId element, const css::SimpleSelector &simple);
    bool matchesPseudo(NodeId element, const css::SimpleSelector &simple);
    bool matchesTree(NodeId element, const css::SimpleSelector &simple);
    bool matchesNth(NodeId element, const css::SimpleSelector &simple);
    bool matchesInteraction(NodeId element, css::PseudoClass pseudo) const;
    bool isHoverQuirk(const css::Selector &selector, const css::Compound &compound) const;
    /// False when there are none left.
    bool spend(int steps = 1) { return (m_steps -= steps) > 0; }

    const Document &m_document;
    const MatchState &m_state;
    ElementFacts m_facts;
    SiblingPositions m_positions;
    HasAnchors m_anchors;
    Languages m_languages;
    ControlFacts m_controls;
    std::vector<NodeId> m_hovered, m_active, m_focused, m_targets;                    // with their ancestors, sorted
    QHash<std::pair<const css::Compound *, std::uint32_t>, EarlierSibling> m_earlier; // by the left of "~" and parent
    std::array<Atom, 3> m_namespaceUris;                                              // of HTML, SVG and MathML
    std::int64_t m_steps;
};

} // namespace bulkhead::engine
