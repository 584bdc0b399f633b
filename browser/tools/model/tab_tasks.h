// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/model/process_info.h"

#include <QSet>

namespace bulkhead {

class PageProcess;
class Tab;
class TabList;

/// What of a tab goes with which process: the tab itself, and the boxes that plugins fill. Main thread.
namespace tab_tasks {

/// The same for one thing of the person's as long as it is open: its tab and box.
using Key = quint64;
Key keyOf(const ProcessTask &task);

/// Everything in @p tab, whatever process it is in.
QList<ProcessTask> all(const Tab &tab);
/// What of it is in @p host.
QList<ProcessTask> in(const Tab &tab, const PageProcess &host);
/// Those that lost their process and have none yet.
QSet<Key> down(const TabList &tabs);
/// The process that shows @p task now; 0 when it has none or is not open any more.
qint64 pidOf(const ProcessTask &task, const TabList &tabs);

} // namespace tab_tasks
} // namespace bulkhead
