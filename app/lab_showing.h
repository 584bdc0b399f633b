// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/cancel.h"

#include <QStringList>

namespace bulkhead {

/// The parts of `bulkhead lab` that show what there is. @p arguments come after the command's name; exit codes
/// returned.
int labList(const QStringList &arguments, const lab::Cancel &cancel);
int labLeftovers(const QStringList &arguments);
int labCompare(const QStringList &arguments);

} // namespace bulkhead
