// SPDX-License-Identifier: BSD-3-Clause
// The trusted process: puts the parts together and lets them run.
#include "app/programs/bulkhead/browser_app.h"
#include "app/programs/bulkhead/browser_application.h"
#include "app/programs/command_lines/bulkhead_spec.h"
#include "app/programs/command_lines/command_line.h"
#include "app/programs/command_lines/ctl.h"
#include "app/programs/command_lines/experiment_command.h"
#include "app/programs/command_lines/lab_command.h"
#include "app/programs/command_lines/plugin_command.h"
#include "app/programs/command_lines/usage_error.h"
#include "app/programs/command_syntax/command_reader.h"
#include "app/programs/command_syntax/help_text.h"

#include <QApplication>

#include <cstdio>
#include <unistd.h>

namespace {

using namespace bulkhead;

/// The commands that are not the app: an exit code, or nothing when it is to start.
std::optional<int> runCommand(const ParsedCommand &command, int &argc, char **argv)
{
    const QString name = command.path.value(0);
    if (name == u"ctl")
        return runCtl(command);
    if (name == u"lab") {
        QCoreApplication application(argc, argv);
        return runLabCommand(command);
    }
    if (name != u"experiment" && (name != u"plugin" || (command.path.value(1) == u"run" && !command.has("in-process"))))
        return {};
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    QString error;
    if (name == u"plugin")
        log::initialise({spdlog::level::off, {}}, &error); // what fails here is told in the command's own words
    QGuiApplication application(argc, argv);
    return name == u"plugin" ? runPluginCommand(command) : runExperimentCommand(command);
}

/// What only prints: help, version, completions.
std::optional<QString> textFor(const CommandSpec &root, const ParsedCommand &command)
{
    if (command.has("help"))
        return helpText(root, command.path);
    if (command.has("version"))
        return QStringLiteral("Bulkhead %1 (Qt %2)\n")
            .arg(QStringLiteral(BULKHEAD_VERSION), QString::fromLatin1(qVersion()));
    if (command.has("completion"))
        return completionScript(root, command.value("completion"));
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    // Read before there is an application: it decides which kind is needed.
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const CommandSpec root = bulkheadSpec();
    const auto command = CommandReader(root).read(arguments);
    if (!command)
        return usageError(command.error());
    if (const std::optional<QString> text = textFor(root, *command)) {
        std::fputs(qPrintable(*text), stdout);
        return 0;
    }
    if (const std::optional<int> exitCode = runCommand(*command, argc, argv))
        return *exitCode;
    const auto refuse = [&](const QString &sentence) { return usageError({command->path, sentence}); };
    const Result<CommandLine> line = CommandLine::of(*command);
    if (!line)
        return refuse(QString::fromStdString(line.error().what));
    // Crash reports are made of what is on this machine; elfutils would ask a server for more.
    ::unsetenv("DEBUGINFOD_URLS");
    const bool headless = line->mode == CommandLine::Mode::Headless || line->mode == CommandLine::Mode::SandboxCheck;
    if (headless) {
        ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    } else if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") &&
               qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        return refuse(QCoreApplication::translate(
            "main",
            "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set): use --headless, "
            "or a virtual display such as xvfb-run."));
    }
    if (QString error; !log::initialise(line->log, &error))
        return refuse(error);

    LoopWatchdog loop; // outlives all of them
    BrowserApplication application(argc, argv, loop);
    QApplication::setApplicationName(QStringLiteral("bulkhead"));
    QApplication::setApplicationDisplayName(QStringLiteral("Bulkhead"));
    QApplication::setDesktopFileName(QStringLiteral("bulkhead"));

    BrowserApp app(*line, loop);
    const Result<void> prepared = app.prepare();
    if (!prepared)
        return refuse(QString::fromStdString(prepared.error().what));
    const Result<RemoteControl::Instance> instance = app.claimInstance();
    if (!instance) {
        std::fprintf(stderr, "bulkhead: %s\n", instance.error().what.c_str());
        return HeadlessRun::CannotLoad;
    }
    if (*instance == RemoteControl::Instance::HandedOver)
        return 0;
    QObject::connect(&app, &BrowserApp::finished, &application, &QCoreApplication::exit, Qt::QueuedConnection);
    app.start();
    return QApplication::exec();
}
