// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// How far a tab's pages may take it without the person: a chain of pages that lead on by themselves ends here, and so
/// does one page that leads somewhere else a thousand times. Plain counter of a tab. Main thread.
class UnaskedMoves
{
public:
    static constexpr int MostMoves = 20; ///< as many as redirects may be in a row
    static constexpr int MostLeaves = 3; ///< of those, to another site

    enum class Where { SameSite, AnotherSite };
    /// Whether one more is allowed; it is counted.
    bool allow(Where where);
    /// Whether a move that was allowed as one within the site may lead to another one after all, as is found out when a
    /// file is open.
    bool allowLeave();
    /// The person has acted: in a page of the tab, or on the tab.
    void reset() { m_moves = m_leaves = 0; }

private:
    int m_moves = 0;
    int m_leaves = 0;
};

} // namespace bulkhead
