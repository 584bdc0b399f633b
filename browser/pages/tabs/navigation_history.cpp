// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/navigation_history.h"

#include "browser/pages/page_processes/site_budget.h"

namespace bulkhead {

qint64 NavigationEntry::bytes() const
{
    return 2 * (url.toEncoded().size() + title.size()) + state.size(); // as UTF-16
}

void NavigationHistory::push(NavigationEntry entry)
{
    m_entries.erase(m_entries.begin() + (m_current + 1), m_entries.end());
    m_entries.append(std::move(entry));
    qint64 bytes = 0;
    for (const NavigationEntry &kept : std::as_const(m_entries))
        bytes += kept.held ? kept.held->bytes() : kept.bytes();
    while (m_entries.size() > MaxEntries || (bytes > MaxBytes && m_entries.size() > 1)) {
        bytes -= m_entries.first().held ? m_entries.first().held->bytes() : m_entries.first().bytes();
        m_entries.removeFirst();
    }
    m_current = int(m_entries.size()) - 1;
}

void NavigationHistory::moveTo(int index)
{
    Q_ASSERT(index >= 0 && index < count());
    m_current = index;
}

} // namespace bulkhead
