// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/display_list.h"
#include "renderer/html/document_text.h"

#include <litehtml/litehtml.h>

#include <QHash>
#include <QPoint>
#include <QUrl>

#include <functional>
#include <vector>

namespace bulkhead {

struct DocumentLink
{
    QUrl url;
    QString target;
    std::vector<QRect> rects;
};

struct DocumentImage
{
    QUrl url;
    QRect rect;
};

/// What is where in a laid out document: text in reading order, links, images, anchors, boxes. Built by one walk over
/// the engine's tree, so that finding what is under a point does not walk it again.
class DocumentIndex
{
public:
    using Resolve = std::function<QUrl(const char *)>;

    /// Also tells the texts of @p list which run of the text they show.
    void build(const litehtml::element::ptr &root, DisplayList &list, const Resolve &resolve);
    /// The same for a list recorded later from the same layout.
    void assignRuns(DisplayList &list) const;

    const DocumentText &text() const { return m_text; }
    const std::vector<DocumentLink> &links() const { return m_links; }
    const DocumentLink *linkAt(QPoint point) const;
    int linkIndexAt(QPoint point) const;
    const DocumentImage *imageAt(QPoint point) const;
    bool isOverText(QPoint point) const;
    const QHash<QString, QPoint> &anchors() const { return m_anchors; }

    /// Innermost element at a point; null outside of the document.
    litehtml::element *elementAt(QPoint point) const;
    /// Everything that the element and what is inside it paints; empty for unknown elements.
    QRect boundsOf(const litehtml::element *element) const;

private:
    struct Node
    {
        litehtml::element *element;
        QRect rect;
        int end; // behind the last node inside
    };

    struct Walk;
    QRect walk(Walk &walk, const litehtml::element::ptr &element, QPoint origin, int link);
    /// Where it is; empty for what is not drawn.
    QRect addText(Walk &walk, litehtml::element &element, QPoint origin, int link);
    /// The number of the link that the content of @p element belongs to: its own, or the one @p around it.
    int addLink(const Walk &walk, const litehtml::element &element, const QRect &box, int around);
    void addImage(const Walk &walk, const litehtml::element &element, const QRect &box, int link);
    /// By its id and, where it @p mayHaveName, by its name.
    void addAnchors(Walk &walk, const litehtml::element &element, const QRect &place, bool mayHaveName);

    DocumentText m_text;
    std::vector<Node> m_nodes; // in document order
    std::vector<DocumentLink> m_links;
    std::vector<DocumentImage> m_images;
    QHash<QString, QPoint> m_anchors;
    std::vector<std::pair<quint64, int>> m_runAt; // packed position of a run, run; sorted
};

} // namespace bulkhead
