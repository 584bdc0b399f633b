// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/dom/tree_dump.h"

namespace bulkhead::engine {

namespace {

QString startOf(const Document &document, NodeId id)
{
    const Node &node = document.node(id);
    if (node.type == NodeType::Text)
        return QLatin1Char('"') + document.text(id).toString().replace(u'\n', QStringLiteral("\\n")) + QLatin1Char('"');
    QString out;
    if (node.space == Namespace::Svg)
        out += QStringLiteral("svg:");
    else if (node.space == Namespace::MathMl)
        out += QStringLiteral("math:");
    else if (node.space == Namespace::Other)
        out += QStringLiteral("other:");
    out += document.atoms().name(node.name);
    for (const Attribute &attribute : document.attributes(id))
        out += QLatin1Char('[') + document.atoms().name(attribute.name) + QLatin1Char('=') + attribute.value +
               QLatin1Char(']');
    return out;
}

} // namespace

QString dumpTree(const Document &document, NodeId from)
{
    QString out;
    NodeId id = from == NodeId::Root ? document.node(NodeId::Root).firstChild : from;
    while (id != NodeId::None) {
        out += startOf(document, id);
        if (document.node(id).firstChild != NodeId::None) {
            out += QLatin1Char('(');
            id = document.node(id).firstChild;
            continue;
        }
        while (id != NodeId::None && id != from && document.node(id).next == NodeId::None) {
            id = document.node(id).parent;
            if (id == NodeId::Root || id == NodeId::None)
                return out;
            out += QLatin1Char(')');
        }
        if (id == from || id == NodeId::None)
            return out;
        out += QLatin1Char(' ');
        id = document.node(id).next;
    }
    return out;
}

} // namespace bulkhead::engine
