// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/html_page_private.h"

#include <algorithm>

namespace bulkhead {

namespace {

constexpr int dragThreshold = 4;
constexpr int focusMargin = 5;
const QColor selectionColor(66, 133, 244, 96);
const QColor matchColor(255, 213, 0, 130);
const QColor activeMatchColor(255, 136, 0, 190);
const QColor focusColor(26, 115, 232);

TextRange ordered(int a, int b)
{
    return {std::min(a, b), std::max(a, b)};
}

// More rectangles than a damage list is good for become one.
constexpr std::size_t maxDamageRects = 64;

} // namespace

HitResult HtmlPagePrivate::hitTest(QPoint point) const
{
    if (!m_document)
        return {};
    const DocumentIndex &index = m_document->index();
    HitResult hit;
    if (const DocumentLink *link = index.linkAt(point))
        hit.link = link->url;
    if (const DocumentImage *image = index.imageAt(point); image && image->url.scheme() != u"bulkhead-data")
        hit.image = image->url;
    hit.overText = index.isOverText(point);
    return hit;
}

void HtmlPagePrivate::hover(QPoint point)
{
    const DocumentIndex &index = m_document->index();
    const DocumentLink *link = index.linkAt(point);
    const QUrl url = link ? link->url : QUrl();
    if (url != m_hoveredLink) {
        m_hoveredLink = url;
        m_client.hoveredLinkChanged(url);
    }
    const Qt::CursorShape cursor = link                      ? Qt::PointingHandCursor
                                   : index.isOverText(point) ? Qt::IBeamCursor
                                                             : Qt::ArrowCursor;
    if (cursor != m_cursor) {
        m_cursor = cursor;
        m_client.cursorChanged(cursor);
    }
    if (m_hoverStyles)
        invalidate(m_document->setHovered(index.elementAt(point)));
}

// Before the document changes under the mouse; the next move finds what is there then.
void HtmlPagePrivate::unhover()
{
    if (!m_hoveredLink.isEmpty()) {
        m_hoveredLink.clear();
        m_client.hoveredLinkChanged({});
    }
    if (m_document && m_hoverStyles)
        invalidate(m_document->setHovered(nullptr));
}

void HtmlPagePrivate::mousePress(const PageMouseEvent &event)
{
    if (!m_document)
        return;
    const DocumentIndex &index = m_document->index();
    m_pressedButton = event.button;
    m_pressedAt = event.position;
    m_pressedLink = index.linkIndexAt(event.position);
    m_dragging = false;
    if (event.button != Qt::LeftButton)
        return;
    setFocus(-1);
    const int offset = index.text().offsetAt(event.position);
    m_selectionClicks = std::clamp(event.clickCount, 1, 3);
    if (m_selectionClicks > 1) {
        m_selectionUnit = m_selectionClicks == 2 ? index.text().wordAt(offset) : index.text().paragraphAt(offset);
        m_pressedLink = -1;
        select(m_selectionUnit);
    } else if ((event.modifiers & Qt::ShiftModifier) != 0 && m_pressedLink < 0) {
        select(ordered(m_selectionAnchor, offset));
        m_selectionUnit = {m_selectionAnchor, m_selectionAnchor};
    } else {
        m_selectionAnchor = offset;
        m_selectionUnit = {offset, offset};
        select({});
    }
}

void HtmlPagePrivate::mouseMove(const PageMouseEvent &event)
{
    if (!m_document)
        return;
    if ((event.buttons & Qt::LeftButton) == 0 || m_pressedButton != Qt::LeftButton) {
        hover(event.position);
        return;
    }
    if (!m_dragging && (event.position - m_pressedAt).manhattanLength() < dragThreshold)
        return;
    m_dragging = true;
    extendSelection(event.position);
}

// By whole words or paragraphs when the drag started with a multiple click.
void HtmlPagePrivate::extendSelection(QPoint point)
{
    const DocumentText &text = m_document->index().text();
    const int offset = text.offsetAt(point);
    TextRange unit{offset, offset};
    if (m_selectionClicks > 1)
        unit = m_selectionClicks == 2 ? text.wordAt(offset) : text.paragraphAt(offset);
    select({std::min(m_selectionUnit.start, unit.start), std::max(m_selectionUnit.end, unit.end)});
}

void HtmlPagePrivate::mouseRelease(const PageMouseEvent &event)
{
    const Qt::MouseButton pressed = std::exchange(m_pressedButton, Qt::NoButton);
    const int pressedLink = std::exchange(m_pressedLink, -1);
    const bool dragged = std::exchange(m_dragging, false);
    if (!m_document || pressed != event.button)
        return;
    const DocumentIndex &index = m_document->index();
    if (!dragged && pressedLink >= 0 && index.linkIndexAt(event.position) == pressedLink) {
        followLink(index.links()[std::size_t(pressedLink)], event.button, event.modifiers);
        return;
    }
    hover(event.position);
}

void HtmlPagePrivate::mouseLeave()
{
    unhover();
    if (m_cursor != Qt::ArrowCursor) {
        m_cursor = Qt::ArrowCursor;
        m_client.cursorChanged(m_cursor);
    }
}

void HtmlPagePrivate::followLink(const DocumentLink &link, Qt::MouseButton button, Qt::KeyboardModifiers modifiers)
{
    if (button != Qt::LeftButton && button != Qt::MiddleButton)
        return;
    if (link.url.scheme() == u"javascript") // there are no scripts
        return;
    Disposition disposition = Disposition::CurrentTab;
    if ((modifiers & Qt::ShiftModifier) != 0)
        disposition = Disposition::NewForegroundTab;
    else if (button == Qt::MiddleButton || (modifiers & Qt::ControlModifier) != 0)
        disposition = Disposition::NewBackgroundTab;
    else if (link.target.compare(u"_blank", Qt::CaseInsensitive) == 0)
        disposition = Disposition::NewForegroundTab;
    m_client.navigationRequested(QUrl(link.url), disposition);
}

bool HtmlPagePrivate::focusNext(FindDirection direction)
{
    if (!m_document)
        return false;
    const auto &links = m_document->index().links();
    const int step = direction == FindDirection::Forward ? 1 : -1;
    int next = m_focus >= 0 ? m_focus + step : step > 0 ? 0 : int(links.size()) - 1;
    while (next >= 0 && next < int(links.size()) && links[std::size_t(next)].rects.empty())
        next += step;
    const bool found = next >= 0 && next < int(links.size());
    setFocus(found ? next : -1);
    if (found) {
        const DocumentLink &link = links[std::size_t(next)];
        m_client.hoveredLinkChanged(link.url);
        m_client.scrollIntoView(link.rects.front().adjusted(-focusMargin, -focusMargin, focusMargin, focusMargin));
    }
    return found;
}

void HtmlPagePrivate::activateFocused(Qt::KeyboardModifiers modifiers)
{
    if (m_document && m_focus >= 0)
        followLink(m_document->index().links()[std::size_t(m_focus)], Qt::LeftButton, modifiers);
}

void HtmlPagePrivate::setFocus(int link)
{
    if (link == m_focus)
        return;
    std::vector<QRect> damage;
    for (int changed : {m_focus, link}) {
        if (changed < 0 || !m_document)
            continue;
        for (const QRect &rect : m_document->index().links()[std::size_t(changed)].rects)
            damage.push_back(rect.adjusted(-focusMargin, -focusMargin, focusMargin, focusMargin));
    }
    if (m_focus >= 0 && link < 0)
        m_client.hoveredLinkChanged({});
    m_focus = link;
    invalidate(damage);
}

void HtmlPagePrivate::paintFocus(QPainter &painter) const
{
    if (m_focus < 0)
        return;
    // One frame for each line that the link is on.
    std::vector<QRect> lines;
    for (const QRect &rect : m_document->index().links()[std::size_t(m_focus)].rects) {
        if (!lines.empty() && lines.back().top() <= rect.bottom() && rect.top() <= lines.back().bottom())
            lines.back() |= rect;
        else
            lines.push_back(rect);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const QRect &line : lines) {
        const QRectF frame = QRectF(line).adjusted(-2, -2, 2, 2);
        painter.setPen(QPen(QColor(255, 255, 255, 200), 4));
        painter.drawRoundedRect(frame, 3, 3);
        painter.setPen(QPen(focusColor, 2));
        painter.drawRoundedRect(frame, 3, 3);
    }
    painter.restore();
}

std::optional<QPoint> HtmlPagePrivate::anchorPosition(const QString &fragment) const
{
    if (!m_document)
        return {};
    const auto &anchors = m_document->index().anchors();
    for (const QString &name : {fragment, QUrl::fromPercentEncoding(fragment.toUtf8())}) {
        if (const auto found = anchors.constFind(name); found != anchors.cend())
            return *found;
    }
    if (fragment.isEmpty() || fragment.compare(u"top", Qt::CaseInsensitive) == 0)
        return QPoint();
    return {};
}

FindResult HtmlPagePrivate::find(const QString &text, FindDirection direction, FindCase findCase)
{
    if (!m_document)
        return {};
    const DocumentText &documentText = m_document->index().text();
    const auto damageOfMatches = [&] {
        std::vector<QRect> damage;
        for (TextRange match : m_finder.matches()) {
            for (const QRect &rect : documentText.rects(match))
                damage.push_back(rect);
        }
        return damage;
    };
    if (!m_finding)
        m_finder.setText(documentText.text());
    const auto before = damageOfMatches();
    m_finder.find(text, direction, findCase, m_selection.start);
    m_finding = !text.isEmpty();
    invalidate(before);
    invalidate(damageOfMatches());
    FindResult result;
    result.count = int(m_finder.matches().size());
    result.active = m_finder.active() + 1;
    if (m_finder.active() >= 0) {
        for (const QRect &rect : documentText.rects(m_finder.matches()[std::size_t(m_finder.active())]))
            result.activeRect |= rect;
    }
    return result;
}

void HtmlPagePrivate::select(TextRange range)
{
    if (range.isEmpty())
        range = {};
    if (range == m_selection || !m_document)
        return;
    const TextRange before = std::exchange(m_selection, range);
    const DocumentText &text = m_document->index().text();
    // Only the ends of a selection that grows or shrinks change.
    std::vector<QRect> damage;
    const bool apart = before.isEmpty() || range.isEmpty() || before.end <= range.start || range.end <= before.start;
    const std::array changed = apart ? std::array{before, range}
                                     : std::array{ordered(before.start, range.start), ordered(before.end, range.end)};
    for (TextRange part : changed) {
        // The gap after a word belongs to it and to whether the next word is selected.
        part.start = std::max(0, part.start - 2);
        part.end = part.isEmpty() ? part.start : part.end + 1;
        for (const QRect &rect : text.rects(part))
            damage.push_back(rect);
    }
    invalidate(damage);
    m_client.selectionChanged(!range.isEmpty());
}

void HtmlPagePrivate::selectAll()
{
    if (m_document)
        select({0, int(m_document->index().text().text().size())});
}

QString HtmlPagePrivate::selectedText() const
{
    return m_document ? m_document->index().text().text().mid(m_selection.start, m_selection.end - m_selection.start)
                      : QString();
}

QString HtmlPagePrivate::text() const
{
    return m_document ? m_document->index().text().text() : QString();
}

void HtmlPagePrivate::invalidate(const std::vector<QRect> &rects)
{
    if (rects.size() <= maxDamageRects) {
        for (const QRect &rect : rects)
            m_client.invalidate(rect);
        return;
    }
    QRect all;
    for (const QRect &rect : rects)
        all |= rect;
    m_client.invalidate(all);
}

DisplayList::HighlightsOf HtmlPagePrivate::highlights() const
{
    if (m_selection.isEmpty() && (!m_finding || m_finder.matches().empty()))
        return {};
    return [this](int run, std::vector<Highlight> &out) {
        const DocumentText &text = m_document->index().text();
        const TextRun &r = text.runs()[std::size_t(run)];
        const auto add = [&](TextRange range, const QColor &color) {
            if (const QRect rect = text.highlightRect(run, range); !rect.isEmpty())
                out.push_back({rect, color});
        };
        if (m_finding) {
            const auto &matches = m_finder.matches();
            auto match =
                std::partition_point(matches.begin(), matches.end(), [&](TextRange m) { return m.end <= r.start; });
            for (; match != matches.end() && match->start < r.start + r.length; ++match)
                add(*match, match - matches.begin() == m_finder.active() ? activeMatchColor : matchColor);
        }
        if (!m_selection.isEmpty())
            add(m_selection, selectionColor);
    };
}

} // namespace bulkhead
