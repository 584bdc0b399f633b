// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>

namespace bulkhead {

class ProcessList;

/// about:processes: a still picture of the processes, as HTML in UTF-8. The moving one is the process map.
QByteArray processesPage(ProcessList &processes);

} // namespace bulkhead
