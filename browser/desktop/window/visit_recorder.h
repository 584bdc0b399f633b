// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab_list.h"

namespace bulkhead {

class History;

/// Writes the pages that tabs arrive at into the history, with their titles as they come. Pages that could not be
/// loaded are not visits. Both outlive it.
class VisitRecorder : public QObject
{
    Q_OBJECT
public:
    VisitRecorder(TabList &tabs, History &history, QObject *parent = nullptr);

private:
    void follow(Tab *tab);

    History &m_history;
};

} // namespace bulkhead
