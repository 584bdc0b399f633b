// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/value_kind.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace bulkhead {

/// What is wrong with a command line.
struct UsageError
{
    QStringList path; ///< of the command that was meant, as far as it was understood
    QString sentence;
};

/// A command line that was read: every value in it is of its kind.
class ParsedCommand
{
public:
    /// Of the commands: "lab", "run".
    QStringList path;
    QStringList words;
    QMap<QString, QStringList> options; ///< all values in their order; of a flag an empty one each time

    bool has(const char *option) const { return options.contains(QLatin1String(option)); }
    QStringList values(const char *option) const { return options.value(QLatin1String(option)); }
    /// The last one counts. Empty without any.
    QString value(const char *option) const { return values(option).value(values(option).size() - 1); }
    /// Those that are given have a value, because the reader has checked them.
    std::optional<double> number(const char *option) const;
    std::optional<quint64> bytes(const char *option) const;
    std::optional<double> seconds(const char *option, double unit = 1) const;
    std::optional<QSize> size(const char *option) const;
    /// Of an option that takes a list.
    QStringList parts(const char *option) const;
};

} // namespace bulkhead
