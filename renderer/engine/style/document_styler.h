// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/sheet.h"
#include "renderer/engine/style/compute_style.h"
#include "renderer/engine/style/style_computer.h"

#include <QHash>
#include <QString>

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

namespace bulkhead::engine {

/// Walks over a document once, parents first.
class DocumentStyler
{
public:
    DocumentStyler(const Document &document, const MatchedRuleTable &matched, const StyleInput &input);
    DocumentStyles run();

private:
    /// What an element declares itself: style="", old attributes, lang="". 0: nothing.
    using LocalId = std::uint32_t;
    struct Local
    {
        css::DeclarationBlock hints, inlineStyle;
        std::optional<QString> language;
    };
    /// All that a style comes of.
    struct Key
    {
        StyleId parent;
        MatchSetId rules;
        LocalId local;
        PseudoElement pseudo;
        StylePlace::Container container;
        friend bool operator==(const Key &, const Key &) = default;
    };
    struct KeyHash
    {
        std::size_t operator()(const Key &key) const;
    };
    /// What an element's children need.
    struct Open
    {
        NodeId element;
        StyleId style;
        NodeId table;                    ///< the innermost, or None
        StylePlace::Container container; ///< that the children's boxes stand in
    };

    void styleElement(NodeId element, std::vector<Open> &open);
    void stylePseudos(NodeId element, StyleId style, MatchSetId rules);
    bool mayHave(NodeId element, StyleId style, PseudoElement pseudo) const;
    StyleId compute(const Key &key, const CascadeInput &input, StylePlace::Role role);
    LocalId localOf(NodeId element, NodeId table);
    css::DeclarationBlock parse(const QString &text);
    void noteRoot(StyleId root);

    const Document &m_document;
    const MatchedRuleTable &m_matched;
    const StyleInput &m_input;
    DocumentStyles m_styles;
    RootFont m_root;
    std::unordered_map<Key, StyleId, KeyHash> m_known;
    QHash<QString, LocalId> m_localIds;
    std::deque<Local> m_locals{1};
};

} // namespace bulkhead::engine
