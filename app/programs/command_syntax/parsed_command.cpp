// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_syntax/parsed_command.h"

namespace bulkhead {

std::optional<double> ParsedCommand::number(const char *option) const
{
    bool ok = false;
    const double number = value(option).toDouble(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

std::optional<quint64> ParsedCommand::bytes(const char *option) const
{
    return parseBytes(value(option));
}

std::optional<double> ParsedCommand::seconds(const char *option, double unit) const
{
    return parseDuration(value(option), unit);
}

std::optional<QSize> ParsedCommand::size(const char *option) const
{
    return parseSize(value(option));
}

QStringList ParsedCommand::parts(const char *option) const
{
    QStringList parts;
    for (const QString &part : value(option).split(u',', Qt::SkipEmptyParts))
        parts << part.trimmed();
    return parts;
}

} // namespace bulkhead
