// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/text_finder.h"

#include <QStringMatcher>

#include <algorithm>

namespace bulkhead {

void TextFinder::find(const QString &text, const QString &needle, FindDirection direction, FindCase sensitivity,
                      qsizetype from)
{
    const bool steps = needle == m_needle && sensitivity == m_sensitivity && m_active >= 0;
    if (!steps) {
        m_needle = needle;
        m_sensitivity = sensitivity;
        m_matches.clear();
        m_searched = 0;
        m_active = -1;
    }
    extend(text);
    if (m_matches.empty()) {
        return;
    }
    const int step = direction == FindDirection::Forward ? 1 : -1;
    if (steps) {
        m_active = (m_active + step + count()) % count();
        return;
    }
    const auto after = std::lower_bound(m_matches.begin(), m_matches.end(), quint32(from));
    m_active = int(after - m_matches.begin());
    if (direction == FindDirection::Backward) {
        m_active = (m_active - 1 + count()) % count();
    } else if (m_active == count()) {
        m_active = 0;
    }
}

void TextFinder::extend(const QString &text)
{
    if (m_needle.isEmpty()) {
        return;
    }
    const QStringMatcher matcher(m_needle,
                                 m_sensitivity == FindCase::Sensitive ? Qt::CaseSensitive : Qt::CaseInsensitive);
    qsizetype from = m_searched;
    while (m_matches.size() < maximumMatches) {
        const qsizetype at = matcher.indexIn(text, from);
        if (at < 0) {
            break;
        }
        m_matches.push_back(quint32(at));
        from = at + m_needle.size();
    }
    m_searched = std::max(from, text.size() - m_needle.size() + 1);
}

int TextFinder::firstEndingAfter(qsizetype offset) const
{
    const auto first = std::partition_point(m_matches.begin(), m_matches.end(), [&](quint32 match) {
        return qsizetype(match) + m_needle.size() <= offset;
    });
    return int(first - m_matches.begin());
}

} // namespace bulkhead
