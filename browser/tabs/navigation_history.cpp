// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tabs/navigation_history.h"

namespace bulkhead {

void NavigationHistory::push(NavigationEntry entry)
{
    m_entries.resize(m_current + 1);
    m_entries.append(std::move(entry));
    if (m_entries.size() > MaxEntries)
        m_entries.removeFirst();
    m_current = int(m_entries.size()) - 1;
}

void NavigationHistory::moveTo(int index)
{
    Q_ASSERT(index >= 0 && index < count());
    m_current = index;
}

}  // namespace bulkhead
