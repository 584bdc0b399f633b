// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/layout_tree.h"
#include "renderer/engine/page/fragment_map.h"
#include "renderer/engine/style/document_styles.h"

#include <QHash>
#include <QPoint>
#include <QRect>
#include <QString>
#include <QUrl>

#include <optional>
#include <vector>

namespace bulkhead::engine {

struct PageLink
{
    NodeId element = NodeId::None;
    QUrl url;
    QString target;
};

/// The links of a document, in its order.
class PageLinks
{
public:
    static constexpr int None = -1;

    PageLinks(const Document &document, const QUrl &base);

    const std::vector<PageLink> &all() const { return m_links; }
    const PageLink &link(int index) const { return m_links[std::size_t(index)]; }
    /// Of the link that a node is or is in.
    int around(NodeId node) const { return node == NodeId::None ? None : m_linkOf[std::size_t(node)]; }

private:
    std::vector<PageLink> m_links;
    std::vector<int> m_linkOf; // by node
};

/// Where the boxes of a document's nodes are.
class NodePlaces
{
public:
    NodePlaces(const Document &document, const BoxTree &boxes, const LayoutTree &tree);

    /// The top left corner of the first box of a node, or of the first in it or behind it.
    QPoint anchor(NodeId node) const;
    /// The first box of a node; None when it has none.
    BoxId box(NodeId node) const;
    QRect borderBox(BoxId box) const;
    /// What can be seen of the text, pictures and boxes of a node and what is in it: a rectangle for each piece.
    std::vector<QRect> visibleParts(NodeId node, const FragmentMap &map) const;

private:
    const Document &m_document;
    const BoxTree &m_boxes;
    const LayoutTree &m_tree;
    std::vector<BoxId> m_boxOf; // by node: the first
};

/// The element that "#fragment" names: by id, or by name of an <a>. None when there is none.
NodeId anchorElement(const Document &document, const QString &fragment);

} // namespace bulkhead::engine
