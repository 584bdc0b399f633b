// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/session/session_keeper.h"

#include <QObject>
#include <QSet>

namespace bulkhead {

/// Brings offered tabs back, in their order and behind those there are: the one that was in front loads at once, each
/// other when it is looked at, so that fifty tabs do not start fifty processes. Main thread.
class SessionRestorer : public QObject
{
    Q_OBJECT
public:
    /// Both outlive the restorer.
    SessionRestorer(TabList &tabs, SessionKeeper &keeper, QObject *parent = nullptr);

    /// How many tabs restore() would bring.
    int offeredCount() const { return int(m_keeper.offered().size()); }
    /// Returns how many came.
    int restore();
    void dismiss() { m_keeper.settleOffer(); }

private:
    void loadIfActive();

    TabList &m_tabs;
    SessionKeeper &m_keeper;
    QSet<quint32> m_notLoaded; ///< tabs by id
};

} // namespace bulkhead
