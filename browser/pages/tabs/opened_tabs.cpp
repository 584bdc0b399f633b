// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/opened_tabs.h"

#include <algorithm>

namespace bulkhead {

bool OpenedTabs::mayOpen(const Site &site) const
{
    return std::count(m_openers.begin(), m_openers.end(), site.key()) < MostOfOneSite;
}

} // namespace bulkhead
