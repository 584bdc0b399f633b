// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/headless/headless_run.h"
#include "browser/pages/renderer_pool.h"
#include "browser/processes/child_launcher.h"
#include "browser/processes/log.h"

#include <QStringList>

namespace bulkhead {

/// What the person asked for on the command line, checked.
struct CommandLine
{
    enum class Mode { Window, Headless, ShowHelp, ShowVersion, SandboxCheck };
    enum class Start { Zygote, Exec };
    enum class Colors { System, Light, Dark };

    enum class HeadlessRole {
        OneTask, ///< a picture or the text of one page
        Serve,   ///< stays, and does what `bulkhead ctl` says
    };

    Mode mode = Mode::Window;
    HeadlessRole headlessRole = HeadlessRole::OneTask;
    QStringList addresses;  ///< as typed
    HeadlessRun::Options headless;
    RendererPool::Options renderers;
    log::Options log;
    Start start = Start::Zygote;
    SandboxUse sandbox = SandboxUse::On;
    enum class CheckOutput { Text, Json, AppArmorProfile };
    CheckOutput checkOutput = CheckOutput::Text;  ///< of Mode::SandboxCheck
    Colors colors = Colors::System;
    QString controlSocket; ///< where to listen for `bulkhead ctl`; empty: the person's runtime folder
    QString traceFile;     ///< empty: no trace from the start on
    QString profile;  ///< folder for cache, cookies, history; empty: the person's own
    QStringList pluginFolders; ///< searched for plugins first
    bool watchPlugins = false; ///< pages are loaded again when a plugin in pluginFolders changes
    bool waitForDebugger = false; ///< plugins' processes stop before they load the plugin
    QString text;     ///< of help or version

    /// Reads @p arguments (without the program's name). On an error nothing, and a sentence that names it in @p error.
    static std::optional<CommandLine> parse(const QStringList &arguments, QString *error);
};

}  // namespace bulkhead
