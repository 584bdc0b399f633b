// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"
#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/rule_keys.h"

#include <QHash>
#include <QStringView>

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace bulkhead::engine {

/// Ids and classes of a document's elements as selectors compare them: lowered in quirks mode.
class ElementFacts
{
public:
    explicit ElementFacts(const Document &document);

    Atom id(NodeId element) const { return m_facts[std::size_t(element)].id; }
    std::span<const Atom> classes(NodeId element) const
    {
        const Facts &facts = m_facts[std::size_t(element)];
        return {m_classes.data() + facts.firstClass, facts.classCount};
    }
    bool hasClass(NodeId element, Atom name) const
    {
        const std::span<const Atom> all = classes(element);
        return std::find(all.begin(), all.end(), name) != all.end();
    }
    NameCase names() const { return m_names; }
    /// Lowered.
    Atom tagKey(NodeId element) { return lowered(m_document.node(element).name); }
    Atom attributeKey(const Attribute &attribute) { return lowered(attribute.name); }
    /// An HTML element whose names were lowered.
    bool isLowered(NodeId element) const
    {
        return !m_document.isXml() && m_document.node(element).space == Namespace::Html;
    }

private:
    struct Facts
    {
        Atom id = Atom::None;
        std::uint32_t firstClass = 0;
        std::uint32_t classCount = 0;
    };

    Atom compared(QStringView name) const;
    void setClasses(Facts &facts, const QString &value);
    Atom lowered(Atom name);

    const Document &m_document;
    NameCase m_names;
    std::vector<Facts> m_facts; // by node
    std::vector<Atom> m_classes;
    QHash<QStringView, std::pair<std::uint32_t, std::uint32_t>> m_known; // values of class="" -> of m_classes
    std::vector<Atom> m_lowered;                                         // by atom; None: not asked yet
};

} // namespace bulkhead::engine
