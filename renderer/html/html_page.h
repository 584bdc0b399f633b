// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/page.h"

#include <functional>
#include <memory>

namespace bulkhead {

class HtmlPagePrivate;

/// HTML and XHTML documents, on litehtml: CSS 2.1 and a little of 3, no scripts, forms as static boxes.
///
/// The document is parsed when all of it and its style sheets are there; a sheet that does not come within a few
/// seconds is taken in when it does. Images are placed as they arrive. Elements with position: fixed stand where they
/// are at the top of the document and scroll with it. Documents are guarded before the engine sees them (see HtmlGuard,
/// CssGuard); one that the engine gives up on is shown as plain text.
class HtmlPage final : public Page
{
public:
    /// @p client must outlive the page.
    static std::unique_ptr<Page> create(const DocumentHead &head, PageClient &client);

    /// For documents of other kinds that are shown as HTML of our own. @p toHtml gets the whole body and returns UTF-8
    /// with src and href relative to the document's URL; it is called once, from finish(). Such a page has a style of
    /// its own, light or dark as the person prefers.
    static std::unique_ptr<Page> createFromGenerated(const DocumentHead &head, PageClient &client,
                                                     std::function<QByteArray(QByteArrayView body)> toHtml);

    ~HtmlPage() override;

    void append(QByteArrayView bytes) override;
    void finish() override;
    void setViewport(QSize size, qreal scale) override;
    QSize contentSize() const override;
    QColor backgroundColor() const override;
    void paint(QPainter &painter, const QRect &damage) override;

    HitResult hitTest(QPoint point) override;
    void mousePress(const PageMouseEvent &event) override;
    void mouseMove(const PageMouseEvent &event) override;
    void mouseRelease(const PageMouseEvent &event) override;
    void mouseLeave() override;

    bool focusNext(FindDirection direction) override;
    void activateFocused(Qt::KeyboardModifiers modifiers) override;
    std::optional<QPoint> anchorPosition(const QString &fragment) override;
    FindResult find(const QString &text, FindDirection direction, FindCase findCase) override;

    QString selectedText() const override;
    void selectAll() override;
    void clearSelection() override;
    QString text() const override;

private:
    explicit HtmlPage(std::unique_ptr<HtmlPagePrivate> d);

    std::unique_ptr<HtmlPagePrivate> d;
};

} // namespace bulkhead
