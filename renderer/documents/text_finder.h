// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/page.h"

#include <QString>

#include <vector>

namespace bulkhead {

/// Finds all places of a text in a text that may still grow, and steps through them. Counting stops at maximumMatches.
/// Matches do not overlap. Main thread.
class TextFinder
{
public:
    static constexpr size_t maximumMatches = 100'000;

    /// Starts a search (the first match at or after @p from becomes active, or the last one before it, by direction),
    /// or steps when @p needle and @p sensitivity are as before. An empty needle ends it.
    void find(const QString &text, const QString &needle, FindDirection direction, FindCase sensitivity,
              qsizetype from);
    /// Looks through what was added to @p text since; does nothing when nothing is searched for.
    void extend(const QString &text);

    int count() const { return int(m_matches.size()); }
    /// Index of the active match, or -1.
    int active() const { return m_active; }
    qsizetype start(int match) const { return m_matches[size_t(match)]; }
    qsizetype length() const { return m_needle.size(); }
    /// The first match that ends after @p offset; count() when there is none.
    int firstEndingAfter(qsizetype offset) const;

private:
    QString m_needle;
    FindCase m_sensitivity = FindCase::Insensitive;
    std::vector<quint32> m_matches;
    qsizetype m_searched = 0; ///< matches that begin before it are known
    int m_active = -1;
};

} // namespace bulkhead
