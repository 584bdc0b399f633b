// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/dom/document.h"

#include "renderer/engine/base/known_atoms.h"

#include <limits>

namespace bulkhead::engine {

Document::Document(Atoms &atoms) : m_atoms(&atoms), m_nodes(1) {}

const QString *Document::attribute(NodeId id, Atom name) const
{
    if (name == Atom::None || !isElement(id))
        return nullptr;
    for (const Attribute &attribute : attributes(id)) {
        if (attribute.name == name)
            return &attribute.value;
    }
    return nullptr;
}

Atom Document::namespaceUri(NodeId id) const
{
    switch (node(id).space) {
    case Namespace::Html:
        return m_atoms->intern(u"http://www.w3.org/1999/xhtml");
    case Namespace::Svg:
        return m_atoms->intern(u"http://www.w3.org/2000/svg");
    case Namespace::MathMl:
        return m_atoms->intern(u"http://www.w3.org/1998/Math/MathML");
    case Namespace::Other:
        break;
    }
    return m_namespaceUris.value(id, Atom::None);
}

Atom Document::attributeNamespaceUri(Atom name) const
{
    if (const auto known = m_attributeNamespaceUris.constFind(name); known != m_attributeNamespaceUris.constEnd())
        return *known;
    const QString &text = m_atoms->name(name);
    if (text.startsWith(QLatin1String("xlink:")))
        return m_atoms->intern(u"http://www.w3.org/1999/xlink");
    if (text.startsWith(QLatin1String("xml:")))
        return m_atoms->intern(u"http://www.w3.org/XML/1998/namespace");
    return Atom::None;
}

void Document::setNamespaceUri(NodeId element, Atom uri)
{
    m_namespaceUris.insert(element, uri);
}

void Document::setAttributeNamespaceUri(Atom name, Atom uri)
{
    m_attributeNamespaceUris.insert(name, uri);
}

NodeId Document::documentElement() const
{
    for (NodeId id = node(NodeId::Root).firstChild; id != NodeId::None; id = node(id).next) {
        if (isElement(id))
            return id;
    }
    return NodeId::None;
}

NodeId Document::childOfRoot(Atom htmlName) const
{
    const NodeId root = documentElement();
    if (root == NodeId::None)
        return NodeId::None;
    for (NodeId id = node(root).firstChild; id != NodeId::None; id = node(id).next) {
        if (isElement(id, htmlName))
            return id;
    }
    return NodeId::None;
}

NodeId Document::nextInTree(NodeId id, NodeId inside) const
{
    const NodeId child = node(id).firstChild;
    return child != NodeId::None ? child : nextAfterSubtree(id, inside);
}

NodeId Document::nextAfterSubtree(NodeId id, NodeId inside) const
{
    while (id != inside && id != NodeId::None) {
        if (node(id).next != NodeId::None)
            return node(id).next;
        id = node(id).parent;
    }
    return NodeId::None;
}

QString Document::textContent(NodeId id) const
{
    QString out;
    for (NodeId at = id; at != NodeId::None; at = nextInTree(at, id)) {
        if (node(at).type == NodeType::Text)
            out += text(at);
    }
    return out;
}

NodeId Document::elementById(QStringView id) const
{
    if (id.isEmpty())
        return NodeId::None;
    for (NodeId at = node(NodeId::Root).firstChild; at != NodeId::None; at = nextInTree(at)) {
        const QString *own = attribute(at, attr::Id);
        if (own && *own == id)
            return at;
    }
    return NodeId::None;
}

NodeId Document::appendElement(NodeId parent, Atom name, Namespace space)
{
    Node element;
    element.type = NodeType::Element;
    element.space = space;
    element.name = name;
    element.start = std::uint32_t(m_attributes.size());
    const NodeId id = NodeId(m_nodes.size());
    m_nodes.push_back(element);
    link(id, parent, NodeId::None);
    return id;
}

void Document::addAttribute(NodeId element, Atom name, const QString &value)
{
    Node &owner = m_nodes[std::size_t(element)];
    Q_ASSERT(owner.start + owner.attributeCount == m_attributes.size());
    if (owner.attributeCount == std::numeric_limits<std::uint16_t>::max())
        return;
    m_attributes.push_back({name, value});
    ++owner.attributeCount;
}

void Document::appendText(NodeId parent, QStringView text)
{
    constexpr qsizetype maxCharacters = std::numeric_limits<std::int32_t>::max();
    if (text.isEmpty() || m_characters.size() > maxCharacters - text.size())
        return;
    const auto start = std::uint32_t(m_characters.size());
    const NodeId last = node(parent).lastChild;
    m_characters += text;
    if (last != NodeId::None && node(last).type == NodeType::Text && node(last).start + node(last).length == start) {
        m_nodes[std::size_t(last)].length += std::uint32_t(text.size());
        return;
    }
    Node added;
    added.type = NodeType::Text;
    added.start = start;
    added.length = std::uint32_t(text.size());
    const NodeId id = NodeId(m_nodes.size());
    m_nodes.push_back(added);
    link(id, parent, NodeId::None);
}

void Document::move(NodeId id, NodeId parent, NodeId before)
{
    unlink(id);
    link(id, parent, before);
}

void Document::remove(NodeId id)
{
    unlink(id);
}

void Document::joinTexts()
{
    for (NodeId id = NodeId::Root; id != NodeId::None; id = nextInTree(id)) {
        if (node(id).type != NodeType::Text || node(id).next == NodeId::None ||
            node(node(id).next).type != NodeType::Text)
            continue;
        QString joined = text(id).toString();
        while (node(id).next != NodeId::None && node(node(id).next).type == NodeType::Text) {
            joined += text(node(id).next);
            unlink(node(id).next);
        }
        m_nodes[std::size_t(id)].start = std::uint32_t(m_characters.size());
        m_nodes[std::size_t(id)].length = std::uint32_t(joined.size());
        m_characters += joined;
    }
}

void Document::link(NodeId id, NodeId parent, NodeId before)
{
    Node &added = m_nodes[std::size_t(id)];
    Node &owner = m_nodes[std::size_t(parent)];
    added.parent = parent;
    added.next = before;
    added.previous = before == NodeId::None ? owner.lastChild : node(before).previous;
    if (added.previous == NodeId::None)
        owner.firstChild = id;
    else
        m_nodes[std::size_t(added.previous)].next = id;
    if (before == NodeId::None)
        owner.lastChild = id;
    else
        m_nodes[std::size_t(before)].previous = id;
}

void Document::unlink(NodeId id)
{
    Node &removed = m_nodes[std::size_t(id)];
    if (removed.parent == NodeId::None)
        return;
    Node &owner = m_nodes[std::size_t(removed.parent)];
    if (removed.previous == NodeId::None)
        owner.firstChild = removed.next;
    else
        m_nodes[std::size_t(removed.previous)].next = removed.next;
    if (removed.next == NodeId::None)
        owner.lastChild = removed.previous;
    else
        m_nodes[std::size_t(removed.next)].previous = removed.previous;
    removed.parent = removed.next = removed.previous = NodeId::None;
}

} // namespace bulkhead::engine
