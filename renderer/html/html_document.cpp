// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/html_document.h"

#include "renderer/html/embed_element.h"

#include "renderer/html/css_scanner.h"

#include <QFile>

#include <algorithm>
#include <exception>

namespace bulkhead {

namespace {

QByteArray masterStyle()
{
    QFile file(QStringLiteral(":/bulkhead/html/master.css"));
    return file.open(QIODevice::ReadOnly) ? withoutCssComments(file.readAll()) : QByteArray();
}

// Runs a piece of the engine; false when it threw.
template <class Work>
bool guarded(Work &&work)
{
    try {
        work();
        return true;
    } catch (const EngineBudgetExceeded &) {
        return false;
    } catch (const std::exception &) {
        return false;
    }
}

qint64 countElements(litehtml::element &element)
{
    qint64 count = 1;
    for (std::size_t i = 0; i < element.get_children_count(); ++i)
        count += countElements(*element.get_child(int(i)));
    return count;
}

} // namespace

HtmlDocument::HtmlDocument(const HtmlDocumentSource &source, ImageStore &images)
    : m_container(images, source.base, source.sheets)
{
}

HtmlDocument::~HtmlDocument() = default;

std::unique_ptr<HtmlDocument> HtmlDocument::create(const HtmlDocumentSource &source, ImageStore &images, QSize viewport,
                                                   qreal scale)
{
    std::unique_ptr<HtmlDocument> document(new HtmlDocument(source, images));
    document->m_container.setViewport(viewport, scale);
    document->m_container.state().budget.allowMatching();
    const bool done = guarded([&] {
        document->m_context.load_master_stylesheet(masterStyle().constData());
        document->m_document =
            litehtml::document::createFromUTF8(source.html.constData(), &document->m_container, &document->m_context);
    });
    return done && document->m_document && document->m_document->root() ? std::move(document) : nullptr;
}

bool HtmlDocument::layout(QSize viewport, qreal scale)
{
    setHovered(nullptr);
    m_container.setViewport(viewport, scale);
    m_container.forgetLayout();
    const bool done = guarded([&] {
        m_container.state().budget.allowMatching();
        m_document->media_changed();
        m_container.state().budget.allowLayout(countElements(*m_document->root()));
        m_document->render(viewport.width());
    });
    if (!done)
        return false;
    m_size = QSize(std::clamp(m_document->width(), 0, 1'000'000), std::clamp(m_document->height(), 0, 20'000'000));
    DisplayList list;
    if (!guarded([&] { recordInto(list, QRect(QPoint(), m_size.expandedTo(viewport))); }))
        return false;
    m_index.build(m_document->root(), list, [this](const char *url) { return m_container.resolved(url); });
    finish(list);
    m_list = std::move(list);

    const litehtml::background *background = m_document->root()->get_background();
    m_canvas = background && background->m_color.alpha > 0
                   ? QColor(background->m_color.red, background->m_color.green, background->m_color.blue)
                   : QColor(Qt::white);
    return true;
}

std::vector<EmbedBox> HtmlDocument::embedBoxes()
{
    std::vector<EmbedBox> boxes;
    for (const EmbedElement *element : m_container.state().embeds) {
        if (auto box = element->box())
            boxes.push_back(std::move(*box));
    }
    return boxes;
}

bool HtmlDocument::record()
{
    setHovered(nullptr);
    DisplayList list;
    if (!guarded([&] { recordInto(list, QRect(QPoint(), m_size)); }))
        return false;
    m_index.assignRuns(list);
    finish(list);
    m_list = std::move(list);
    return true;
}

void HtmlDocument::recordInto(DisplayList &list, const QRect &area)
{
    m_container.startRecording(list);
    const litehtml::position clip(area.x(), area.y(), area.width(), area.height());
    m_document->draw(reinterpret_cast<litehtml::uint_ptr>(&list), 0, 0, &clip);
    m_container.stopRecording();
}

void HtmlDocument::finish(DisplayList &list) const
{
    list.finish([this](int run) { return m_index.text().highlightArea(run); });
}

std::vector<litehtml::element *> HtmlDocument::chainOf(litehtml::element *element) const
{
    std::vector<litehtml::element *> chain;
    for (; element; element = element->parent().get())
        chain.push_back(element);
    return chain;
}

std::vector<QRect> HtmlDocument::setHovered(litehtml::element *element)
{
    if (element == m_hovered)
        return {};
    std::vector<litehtml::element *> left = chainOf(m_hovered);
    std::vector<litehtml::element *> entered = chainOf(element);
    while (!left.empty() && !entered.empty() && left.back() == entered.back()) {
        left.pop_back();
        entered.pop_back();
    }
    m_hovered = element;
    const unsigned generation = ++m_container.state().hoverGeneration;
    std::vector<litehtml::element *> changed;
    const auto mark = [&](litehtml::element *e, bool hovered) {
        e->set_pseudo_class("hover", hovered);
        auto *marks = dynamic_cast<ElementTraits *>(e);
        if (!marks || !marks->dependsOnHover())
            return;
        marks->hoverChanged = generation;
        for (litehtml::element *p = e->parent().get(); p; p = p->parent().get()) {
            if (auto *above = dynamic_cast<ElementTraits *>(p))
                above->hoverPath = generation;
        }
        changed.push_back(e);
    };
    for (litehtml::element *e : left)
        mark(e, false);
    for (litehtml::element *e : entered)
        mark(e, true);
    if (changed.empty())
        return {};

    std::vector<QRect> damage;
    if (m_patch)
        damage.push_back(m_patch->area);
    m_patch.reset();
    litehtml::position::vector boxes;
    const bool done = guarded([&] { m_document->root()->find_styles_changes(boxes, 0, 0); });
    if (!done)
        return damage;

    // Everything on the way from the element to the root that depends on the mouse may look different from the list.
    QRect area;
    for (litehtml::element *e : chainOf(element)) {
        const auto *marks = dynamic_cast<ElementTraits *>(e);
        if (marks && marks->dependsOnHover())
            area |= m_index.boundsOf(e).adjusted(-2, -2, 2, 2);
    }
    area &= QRect(QPoint(), m_size);
    if (area.isEmpty())
        return damage;
    Patch patch{area, {}};
    m_container.state().onlyInside = area;
    const bool recorded = guarded([&] { recordInto(patch.list, area); });
    m_container.state().onlyInside = {};
    if (recorded) {
        m_index.assignRuns(patch.list);
        finish(patch.list);
        m_patch = std::move(patch);
        damage.push_back(area);
    }
    return damage;
}

void HtmlDocument::paint(QPainter &painter, const QRect &damage, const DisplayList::HighlightsOf &highlights) const
{
    if (!m_patch || !m_patch->area.intersects(damage)) {
        m_list.paint(painter, damage, highlights);
        return;
    }
    const Patch &patch = *m_patch;
    painter.save();
    painter.setClipRegion(QRegion(damage).subtracted(patch.area), Qt::IntersectClip);
    m_list.paint(painter, damage, highlights);
    painter.restore();
    painter.save();
    painter.setClipRect(patch.area, Qt::IntersectClip);
    patch.list.paint(painter, damage & patch.area, highlights);
    painter.restore();
}

} // namespace bulkhead
