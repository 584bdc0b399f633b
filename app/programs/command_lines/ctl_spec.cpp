// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/ctl_spec.h"

#include <QCoreApplication>

namespace bulkhead {

namespace {

constexpr double LongestWait = 86400;

QString tr(const char *source)
{
    return QCoreApplication::translate("Ctl", source);
}

CommandSpec command(const char *name, const QString &does, std::vector<WordSpec> words = {},
                    std::vector<OptionSpec> options = {})
{
    CommandSpec spec;
    spec.name = QLatin1String(name);
    spec.does = does;
    spec.words = std::move(words);
    spec.options = std::move(options);
    return spec;
}

WordSpec tab(int least = 0)
{
    return {QStringLiteral("TAB"),
            tr("A tab's number, as \"bulkhead ctl tabs\" lists them. The active one without it."),
            ValueKind::whole(0, 4294967295), least};
}

WordSpec process()
{
    return {QStringLiteral("ID|PID"), tr("A process, as \"bulkhead ctl processes\" lists them."),
            ValueKind::whole(0, 4294967295)};
}

OptionSpec timeout(int standard)
{
    return OptionSpec::valued("timeout", "S", ValueKind::seconds(0, LongestWait), tr("Waits no longer than that."),
                              QString::number(standard));
}

CommandSpec labSpec()
{
    const WordSpec page{QStringLiteral("PAGE"), tr("As \"bulkhead ctl lab pages\" lists them.")};
    const WordSpec file{QStringLiteral("FILE"), tr("Its name says the format: .json, .csv, .svg, .png or .html."),
                        ValueKind::file()};
    // Once all commands of the lab took it.
    const OptionSpec unused = timeout(120).hidden();
    CommandSpec spec = command("lab", tr("Shows and runs the pages of the IPC Lab, and writes their results."));
    spec.commands = {
        command("pages", tr("Lists the pages."), {}, {unused}),
        command("open", tr("Shows a page."), {page}, {unused}),
        command("start", tr("Starts a page's measurement."), {page},
                {OptionSpec::valued("options", "JSON", ValueKind::text(),
                                    tr("An object, as an exported result has it under \"options\".")),
                 unused}),
        command("cancel", tr("Cancels a page's measurement."), {page}, {unused}),
        command("wait", tr("Waits until a page's measurement is over."), {page}, {timeout(120)}),
        command("export", tr("Writes a page's results to a file."), {page, file}, {unused}),
    };
    return spec;
}

CommandSpec traceSpec()
{
    CommandSpec spec = command("trace", tr("Records what all processes do, for ui.perfetto.dev."));
    spec.commands = {
        command("start", tr("Begins to record."),
                {{QStringLiteral("FILE"), tr("What is recorded is written there."), ValueKind::file()}}),
        command("stop", tr("Ends it.")),
    };
    return spec;
}

CommandSpec inputSpec()
{
    CommandSpec spec = command("input", tr("Does in a tab what mouse and keyboard do."));
    spec.details = tr("click X Y, move X Y, wheel DY [X Y] in pixels, key KEYS such as PageDown or Ctrl+A, type TEXT.");
    spec.words = {
        tab(1),
        {QStringLiteral("ACTION"), tr("What is done:"),
         ValueKind::choice({QStringLiteral("click"), QStringLiteral("move"), QStringLiteral("wheel"),
                            QStringLiteral("key"), QStringLiteral("type"), QStringLiteral("text")})},
        {QStringLiteral("VALUE"), tr("Numbers of pixels, keys or text."), ValueKind::text(), 0, WordSpec::Any},
    };
    spec.options = {
        OptionSpec::valued(
            "button", "NAME",
            ValueKind::text().suggesting({QStringLiteral("left"), QStringLiteral("middle"), QStringLiteral("right")}),
            tr("Of a click."), QStringLiteral("left")),
        OptionSpec::valued("modifiers", "KEYS", ValueKind::text(),
                           tr("Keys that are held meanwhile, such as Ctrl+Shift.")),
    };
    return spec;
}

std::vector<CommandSpec> tabCommands()
{
    const WordSpec address{QStringLiteral("ADDRESS"), tr("A URL or a file."), ValueKind::file()};
    WordSpec addresses = address;
    addresses.least = 0;
    addresses.most = WordSpec::Any;
    const QStringList events{QStringLiteral("loaded"),       QStringLiteral("frame"),      QStringLiteral("crash"),
                             QStringLiteral("unresponsive"), QStringLiteral("responsive"), QStringLiteral("text:")};
    return {
        command("tabs", tr("Lists the tabs.")),
        command("open", tr("Opens tabs."), {addresses},
                {OptionSpec::flag("background", tr("The active tab stays the active one."))}),
        command("close", tr("Closes a tab."), {tab()}),
        command("activate", tr("Shows a tab."), {tab(1)}),
        command("navigate", tr("Opens an address in a tab."), {tab(1), address}),
        command("reload", tr("Loads a page again."), {tab()},
                {OptionSpec::flag("bypass-cache", tr("Nothing is taken from the cache."))}),
        command("back", tr("Goes back in a tab's history."), {tab()}),
        command("forward", tr("Goes forward in it."), {tab()}),
        command("stop", tr("Stops loading."), {tab()}),
        command("wait", tr("Waits for something to come."), {tab()},
                {OptionSpec::valued("for", "WHAT", ValueKind::text().suggesting(events),
                                    tr("loaded, frame, crash, unresponsive, responsive, or text:WORDS of the page;"),
                                    QStringLiteral("loaded")),
                 timeout(30)}),
        command("text", tr("Prints a page's text."), {tab()}),
        command("screenshot", tr("Writes a picture (PNG) of a page, or of the window."),
                {tab(), {QStringLiteral("FILE"), tr("For the picture."), ValueKind::file()}},
                {OptionSpec::flag("window", tr("The whole window; then without TAB."))}),
    };
}

std::vector<CommandSpec> appCommands()
{
    return {
        command("processes", tr("Lists the processes.")),
        command("kill", tr("Ends a page's process as the menu does, or sends it a signal."), {process()},
                {OptionSpec::valued("signal", "NAME", ValueKind::text(), tr("Such as KILL, SEGV or STOP."))}),
        command("capture", tr("Asks a page's process for its stack; see crashes."), {process()}),
        command("messages", tr("Lists the last messages between processes."), {},
                {OptionSpec::flag("follow", tr("Goes on with those that come."))}),
        command("metrics", tr("Prints counters."), {},
                {OptionSpec::flag("prometheus", tr("In the text format of Prometheus."))}),
        traceSpec(),
        command("crashes", tr("Lists the crash reports, or prints one."),
                {{QStringLiteral("ID"), tr("Of one report."), ValueKind::text(), 0}}),
        command("session", tr("Says whether tabs of an earlier run can be had back, or takes or drops them."),
                {{QStringLiteral("WHAT"), tr("Takes or drops them:"),
                  ValueKind::choice({QStringLiteral("restore"), QStringLiteral("dismiss")}), 0}}),
        labSpec(),
        command("protocol", tr("Says which app answers.")),
        command("quit", tr("Ends the app.")),
    };
}

/// Options may stand before and behind a command; and only two dashes begin one.
void inherit(CommandSpec &spec, const std::vector<OptionSpec> &options)
{
    spec.dashes = CommandSpec::Dashes::DoubleOnly;
    for (CommandSpec &one : spec.commands) {
        one.inherited = options;
        inherit(one, options);
    }
}

} // namespace

CommandSpec ctlSpec()
{
    CommandSpec spec = command("ctl", tr("Asks the running Bulkhead and prints what it answers."));
    spec.details =
        tr("Ends with 0 when it was done, 1 when the app refused, 2 on wrong use, 3 when no app is running.");
    spec.options = {
        OptionSpec::valued("socket", "PATH", ValueKind::file(), tr("The app that listens there.")),
        OptionSpec::valued("profile", "FOLDER", ValueKind::folder(), tr("The app with that profile.")),
        OptionSpec::flag("json", tr("Prints one line of JSON.")),
    };
    spec.commands = tabCommands();
    spec.commands.push_back(inputSpec());
    for (const CommandSpec &one : appCommands())
        spec.commands.push_back(one);
    inherit(spec, spec.options);
    return spec;
}

} // namespace bulkhead
