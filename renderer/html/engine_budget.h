// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QtGlobal>

namespace bulkhead {

/// Thrown through the engine, which has no other way to stop in the middle of its work. Caught in HtmlDocument.
struct EngineBudgetExceeded
{
};

/// Work that one document may cause: nested shrinking boxes are laid out exponentially often, and selectors with many
/// parts search exponentially over ancestors. Counts rather than time, so that a document looks the same on every run.
class EngineBudget
{
public:
    /// Real pages lay each element out three to ten times and test each against a few hundred selectors.
    void allowLayout(qint64 elements) { m_layouts = 200'000 + 60 * elements; }
    void allowMatching() { m_matches = 25'000'000; }

    void spendLayout()
    {
        if (--m_layouts < 0)
            throw EngineBudgetExceeded();
    }
    void spendMatch()
    {
        if (--m_matches < 0)
            throw EngineBudgetExceeded();
    }

private:
    qint64 m_layouts = 0;
    qint64 m_matches = 0;
};

} // namespace bulkhead
