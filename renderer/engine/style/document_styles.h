// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/pseudo_element.h"
#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/computed_style.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace bulkhead::engine {

class CounterStyles;

enum class StyleId : std::uint32_t { Initial = 0 };

/// What the cascade computed for a document: a style for each element, shared by those for which it came out the same.
/// Texts have their parent's. The element's own style is there even inside display: none.
class DocumentStyles
{
public:
    const ComputedStyle &style(StyleId id) const { return *m_table[std::size_t(id)]; }
    StyleId idOf(NodeId element) const { return m_ids[std::size_t(element)]; }
    const ComputedStyle &of(NodeId element) const { return style(idOf(element)); }
    /// Nothing when no rule is about that pseudo-element of it. ::before and ::after are there only when they have
    /// content.
    std::optional<StyleId> pseudo(NodeId element, PseudoElement which) const
    {
        const auto found = m_pseudos.find({element, which});
        return found == m_pseudos.end() ? std::nullopt : std::optional(found->second);
    }

    // For the cascade and for anonymous boxes.
    StyleId add(ComputedStyle style)
    {
        m_table.push_back(std::make_unique<const ComputedStyle>(std::move(style)));
        return StyleId(m_table.size() - 1);
    }
    void set(NodeId element, StyleId id)
    {
        if (m_ids.size() <= std::size_t(element))
            m_ids.resize(std::size_t(element) + 1, StyleId::Initial);
        m_ids[std::size_t(element)] = id;
    }
    void setPseudo(NodeId element, PseudoElement which, StyleId id) { m_pseudos[{element, which}] = id; }
    std::size_t distinctCount() const { return m_table.size(); }
    /// The document's counter styles (counter_styles.h); null where nobody set them: the predefined ones.
    const std::shared_ptr<const CounterStyles> &counterStyles() const { return m_counterStyles; }
    void setCounterStyles(std::shared_ptr<const CounterStyles> styles) { m_counterStyles = std::move(styles); }

private:
    std::vector<std::unique_ptr<const ComputedStyle>> m_table;
    std::vector<StyleId> m_ids; // by node
    std::map<std::pair<NodeId, PseudoElement>, StyleId> m_pseudos;
    std::shared_ptr<const CounterStyles> m_counterStyles;
};

} // namespace bulkhead::engine
