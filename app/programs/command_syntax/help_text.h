// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/command_spec.h"

#include <QString>
#include <QStringList>

namespace bulkhead {

/// What --help prints for the command at @p path: its use, words, commands and options with what they may be and what
/// holds without them.
QString helpText(const CommandSpec &root, const QStringList &path);

} // namespace bulkhead
