// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/page_links.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/page/document_facts.h"

namespace bulkhead::engine {

PageLinks::PageLinks(const Document &document, const QUrl &base) : m_linkOf(document.nodeCount(), None)
{
    constexpr std::size_t most = 200'000;
    for (NodeId id = NodeId::Root; id != NodeId::None; id = document.nextInTree(id)) {
        const Node &node = document.node(id);
        int &link = m_linkOf[std::size_t(id)];
        if (node.parent != NodeId::None)
            link = m_linkOf[std::size_t(node.parent)];
        if (!document.isElement(id, tag::A) && !document.isElement(id, tag::Area))
            continue;
        const QString *href = document.attribute(id, attr::Href);
        const QUrl url = href && m_links.size() < most ? resolvedUrl(base, *href) : QUrl();
        if (!url.isValid() || (url.isEmpty() && base.isEmpty()))
            continue;
        const QString *target = document.attribute(id, attr::Target);
        link = int(m_links.size());
        m_links.push_back({id, url, target ? *target : QString()});
    }
}

NodePlaces::NodePlaces(const Document &document, const BoxTree &boxes, const LayoutTree &tree)
    : m_document(document), m_boxes(boxes), m_tree(tree), m_boxOf(document.nodeCount(), BoxId::None)
{
    for (std::size_t i = 1; i < boxes.boxes.size(); ++i) {
        const Box &box = boxes.boxes[i];
        if (box.node == NodeId::None || box.isAnonymous || box.pseudo != PseudoElement::None)
            continue;
        BoxId &first = m_boxOf[std::size_t(box.node)];
        if (first == BoxId::None && i < tree.firstOfBox.size() && tree.firstOfBox[i] != FragmentId::None)
            first = BoxId(i);
    }
}

BoxId NodePlaces::box(NodeId node) const
{
    return node == NodeId::None ? BoxId::None : m_boxOf[std::size_t(node)];
}

QPoint NodePlaces::anchor(NodeId node) const
{
    for (NodeId id = node; id != NodeId::None; id = m_document.nextInTree(id)) {
        if (box(id) == BoxId::None)
            continue;
        const LayoutPoint at = m_tree.absolutePosition(m_tree.firstOfBox[std::size_t(box(id))]);
        return {at.x.floor(), at.y.floor()};
    }
    return {0, m_tree.documentSize.height.floor()};
}

QRect NodePlaces::borderBox(BoxId box) const
{
    const FragmentId id = m_tree.firstOfBox[std::size_t(box)];
    const LayoutPoint at = m_tree.absolutePosition(id);
    const LayoutSize size = m_tree.fragment(id).size;
    return QRect(QPoint(at.x.round(), at.y.round()),
                 QPoint((at.x + size.width).round() - 1, (at.y + size.height).round() - 1));
}

std::vector<QRect> NodePlaces::visibleParts(NodeId node, const FragmentMap &map) const
{
    std::vector<QRect> parts;
    const auto isInside = [&](NodeId id) {
        while (id != NodeId::None && id != node)
            id = m_document.node(id).parent;
        return id == node;
    };
    for (std::size_t i = 0; i < m_tree.fragments.size(); ++i) {
        const Fragment &fragment = m_tree.fragments[i];
        const bool counts =
            fragment.kind == FragmentKind::Text || (fragment.kind == FragmentKind::Box && fragment.box != BoxId::None &&
                                                    m_boxes.box(fragment.box).type == Box::Type::Replaced);
        if (!counts || fragment.box == BoxId::None || !map.isShown(FragmentId(i)) ||
            !isInside(m_boxes.box(fragment.box).node))
            continue;
        parts.push_back(map.rect(FragmentId(i)).toAlignedRect());
    }
    if (parts.empty() && box(node) != BoxId::None) {
        const QRect whole = borderBox(box(node));
        if (!whole.isEmpty())
            parts.push_back(whole);
    }
    return parts;
}

NodeId anchorElement(const Document &document, const QString &fragment)
{
    if (fragment.isEmpty())
        return NodeId::None;
    if (const NodeId byId = document.elementById(fragment); byId != NodeId::None)
        return byId;
    for (NodeId id = NodeId::Root; id != NodeId::None; id = document.nextInTree(id)) {
        const QString *name = document.isElement(id, tag::A) ? document.attribute(id, attr::Name) : nullptr;
        if (name && *name == fragment)
            return id;
    }
    return NodeId::None;
}

} // namespace bulkhead::engine
