// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/command_spec.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace bulkhead {

/// Scripts that complete @p root's commands, options, values and files in a shell. They hold the whole definition and
/// start nothing.
QString bashCompletion(const CommandSpec &root);
QString zshCompletion(const CommandSpec &root);
QString fishCompletion(const CommandSpec &root);

namespace completion {

/// Calls @p visit for @p command and all below it, with its path.
void forEachCommand(const CommandSpec &command,
                    const std::function<void(const QStringList &, const CommandSpec &)> &visit);
/// What is told of: its own, inherited, and --help.
std::vector<OptionSpec> shownOptions(const CommandSpec &command);
/// @p text between single quotes, as bash and zsh read it.
QString quoted(const QString &text);
/// All options anywhere that take a value, with their dashes.
QStringList valuedOptions(const CommandSpec &root);
/// Whether a word or value is the name of a file.
bool takesFiles(const ValueKind &kind);

} // namespace completion

} // namespace bulkhead
