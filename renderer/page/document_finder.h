// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/page.h"
#include "renderer/page/text_range.h"

#include <QString>

#include <vector>

namespace bulkhead {

/// Finds text in a document: any white space matches any other, case is folded when asked to. Stops after 100,000.
class DocumentFinder
{
public:
    /// The document's text changed: what was found is looked for again, the active match stays the one it was by
    /// number.
    void setText(const QString &text);

    /// Looks for @p needle, or steps when it is the same as before. The first match is the one nearest to @p from in
    /// the direction.
    void find(const QString &needle, FindDirection direction, FindCase findCase, int from);

    const std::vector<TextRange> &matches() const { return m_matches; }
    int active() const { return m_active; } ///< index, -1 when there is none

private:
    void search();

    QString m_text;
    QString m_needle;
    FindCase m_case = FindCase::Insensitive;
    std::vector<TextRange> m_matches;
    int m_active = -1;
};

} // namespace bulkhead
