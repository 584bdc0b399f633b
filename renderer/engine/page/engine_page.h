// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/page.h"

#include <functional>
#include <memory>

namespace bulkhead::engine {

class EnginePagePrivate;

/// HTML and XHTML documents on our own engine: CSS, no scripts, forms as static boxes.
///
/// Something is shown as soon as the first part of the document and its style sheets are there; it is parsed again when
/// it has doubled. A sheet that does not come within a few seconds is taken in when it does; pictures and fonts are
/// placed as they arrive.
class EnginePage final : public Page
{
public:
    /// @p client must outlive the page.
    static std::unique_ptr<EnginePage> create(const DocumentHead &head, PageClient &client);

    /// For documents of other kinds that are shown as HTML of our own. @p toHtml gets the whole body and returns UTF-8
    /// with addresses relative to the document's; it is called once, from finish().
    static std::unique_ptr<EnginePage> createFromGenerated(const DocumentHead &head, PageClient &client,
                                                           std::function<QByteArray(QByteArrayView body)> toHtml);

    ~EnginePage() override;

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

    // For developers' tools.
    QString dumpDocument() const;
    QString dumpLayout() const;

private:
    explicit EnginePage(std::unique_ptr<EnginePagePrivate> insides);

    std::unique_ptr<EnginePagePrivate> d;
};

} // namespace bulkhead::engine
