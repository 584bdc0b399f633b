// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/matcher.h"

#include "renderer/engine/style/bloom.h"
#include "renderer/engine/style/matcher_selectors.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace bulkhead::engine {

namespace {

/// One walk over a document.
class DocumentMatcher
{
public:
    DocumentMatcher(const Document &document, const RuleIndex &index, const MatchState &state)
        : m_document(document), m_index(index), m_selectors(document, state)
    {
        m_table.reserve(document.nodeCount());
    }

    MatchedRuleTable match()
    {
        NodeId id = m_document.node(NodeId::Root).firstChild;
        while (id != NodeId::None) {
            const bool isElement = m_document.isElement(id);
            if (isElement)
                matchElement(id);
            if (isElement && m_document.node(id).firstChild != NodeId::None) {
                enter(id);
                id = m_document.node(id).firstChild;
                continue;
            }
            while (id != NodeId::Root && m_document.node(id).next == NodeId::None) {
                id = m_document.node(id).parent;
                if (id != NodeId::Root)
                    leave();
            }
            if (id == NodeId::Root)
                break;
            id = m_document.node(id).next;
        }
        return std::move(m_table);
    }

private:
    void matchElement(NodeId element)
    {
        m_ranks.clear();
        ElementFacts &facts = m_selectors.facts();
        if (const Atom id = facts.id(element); id != Atom::None)
            tryAll(element, m_index.find(RuleKeyKind::Id, id));
        for (const Atom name : facts.classes(element))
            tryAll(element, m_index.find(RuleKeyKind::Class, name));
        for (const Attribute &attribute : m_document.attributes(element))
            tryAll(element, m_index.find(RuleKeyKind::Attribute, facts.attributeKey(attribute)));
        tryAll(element, m_index.find(RuleKeyKind::Tag, facts.tagKey(element)));
        tryAll(element, m_index.universal());
        std::sort(m_ranks.begin(), m_ranks.end());
        // Twice: a class that is written twice, or a selector with several keys.
        m_ranks.erase(std::unique(m_ranks.begin(), m_ranks.end()), m_ranks.end());
        m_table.set(element, m_ranks, m_index);
    }

    void tryAll(NodeId element, std::span<const IndexedSelector> candidates)
    {
        for (const IndexedSelector &candidate : candidates) {
            if (mayHaveAncestors(candidate) && m_selectors.matches(element, *m_index.ranked()[candidate.rank].selector))
                m_ranks.push_back(candidate.rank);
        }
    }

    bool mayHaveAncestors(const IndexedSelector &candidate) const
    {
        for (const std::uint32_t hash : candidate.ancestors) {
            if (hash == 0)
                return true;
            if (!m_filter.mayContain(hash))
                return false;
        }
        return true;
    }

    void enter(NodeId element)
    {
        m_starts.push_back(m_hashes.size());
        const auto add = [this](RuleKeyKind kind, Atom name) {
            m_hashes.push_back(AncestorFilter::hash(kind, name));
            m_filter.add(m_hashes.back());
        };
        ElementFacts &facts = m_selectors.facts();
        add(RuleKeyKind::Tag, facts.tagKey(element));
        if (const Atom id = facts.id(element); id != Atom::None)
            add(RuleKeyKind::Id, id);
        for (const Atom name : facts.classes(element))
            add(RuleKeyKind::Class, name);
    }

    void leave()
    {
        for (; m_hashes.size() > m_starts.back(); m_hashes.pop_back())
            m_filter.remove(m_hashes.back());
        m_starts.pop_back();
    }

    const Document &m_document;
    const RuleIndex &m_index;
    SelectorMatcher m_selectors;
    MatchedRuleTable m_table;
    AncestorFilter m_filter;
    std::vector<std::uint32_t> m_hashes; // of the ancestors, the innermost's last
    std::vector<std::size_t> m_starts;   // by ancestor: of its hashes
    std::vector<std::uint32_t> m_ranks;  // of the current element
};

} // namespace

MatchedRuleTable matchDocument(const Document &document, const RuleIndex &index, const MatchState &state)
{
    return DocumentMatcher(document, index, state).match();
}

} // namespace bulkhead::engine
