// SPDX-License-Identifier: BSD-3-Clause
// Finding, highlights and the focus of links.
#include "renderer/engine/page/page_interaction.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

constexpr int focusMargin = 5;
const QColor selectionColor(66, 133, 244, 96);
const QColor matchColor(255, 213, 0, 130);
const QColor activeMatchColor(255, 136, 0, 190);
const QColor focusColor(26, 115, 232);

} // namespace

FindResult PageInteraction::find(const QString &text, FindDirection direction, FindCase findCase)
{
    if (!m_rendering)
        return {};
    const auto damageOfMatches = [&] {
        std::vector<QRect> damage;
        for (const TextRange match : m_finder.matches()) {
            for (const QRect &rect : rectsOf(match))
                damage.push_back(rect.adjusted(-2, -2, 2, 2));
        }
        return damage;
    };
    if (!m_finding)
        m_finder.setText(pageText().text());
    const auto before = damageOfMatches();
    m_finder.find(text, direction, findCase, m_selection.start);
    m_finding = !text.isEmpty();
    invalidate(before);
    invalidate(damageOfMatches());
    FindResult result;
    result.count = int(m_finder.matches().size());
    result.active = m_finder.active() + 1;
    if (m_finder.active() >= 0) {
        for (const QRect &rect : rectsOf(m_finder.matches()[std::size_t(m_finder.active())]))
            result.activeRect |= rect;
    }
    return result;
}

Highlights PageInteraction::highlights() const
{
    Highlights layers;
    if (!m_rendering)
        return layers;
    if (m_finding && !m_finder.matches().empty()) {
        layers.push_back({pageText().layoutRanges(m_finder.matches()), matchColor, {}});
        if (m_finder.active() >= 0)
            layers.push_back(
                {pageText().layoutRanges({m_finder.matches()[std::size_t(m_finder.active())]}), activeMatchColor, {}});
    }
    if (!m_selection.isEmpty())
        layers.push_back({pageText().layoutRanges({m_selection}), selectionColor, {}});
    return layers;
}

bool PageInteraction::focusNext(FindDirection direction)
{
    if (!m_rendering)
        return false;
    const int count = int(links().all().size());
    const int step = direction == FindDirection::Forward ? 1 : -1;
    int next = m_focus != PageLinks::None ? m_focus + step : step > 0 ? 0 : count - 1;
    std::vector<QRect> parts;
    while (next >= 0 && next < count) {
        parts = places().visibleParts(links().link(next).element, map());
        if (!parts.empty())
            break;
        next += step;
    }
    const bool found = next >= 0 && next < count;
    setFocus(found ? next : PageLinks::None);
    if (found) {
        m_client.hoveredLinkChanged(links().link(next).url);
        m_client.scrollIntoView(parts.front().adjusted(-focusMargin, -focusMargin, focusMargin, focusMargin));
    }
    return found;
}

void PageInteraction::activateFocused(Qt::KeyboardModifiers modifiers)
{
    if (m_rendering && m_focus != PageLinks::None)
        followLink(m_focus, Qt::LeftButton, modifiers);
}

void PageInteraction::setFocus(int link)
{
    if (link == m_focus || !m_rendering)
        return;
    std::vector<QRect> damage;
    for (const int changed : {m_focus, link}) {
        if (changed == PageLinks::None)
            continue;
        for (const QRect &rect : places().visibleParts(links().link(changed).element, map()))
            damage.push_back(rect.adjusted(-focusMargin, -focusMargin, focusMargin, focusMargin));
    }
    if (m_focus != PageLinks::None && link == PageLinks::None)
        m_client.hoveredLinkChanged({});
    m_focus = link;
    invalidate(damage);
    m_stateChanged();
}

void PageInteraction::paintFocus(QPainter &painter) const
{
    if (m_focus == PageLinks::None || !m_rendering)
        return;
    // One frame for each line that the link is on.
    std::vector<QRect> lines;
    for (const QRect &rect : places().visibleParts(links().link(m_focus).element, map())) {
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

} // namespace bulkhead::engine
