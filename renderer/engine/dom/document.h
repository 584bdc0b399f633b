// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"

#include <QHash>
#include <QString>
#include <QStringView>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// A node's place in its document.
enum class NodeId : std::uint32_t {
    Root = 0, ///< the document itself
    None = 0xffffffff,
};

enum class NodeType : std::uint8_t { Document, Element, Text };
enum class Namespace : std::uint8_t { Html, Svg, MathMl, Other };
enum class QuirksMode : std::uint8_t { None, Limited, Quirks };

struct Attribute
{
    Atom name = Atom::None; ///< lowered in HTML elements; with its prefix, as "xlink:href", elsewhere
    QString value;
};

/// 40 bytes or so; a document has a hundred thousand.
struct Node
{
    NodeType type = NodeType::Document;
    Namespace space = Namespace::Html;
    std::uint16_t attributeCount = 0;
    Atom name = Atom::None; ///< of an element; lowered in HTML documents
    NodeId parent = NodeId::None;
    NodeId firstChild = NodeId::None;
    NodeId lastChild = NodeId::None;
    NodeId next = NodeId::None;
    NodeId previous = NodeId::None;
    std::uint32_t start = 0; ///< of a text in the document's characters, of an element in its attributes
    std::uint32_t length = 0;
};

/// What a parser made of a document: elements and texts, no comments. Ids are in document order as parsed; whoever
/// moves nodes afterwards (a parser's repair) ends that, so walk the links. Plain data: nothing is computed here.
class Document
{
public:
    explicit Document(Atoms &atoms);

    Atoms &atoms() const { return *m_atoms; }
    QuirksMode quirks() const { return m_quirks; }
    /// Made from XML: names keep their case, and there are no quirks.
    bool isXml() const { return m_isXml; }

    std::size_t nodeCount() const { return m_nodes.size(); }
    const Node &node(NodeId id) const { return m_nodes[std::size_t(id)]; }
    bool isElement(NodeId id) const { return node(id).type == NodeType::Element; }
    bool isElement(NodeId id, Atom htmlName) const
    {
        return isElement(id) && node(id).name == htmlName && node(id).space == Namespace::Html;
    }
    QStringView text(NodeId id) const
    {
        const Node &text = node(id);
        return QStringView(m_characters).mid(text.start, text.length);
    }
    std::span<const Attribute> attributes(NodeId id) const
    {
        return {m_attributes.data() + node(id).start, node(id).attributeCount};
    }
    /// Null when the element has no such attribute.
    const QString *attribute(NodeId id, Atom name) const;
    bool hasAttribute(NodeId id, Atom name) const { return attribute(id, name) != nullptr; }

    /// The address of an element's namespace; None for no namespace.
    Atom namespaceUri(NodeId id) const;
    /// The address of the namespace of attributes with that name, as "xlink:href"; None without a prefix.
    Atom attributeNamespaceUri(Atom name) const;

    /// The outermost element; None in an empty document.
    NodeId documentElement() const;
    /// The first HTML element child of the document element with that name, as head or body; or None.
    NodeId childOfRoot(Atom htmlName) const;
    /// The next node in document order, of the subtree of @p inside; None at its end.
    NodeId nextInTree(NodeId id, NodeId inside = NodeId::Root) const;
    /// The next node in document order that is not a descendant of @p id.
    NodeId nextAfterSubtree(NodeId id, NodeId inside = NodeId::Root) const;
    /// All text of the subtree, joined.
    QString textContent(NodeId id) const;
    /// The element with that id, the first in document order; or None.
    NodeId elementById(QStringView id) const;

    // Building, for parsers.
    void setQuirks(QuirksMode mode) { m_quirks = mode; }
    void setXml() { m_isXml = true; }
    NodeId appendElement(NodeId parent, Atom name, Namespace space);
    /// Only to the element that was made last.
    void addAttribute(NodeId element, Atom name, const QString &value);
    /// Of an element that is in Namespace::Other.
    void setNamespaceUri(NodeId element, Atom uri);
    void setAttributeNamespaceUri(Atom name, Atom uri);
    /// Joins a text that ends the parent.
    void appendText(NodeId parent, QStringView text);
    /// Moves @p id to before @p before (None: to the end) of @p parent.
    void move(NodeId id, NodeId parent, NodeId before);
    void remove(NodeId id);
    /// Makes one text of those that stand next to each other.
    void joinTexts();

private:
    void link(NodeId id, NodeId parent, NodeId before);
    void unlink(NodeId id);

    Atoms *m_atoms;
    std::vector<Node> m_nodes;
    std::vector<Attribute> m_attributes;
    QString m_characters;
    QHash<NodeId, Atom> m_namespaceUris;        // of Namespace::Other
    QHash<Atom, Atom> m_attributeNamespaceUris; // by name
    QuirksMode m_quirks = QuirksMode::None;
    bool m_isXml = false;
};

} // namespace bulkhead::engine
