// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/value_kind.h"

#include <QString>

#include <limits>
#include <optional>
#include <vector>

namespace bulkhead {

/// An option as it is read, explained and completed.
struct OptionSpec
{
    enum class Shown { Yes, No };        ///< what is accepted as it once was need not be told
    enum class Display { Needed, None }; ///< whether the app still opens a window with it

    QString name;                     ///< without the dashes
    QString does;                     ///< a sentence
    std::optional<ValueKind> value{}; ///< without one it is a flag
    QString placeholder{};
    QString standard{}; ///< what holds without it, as it would be typed; empty: nothing to tell
    char letter = '\0';
    bool isRepeatable = false;
    Shown shown = Shown::Yes;
    Display display = Display::Needed;

    static OptionSpec flag(const char *name, const QString &does) { return {QLatin1String(name), does}; }
    static OptionSpec valued(const char *name, const char *placeholder, const ValueKind &kind, const QString &does,
                             const QString &standard = {})
    {
        return {QLatin1String(name), does, kind, QLatin1String(placeholder), standard};
    }
    OptionSpec withLetter(char l) const;
    OptionSpec repeatable() const;
    OptionSpec hidden() const;
    OptionSpec withoutDisplay() const;
};

/// Words without a dash, in their order.
struct WordSpec
{
    static constexpr int Any = std::numeric_limits<int>::max();

    QString name;
    QString does{};
    ValueKind kind = ValueKind::text();
    int least = 1;
    int most = 1;
};

/// A command with its commands: the one definition that reading, help, completions and the tests of the manual use.
struct CommandSpec
{
    enum class Dashes {
        AreOptions,
        DoubleOnly, ///< a word may begin with one dash: text to type, negative numbers
    };

    QString name;
    QString does;      ///< one line, in the list of the command above
    QString details{}; ///< more of it for its own help
    std::vector<OptionSpec> options{};
    std::vector<OptionSpec> inherited{}; ///< of the commands above that make sense here, too
    std::vector<WordSpec> words{};       ///< of a command without commands; of the root also with them
    std::vector<CommandSpec> commands{};
    Dashes dashes = Dashes::AreOptions;

    const CommandSpec *command(const QString &name) const;
    /// Its own or inherited.
    const OptionSpec *option(const QString &name) const;
    /// "bulkhead lab" and no further has no meaning: one of the commands must follow.
    bool isGroup() const { return !commands.empty() && words.empty(); }
};

/// The command at @p path below @p root; as far as there is one.
const CommandSpec &commandAt(const CommandSpec &root, const QStringList &path);
/// -h, --help: every command has it.
OptionSpec helpOption();

} // namespace bulkhead
