// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/selector.h"
#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/match_state.h"

#include <QHash>

namespace bulkhead::engine {

/// <a> and <area> with href=""; in SVG also xlink:href="".
bool isLink(const Document &document, NodeId element);

/// What pseudo-classes ask of form controls and other elements with a state (HTML, "Pseudo-classes").
class ControlFacts
{
public:
    ControlFacts(const Document &document, const MatchState &state) : m_document(document), m_state(state) {}
    bool matches(NodeId element, css::PseudoClass pseudo);

private:
    bool isDisabled(NodeId element) const;
    bool isInDisabledFieldset(NodeId element) const;
    bool isChecked(NodeId element);
    bool isSelected(NodeId option);
    bool isIndeterminate(NodeId element) const;
    bool isReadWrite(NodeId element) const;
    bool isPlaceholderShown(NodeId element) const;
    NodeId initiallySelected(NodeId select);

    const Document &m_document;
    const MatchState &m_state;
    QHash<NodeId, NodeId> m_selected; // by <select>: the option that a list of one line shows
};

} // namespace bulkhead::engine
