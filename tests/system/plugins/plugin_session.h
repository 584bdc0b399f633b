// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab_embeds.h"
#include "tests/browser/pages/plugins/plugin_folder.h"
#include "tests/system/real_session.h"

namespace bulkhead {

/// The browser process without its window, with plugins.
struct PluginSession
{
    explicit PluginSession(const QStringList &folders = {QStringLiteral(PLUGINS)},
                           PluginProcessModel model = PluginProcessModel::PerSite)
        : plugins(session.context.addPlugins(folders, options(model)))
    {
        spdlog::set_level(spdlog::level::off); // ends of processes are what these tests are about
    }

    static PluginHosts::Options options(PluginProcessModel model = PluginProcessModel::PerSite)
    {
        PluginHosts::Options options;
        options.model = model;
        options.program = QStringLiteral(PLUGIN_HOST_PROGRAM);
        options.qtLibrary = QStringLiteral(PLUGIN_QT);
        return options;
    }

    RealSession session;
    BrowserContext::Plugins &plugins;
    PluginRegistry &registry = plugins.registry;
    PluginPermissions &permissions = plugins.permissions;
    PluginServices &services = plugins.services;
    PluginHosts &hosts = plugins.hosts;
};

} // namespace bulkhead
