// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/engine_page.h"

#include "renderer/engine/page/engine_page_private.h"

namespace bulkhead::engine {

std::unique_ptr<EnginePage> EnginePage::create(const DocumentHead &head, PageClient &client)
{
    return createFromGenerated(head, client, {});
}

std::unique_ptr<EnginePage> EnginePage::createFromGenerated(const DocumentHead &head, PageClient &client,
                                                            std::function<QByteArray(QByteArrayView)> toHtml)
{
    return std::unique_ptr<EnginePage>(
        new EnginePage(std::make_unique<EnginePagePrivate>(head, client, std::move(toHtml))));
}

EnginePage::EnginePage(std::unique_ptr<EnginePagePrivate> insides) : d(std::move(insides)) {}

EnginePage::~EnginePage() = default;

void EnginePage::append(QByteArrayView bytes)
{
    d->append(bytes);
}

void EnginePage::finish()
{
    d->finish();
}

void EnginePage::setViewport(QSize size, qreal scale)
{
    d->setViewport(size, scale);
}

QSize EnginePage::contentSize() const
{
    return d->contentSize();
}

QColor EnginePage::backgroundColor() const
{
    return d->backgroundColor();
}

void EnginePage::paint(QPainter &painter, const QRect &damage)
{
    d->paint(painter, damage);
}

HitResult EnginePage::hitTest(QPoint point)
{
    return d->interaction().hitTest(point);
}

void EnginePage::mousePress(const PageMouseEvent &event)
{
    d->interaction().mousePress(event);
}

void EnginePage::mouseMove(const PageMouseEvent &event)
{
    d->interaction().mouseMove(event);
}

void EnginePage::mouseRelease(const PageMouseEvent &event)
{
    d->interaction().mouseRelease(event);
}

void EnginePage::mouseLeave()
{
    d->interaction().mouseLeave();
}

bool EnginePage::focusNext(FindDirection direction)
{
    return d->interaction().focusNext(direction);
}

void EnginePage::activateFocused(Qt::KeyboardModifiers modifiers)
{
    d->interaction().activateFocused(modifiers);
}

std::optional<QPoint> EnginePage::anchorPosition(const QString &fragment)
{
    return d->interaction().anchorPosition(fragment);
}

FindResult EnginePage::find(const QString &text, FindDirection direction, FindCase findCase)
{
    return d->interaction().find(text, direction, findCase);
}

QString EnginePage::selectedText() const
{
    return d->interaction().selectedText();
}

void EnginePage::selectAll()
{
    d->interaction().selectAll();
}

void EnginePage::clearSelection()
{
    d->interaction().select({});
}

QString EnginePage::text() const
{
    return d->interaction().text();
}

QString EnginePage::dumpDocument() const
{
    return d->dumpDocument();
}

QString EnginePage::dumpLayout() const
{
    return d->dumpLayout();
}

} // namespace bulkhead::engine
