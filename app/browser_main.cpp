// SPDX-License-Identifier: BSD-3-Clause
// The trusted process: puts the parts together and lets them run.
#include "app/browser_app.h"
#include "app/browser_application.h"
#include "app/command_line.h"
#include "app/ctl/ctl.h"
#include "app/experiment_command.h"
#include "app/lab_command.h"
#include "app/plugin/plugin_command.h"

#include <QApplication>

#include <cstdio>
#include <unistd.h>

namespace {

int usageError(const QString &sentence)
{
    std::fprintf(stderr, "bulkhead: %s\n", qPrintable(sentence));
    std::fputs("Try \"bulkhead --help\".\n", stderr);
    return bulkhead::HeadlessRun::Usage;
}

}  // namespace

int main(int argc, char **argv)
{
    using namespace bulkhead;
    // Read before there is an application: it decides which kind is needed.
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    if (arguments.value(0) == u"ctl")
        return runCtl(arguments.mid(1));
    if (!arguments.isEmpty() && arguments.first() == u"lab") {
        QCoreApplication application(argc, argv);
        return runLabCommand(arguments.mid(1));
    }
    if (!arguments.isEmpty() && arguments.first() == u"experiment") {
        ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
        QGuiApplication application(argc, argv);
        return runExperimentCommand(arguments.mid(1));
    }
    QString error;
    if (arguments.value(0) == u"plugin" && arguments.value(1) == u"run" && !arguments.contains(QStringLiteral("--in-process"))) {
        const auto instead = pluginRunArguments(arguments.mid(2), &error);
        if (!instead)
            return usageError(error);
        arguments = *instead;
    } else if (arguments.value(0) == u"plugin") {
        ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
        log::initialise({spdlog::level::off, {}}, &error); // what fails here is told in the command's own words
        QGuiApplication application(argc, argv);
        return runPluginCommand(arguments.mid(1));
    }
    const std::optional<CommandLine> line = CommandLine::parse(arguments, &error);
    if (!line)
        return usageError(error);
    if (line->mode == CommandLine::Mode::ShowHelp || line->mode == CommandLine::Mode::ShowVersion) {
        std::fputs(qPrintable(line->text), stdout);
        return 0;
    }
    // Crash reports are made of what is on this machine; elfutils would ask a server for more.
    ::unsetenv("DEBUGINFOD_URLS");
    const bool headless = line->mode == CommandLine::Mode::Headless || line->mode == CommandLine::Mode::SandboxCheck;
    if (headless) {
        ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    } else if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
               && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        return usageError(QCoreApplication::translate(
            "main", "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set): use --headless, "
                    "or a virtual display such as xvfb-run."));
    }
    if (!log::initialise(line->log, &error))
        return usageError(error);

    LoopWatchdog loop; // outlives all of them
    BrowserApplication application(argc, argv, loop);
    QApplication::setApplicationName(QStringLiteral("bulkhead"));
    QApplication::setApplicationDisplayName(QStringLiteral("Bulkhead"));
    QApplication::setDesktopFileName(QStringLiteral("bulkhead"));

    BrowserApp app(*line, loop);
    const Result<void> prepared = app.prepare();
    if (!prepared)
        return usageError(QString::fromStdString(prepared.error().what));
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
