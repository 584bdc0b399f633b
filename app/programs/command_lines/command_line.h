// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/parsed_command.h"
#include "browser/desktop/headless/headless_run.h"
#include "browser/host/processes/child_launcher.h"
#include "browser/host/processes/log.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/plugins/plugin_hosts.h"
#include "ipc/core/result.h"

#include <QStringList>

namespace bulkhead {

/// What the person asked for on the command line, checked.
struct CommandLine
{
    enum class Mode { Window, Headless, SandboxCheck };
    enum class Start { Zygote, Exec };
    enum class Colors { System, Light, Dark };

    enum class HeadlessRole {
        OneTask, ///< a picture or the text of one page
        Serve,   ///< stays, and does what `bulkhead ctl` says
    };

    Mode mode = Mode::Window;
    HeadlessRole headlessRole = HeadlessRole::OneTask;
    QStringList addresses; ///< as typed
    HeadlessRun::Options headless;
    PageProcessPool::Options renderers;
    log::Options log;
    Start start = Start::Zygote;
    SandboxUse sandbox = SandboxUse::On;
    enum class CheckOutput { Text, Json, AppArmorProfile };
    CheckOutput checkOutput = CheckOutput::Text; ///< of Mode::SandboxCheck
    Colors colors = Colors::System;
    QString controlSocket;     ///< where to listen for `bulkhead ctl`; empty: the person's runtime folder
    QString traceFile;         ///< empty: no trace from the start on
    QString profile;           ///< folder for cache, cookies, history; empty: the person's own
    QStringList pluginFolders; ///< searched for plugins first
    PluginProcessModel pluginModel = PluginProcessModel::PerSite;
    bool watchPlugins = false;    ///< pages are loaded again when a plugin in pluginFolders changes
    bool waitForDebugger = false; ///< plugins' processes stop before they load the plugin

    /// What @p command, of the app itself, of sandbox-check or of plugin run, asks for. An error is a sentence.
    static Result<CommandLine> of(const ParsedCommand &command);
};

} // namespace bulkhead
