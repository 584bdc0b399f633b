// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

#include <spdlog/spdlog.h>

#include <optional>

namespace bulkhead {

/// The one log of the app. Every line names who speaks: process role, pid and, where there is one, the tab; children's
/// lines come through their pipes. Qt's own messages go there, too.
namespace log {

struct Options
{
    spdlog::level::level_enum level = spdlog::level::info;
    QString file; ///< empty: standard error
};

/// Sets the log up; false with a sentence in @p error when the file cannot be written.
bool initialise(const Options &options, QString *error);

/// "trace", "debug", "info", "warn", "error", "off"; nothing for anything else.
std::optional<spdlog::level::level_enum> levelFromName(const QString &name);

/// A line of the browser itself, or about a process of ours.
void write(spdlog::level::level_enum level, const QString &message);
void writeFor(spdlog::level::level_enum level, const QString &role, qint64 pid, const QString &message);

inline void debug(const QString &message)
{
    write(spdlog::level::debug, message);
}
inline void info(const QString &message)
{
    write(spdlog::level::info, message);
}
inline void warn(const QString &message)
{
    write(spdlog::level::warn, message);
}
inline void error(const QString &message)
{
    write(spdlog::level::err, message);
}

} // namespace log

} // namespace bulkhead
