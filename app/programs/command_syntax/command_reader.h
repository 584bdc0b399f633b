// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/command_spec.h"
#include "app/programs/command_syntax/parsed_command.h"

#include <tl/expected.hpp>

namespace bulkhead {

/// Reads command lines by their definition, with CLI11, which nothing else knows of. Starts and opens nothing.
class CommandReader
{
public:
    /// @p root must outlive it.
    explicit CommandReader(const CommandSpec &root) : m_root(root) {}

    /// @p arguments without the program's name. With --help nothing else is judged.
    tl::expected<ParsedCommand, UsageError> read(const QStringList &arguments) const;

private:
    const CommandSpec &m_root;
};

} // namespace bulkhead
