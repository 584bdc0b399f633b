// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QString>

namespace bulkhead {

class ProcessList;

/// about:processes: a still picture of the processes, as HTML in UTF-8. The moving one is the process map, to which a
/// link with
/// @p token (InternalActs) leads, whose act is "map".
QByteArray processesPage(ProcessList &processes, const QString &token);

} // namespace bulkhead
