// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/site.h"

#include <QHash>

namespace bulkhead {

/// Which tabs were opened by pages of which site, and how many one site may have. Plain value of a TabList.
class OpenedTabs
{
public:
    /// Tabs that pages of one site have opened and that are still there: more are refused.
    static constexpr int MostOfOneSite = 20;

    /// Whether a page of @p site may open one more.
    bool mayOpen(const Site &site) const;
    void note(quint32 tab, const Site &opener) { m_openers.insert(tab, opener.key()); }
    void forget(quint32 tab) { m_openers.remove(tab); }

private:
    QHash<quint32, QString> m_openers; ///< tabs by id, and the key of the site whose page opened them
};

} // namespace bulkhead
