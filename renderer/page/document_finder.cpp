// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/page/document_finder.h"

#include <QStringMatcher>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr std::size_t maxMatches = 100'000;

struct Normalized
{
    QString text;
    std::vector<int> origin; // offset of each character in the original
};

// One character for one: what folds to several ("ß") stays as it is.
Normalized normalized(const QString &text, FindCase findCase)
{
    Normalized out;
    out.text.reserve(text.size());
    out.origin.reserve(std::size_t(text.size()));
    for (int i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == QChar(0xad)) // a soft hyphen is not seen
            continue;
        if (c.isSpace()) {
            if (out.text.endsWith(u' '))
                continue;
            out.text += u' ';
        } else {
            out.text += findCase == FindCase::Insensitive ? c.toCaseFolded() : c;
        }
        out.origin.push_back(i);
    }
    return out;
}

} // namespace

void DocumentFinder::setText(const QString &text)
{
    m_text = text;
    search();
    if (m_active >= int(m_matches.size()))
        m_active = m_matches.empty() ? -1 : 0;
}

void DocumentFinder::search()
{
    m_matches.clear();
    const QString needle = normalized(m_needle, m_case).text;
    if (needle.isEmpty() || needle == u" ")
        return;
    const Normalized haystack = normalized(m_text, m_case);
    const QStringMatcher matcher(needle);
    for (qsizetype at = 0; m_matches.size() < maxMatches && (at = matcher.indexIn(haystack.text, at)) >= 0;
         at += needle.size())
        m_matches.push_back(
            {haystack.origin[std::size_t(at)], haystack.origin[std::size_t(at + needle.size() - 1)] + 1});
}

void DocumentFinder::find(const QString &needle, FindDirection direction, FindCase findCase, int from)
{
    const bool same = needle == m_needle && findCase == m_case;
    const int step = direction == FindDirection::Forward ? 1 : -1;
    if (!same) {
        m_needle = needle;
        m_case = findCase;
        search();
        m_active = -1;
    }
    if (m_matches.empty())
        return;
    const int count = int(m_matches.size());
    if (m_active >= 0) {
        m_active = (m_active + step + count) % count;
        return;
    }
    const auto next =
        std::partition_point(m_matches.begin(), m_matches.end(), [from](TextRange m) { return m.start < from; });
    const int index = int(next - m_matches.begin());
    m_active = direction == FindDirection::Forward ? index % count : (index - 1 + count) % count;
}

} // namespace bulkhead
