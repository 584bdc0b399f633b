// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/display_list.h"
#include "renderer/html/document_index.h"
#include "renderer/html/html_container.h"
#include "renderer/page/page_client.h"

#include <litehtml/litehtml.h>

#include <memory>
#include <optional>
#include <vector>

namespace bulkhead {

struct HtmlDocumentSource
{
    QByteArray html; ///< guarded
    std::vector<QByteArray> sheets;
    QUrl base;
};

/// A parsed document in the engine: laid out for a width, recorded as a display list, indexed.
///
/// The engine may give up in the middle of its work (a budget is spent, its own exceptions): then the document is
/// broken for good and every function says so; what it shows instead is its owner's business.
class HtmlDocument
{
public:
    /// Null when the engine gave up. @p images must outlive the document.
    static std::unique_ptr<HtmlDocument> create(const HtmlDocumentSource &source, ImageStore &images, QSize viewport,
                                                qreal scale);
    ~HtmlDocument();

    /// Lays out, records and indexes. False when the engine gave up.
    [[nodiscard]] bool layout(QSize viewport, qreal scale);
    /// Records again without a new layout: colors or pictures changed. False when the engine gave up.
    [[nodiscard]] bool record();

    QSize size() const { return m_size; }
    /// Boxes for plugins, as of the last layout.
    std::vector<EmbedBox> embedBoxes();
    QString title() const { return m_container.title(); }
    QColor canvasColor() const { return m_canvas; }
    const DocumentIndex &index() const { return m_index; }
    QUrl resolved(const char *url) const { return m_container.resolved(url); }
    bool layoutDependsOn(const PageImage &image) const { return m_container.layoutDependsOn(image); }
    QRect boundsOf(const PageImage &image) const { return m_list.boundsOf(image); }

    /// The element under the mouse, or null. Returns what looks different now.
    std::vector<QRect> setHovered(litehtml::element *element);

    void paint(QPainter &painter, const QRect &damage, const DisplayList::HighlightsOf &highlights) const;

private:
    HtmlDocument(const HtmlDocumentSource &source, ImageStore &images);

    void recordInto(DisplayList &list, const QRect &area);
    void finish(DisplayList &list) const;
    std::vector<litehtml::element *> chainOf(litehtml::element *element) const;

    struct Patch
    {
        QRect area;
        DisplayList list;
    };

    litehtml::context m_context;
    HtmlContainer m_container;
    litehtml::document::ptr m_document;
    DisplayList m_list;
    DocumentIndex m_index;
    QSize m_size;
    QColor m_canvas = Qt::white;
    litehtml::element *m_hovered = nullptr;
    std::optional<Patch> m_patch; // what hovering changed: shown instead of the list there
};

} // namespace bulkhead
