// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/html_page.h"

#include "renderer/html/html_page_private.h"

namespace bulkhead {

std::unique_ptr<Page> HtmlPage::create(const DocumentHead &head, PageClient &client)
{
    return createFromGenerated(head, client, {});
}

std::unique_ptr<Page> HtmlPage::createFromGenerated(const DocumentHead &head, PageClient &client,
                                                    std::function<QByteArray(QByteArrayView)> toHtml)
{
    return std::unique_ptr<Page>(new HtmlPage(std::make_unique<HtmlPagePrivate>(head, client, std::move(toHtml))));
}

HtmlPage::HtmlPage(std::unique_ptr<HtmlPagePrivate> insides) : d(std::move(insides)) {}

HtmlPage::~HtmlPage() = default;

void HtmlPage::append(QByteArrayView bytes)
{
    d->append(bytes);
}

void HtmlPage::finish()
{
    d->finish();
}

void HtmlPage::setViewport(QSize size, qreal scale)
{
    d->setViewport(size, scale);
}

QSize HtmlPage::contentSize() const
{
    return d->contentSize();
}

QColor HtmlPage::backgroundColor() const
{
    return d->backgroundColor();
}

void HtmlPage::paint(QPainter &painter, const QRect &damage)
{
    d->paint(painter, damage);
}

HitResult HtmlPage::hitTest(QPoint point)
{
    return d->hitTest(point);
}

void HtmlPage::mousePress(const PageMouseEvent &event)
{
    d->mousePress(event);
}

void HtmlPage::mouseMove(const PageMouseEvent &event)
{
    d->mouseMove(event);
}

void HtmlPage::mouseRelease(const PageMouseEvent &event)
{
    d->mouseRelease(event);
}

void HtmlPage::mouseLeave()
{
    d->mouseLeave();
}

bool HtmlPage::focusNext(FindDirection direction)
{
    return d->focusNext(direction);
}

void HtmlPage::activateFocused(Qt::KeyboardModifiers modifiers)
{
    d->activateFocused(modifiers);
}

std::optional<QPoint> HtmlPage::anchorPosition(const QString &fragment)
{
    return d->anchorPosition(fragment);
}

FindResult HtmlPage::find(const QString &text, FindDirection direction, FindCase findCase)
{
    return d->find(text, direction, findCase);
}

QString HtmlPage::selectedText() const
{
    return d->selectedText();
}

void HtmlPage::selectAll()
{
    d->selectAll();
}

void HtmlPage::clearSelection()
{
    d->select({});
}

QString HtmlPage::text() const
{
    return d->text();
}

} // namespace bulkhead
