// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/matcher_facts.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/css/characters.h"

namespace bulkhead::engine {

ElementFacts::ElementFacts(const Document &document)
    : m_document(document), m_names(document.quirks() == QuirksMode::Quirks ? NameCase::Lowered : NameCase::AsWritten),
      m_facts(document.nodeCount())
{
    for (std::size_t i = 0; i < m_facts.size(); ++i) {
        for (const Attribute &attribute : document.attributes(NodeId(i))) {
            if (attribute.name == attr::Id)
                m_facts[i].id = compared(attribute.value);
            else if (attribute.name == attr::Class)
                setClasses(m_facts[i], attribute.value);
        }
    }
}

/// None for a name that no selector has: all of theirs are interned.
Atom ElementFacts::compared(QStringView name) const
{
    const Atoms &atoms = m_document.atoms();
    return m_names == NameCase::Lowered ? atoms.find(css::asciiLower(name)) : atoms.find(name);
}

void ElementFacts::setClasses(Facts &facts, const QString &value)
{
    const auto known = m_known.constFind(value);
    if (known != m_known.constEnd()) {
        facts.firstClass = known->first;
        facts.classCount = known->second;
        return;
    }
    facts.firstClass = std::uint32_t(m_classes.size());
    const QStringView text(value);
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype begin = at;
        while (at < text.size() && !css::isWhitespace(text[at].unicode()))
            ++at;
        const Atom name = at > begin ? compared(text.mid(begin, at - begin)) : Atom::None;
        if (name != Atom::None)
            m_classes.push_back(name);
        ++at;
    }
    facts.classCount = std::uint32_t(m_classes.size()) - facts.firstClass;
    m_known.insert(text, {facts.firstClass, facts.classCount});
}

Atom ElementFacts::lowered(Atom name)
{
    if (std::size_t(name) >= m_lowered.size())
        m_lowered.resize(m_document.atoms().count(), Atom::None);
    Atom &lower = m_lowered[std::size_t(name)];
    if (lower == Atom::None)
        lower = m_document.atoms().internLower(m_document.atoms().name(name));
    return lower;
}

} // namespace bulkhead::engine
