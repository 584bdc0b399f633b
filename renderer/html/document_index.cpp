// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/document_index.h"

#include "renderer/html/html_container.h"

#include <algorithm>
#include <string_view>

namespace bulkhead {

namespace {

// Markers and slanted letters reach out of their boxes.
constexpr int overhang = 200;

quint64 packed(QPoint point)
{
    return quint64(quint32(point.x())) << 32 | quint32(point.y());
}

bool isBlock(litehtml::style_display display)
{
    switch (display) {
    case litehtml::display_block:
    case litehtml::display_list_item:
    case litehtml::display_table:
    case litehtml::display_table_caption:
    case litehtml::display_table_row:
        return true;
    default:
        return false;
    }
}

bool isRowLike(litehtml::style_display display)
{
    return display == litehtml::display_table_row || display == litehtml::display_table_row_group ||
           display == litehtml::display_table_header_group || display == litehtml::display_table_footer_group;
}

QRect borderBox(litehtml::element &element, QPoint origin)
{
    const litehtml::position pos = element.get_position();
    litehtml::position box(origin.x() + pos.x, origin.y() + pos.y, pos.width, pos.height);
    box += element.get_paddings();
    box += element.get_borders();
    return toRect(box);
}

} // namespace

struct DocumentIndex::Walk
{
    DisplayList &list;
    const Resolve &resolve;
    std::vector<std::pair<quint64, int>> drawn; // packed position of a text, its number; sorted
    std::vector<char> used;
    std::vector<QString> emptyAnchors; // inline and without content: they are where the next thing is

    void settleAnchors(QHash<QString, QPoint> &anchors, QPoint at)
    {
        for (const QString &name : emptyAnchors) {
            if (!anchors.contains(name))
                anchors.insert(name, at);
        }
        emptyAnchors.clear();
    }
};

void DocumentIndex::build(const litehtml::element::ptr &root, DisplayList &list, const Resolve &resolve)
{
    m_text = {};
    m_nodes.clear();
    m_links.clear();
    m_images.clear();
    m_anchors.clear();
    m_runAt.clear();

    Walk state{list, resolve, {}, {}, {}};
    const auto &texts = list.texts();
    state.used.assign(texts.size(), 0);
    state.drawn.reserve(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i)
        state.drawn.emplace_back(packed(texts[i].rect.topLeft()), int(i));
    std::sort(state.drawn.begin(), state.drawn.end());
    walk(state, root, {}, -1);
    state.settleAnchors(m_anchors, {});
    std::sort(m_runAt.begin(), m_runAt.end());
}

QRect DocumentIndex::addText(Walk &state, litehtml::element &element, QPoint origin, int link)
{
    const auto whiteSpace = element.get_white_space();
    const bool preserved = whiteSpace == litehtml::white_space_pre || whiteSpace == litehtml::white_space_pre_wrap;
    const QPoint at = origin + QPoint(element.get_position().x, element.get_position().y);
    if (element.is_white_space() || element.is_break()) {
        std::string space;
        element.get_text(space);
        if (preserved)
            m_text.addLiteral(QString::fromStdString(space));
        else
            m_text.addBreak(DocumentText::Break::Space);
        return {};
    }
    if (element.skip())
        return {};
    auto found = std::lower_bound(state.drawn.begin(), state.drawn.end(), std::pair(packed(at), 0));
    while (found != state.drawn.end() && found->first == packed(at) && state.used[std::size_t(found->second)])
        ++found;
    if (found == state.drawn.end() || found->first != packed(at))
        return {};
    state.used[std::size_t(found->second)] = 1;
    TextItem &item = state.list.texts()[std::size_t(found->second)];
    item.run = m_text.addRun(item.shaped->text, item.rect, item.face);
    m_runAt.emplace_back(packed(at), item.run);
    if (link >= 0)
        m_links[std::size_t(link)].rects.push_back(item.rect);
    m_nodes.push_back({&element, item.rect, int(m_nodes.size()) + 1});
    state.settleAnchors(m_anchors, item.rect.topLeft());
    return item.rect;
}

int DocumentIndex::addLink(const Walk &state, const litehtml::element &element, const QRect &box, int around)
{
    const char *href = element.get_attr("href");
    const QUrl url = href && m_links.size() < 100'000 ? state.resolve(href) : QUrl();
    if (!url.isValid())
        return around;
    const char *target = element.get_attr("target");
    m_links.push_back({url, target ? QString::fromUtf8(target) : QString(), {}});
    if (element.get_display() != litehtml::display_inline && !box.isEmpty())
        m_links.back().rects.push_back(box);
    return int(m_links.size()) - 1;
}

void DocumentIndex::addImage(const Walk &state, const litehtml::element &element, const QRect &box, int link)
{
    if (link >= 0)
        m_links[std::size_t(link)].rects.push_back(box);
    if (const char *source = element.get_attr("src"))
        m_images.push_back({state.resolve(source), box});
}

void DocumentIndex::addAnchors(Walk &state, const litehtml::element &element, const QRect &place, bool mayHaveName)
{
    for (const char *attribute : {"id", "name"}) {
        const char *value = element.get_attr(attribute);
        if (!value || !*value || (attribute[0] == 'n' && !mayHaveName))
            continue;
        const QString name = QString::fromUtf8(value);
        if (m_anchors.contains(name))
            continue;
        if (place.isEmpty() && element.get_display() == litehtml::display_inline)
            state.emptyAnchors.push_back(name);
        else
            m_anchors.insert(name, place.topLeft());
    }
}

// Returns what the element and everything in it covers.
QRect DocumentIndex::walk(Walk &state, const litehtml::element::ptr &element, QPoint origin, int link)
{
    const litehtml::style_display display = element->get_display();
    if (display == litehtml::display_none || element->is_comment())
        return {};

    if (display == litehtml::display_inline_text)
        return addText(state, *element, origin, link);

    const std::string_view tag = element->get_tagName() ? element->get_tagName() : "";
    if (element->get_element_position() == litehtml::element_position_fixed)
        origin = {};
    const QRect box = borderBox(*element, origin);
    const std::size_t self = m_nodes.size();
    m_nodes.push_back({element.get(), box, 0});
    if (display != litehtml::display_inline && !box.isEmpty())
        state.settleAnchors(m_anchors, box.topLeft());

    if (tag == "br")
        m_text.addLiteral(u"\n");
    else if (tag == "a")
        link = addLink(state, *element, box, link);
    else if (tag == "img")
        addImage(state, *element, box, link);

    // Separation of blocks: a blank line where there is room for one, else a new line.
    using Break = DocumentText::Break;
    const bool cell = display == litehtml::display_table_cell;
    const bool block = isBlock(display);
    const bool roomy = block && !isRowLike(display) && std::max(element->margin_top(), element->margin_bottom()) >= 8;
    if (block)
        m_text.addBreak(roomy ? Break::Paragraph : Break::Line);
    if (display == litehtml::display_inline_block)
        m_text.addBreak(Break::Space);

    // Cells are placed relative to their table: rows and their groups move nothing.
    const QPoint inside =
        isRowLike(display) ? origin : origin + QPoint(element->get_position().x, element->get_position().y);
    const std::size_t runsBefore = m_text.runs().size();
    QRect bounds = box;
    for (std::size_t i = 0; i < element->get_children_count(); ++i)
        bounds |= walk(state, element->get_child(int(i)), inside, link);

    if (block)
        m_text.addBreak(roomy ? Break::Paragraph : Break::Line);
    if (display == litehtml::display_inline_block)
        m_text.addBreak(Break::Space);
    if (cell && m_text.runs().size() > runsBefore)
        m_text.replaceBreak(Break::Tab);

    Node &node = m_nodes[self];
    node.end = int(m_nodes.size());
    if (display == litehtml::display_inline) {
        node.rect = {};
        for (std::size_t i = self + 1; i < m_nodes.size(); ++i)
            node.rect |= m_nodes[i].rect;
    }
    addAnchors(state, *element, node.rect, tag == "a");

    if (auto *traits = dynamic_cast<ElementTraits *>(element.get()))
        traits->paintBounds = bounds.adjusted(-overhang, -overhang, overhang, overhang);
    return bounds;
}

void DocumentIndex::assignRuns(DisplayList &list) const
{
    for (TextItem &item : list.texts()) {
        const auto found = std::lower_bound(m_runAt.begin(), m_runAt.end(), std::pair(packed(item.rect.topLeft()), 0));
        item.run = found != m_runAt.end() && found->first == packed(item.rect.topLeft()) ? found->second : -1;
    }
}

int DocumentIndex::linkIndexAt(QPoint point) const
{
    for (std::size_t i = m_links.size(); i-- > 0;) {
        for (const QRect &rect : m_links[i].rects) {
            if (rect.adjusted(0, -1, 0, 1).contains(point))
                return int(i);
        }
    }
    return -1;
}

const DocumentLink *DocumentIndex::linkAt(QPoint point) const
{
    const int index = linkIndexAt(point);
    return index < 0 ? nullptr : &m_links[std::size_t(index)];
}

const DocumentImage *DocumentIndex::imageAt(QPoint point) const
{
    const auto found = std::find_if(m_images.rbegin(), m_images.rend(),
                                    [&](const DocumentImage &i) { return i.rect.contains(point); });
    return found == m_images.rend() ? nullptr : &*found;
}

bool DocumentIndex::isOverText(QPoint point) const
{
    return std::any_of(m_text.runs().begin(), m_text.runs().end(),
                       [&](const TextRun &run) { return run.rect.contains(point); });
}

litehtml::element *DocumentIndex::elementAt(QPoint point) const
{
    const auto found =
        std::find_if(m_nodes.rbegin(), m_nodes.rend(), [&](const Node &n) { return n.rect.contains(point); });
    if (found == m_nodes.rend())
        return nullptr;
    litehtml::element *element = found->element;
    return element->get_display() == litehtml::display_inline_text ? element->parent().get() : element;
}

QRect DocumentIndex::boundsOf(const litehtml::element *element) const
{
    const auto found =
        std::find_if(m_nodes.begin(), m_nodes.end(), [&](const Node &n) { return n.element == element; });
    if (found == m_nodes.end())
        return {};
    QRect bounds;
    for (int i = int(found - m_nodes.begin()); i < found->end; ++i)
        bounds |= m_nodes[std::size_t(i)].rect;
    return bounds;
}

} // namespace bulkhead
