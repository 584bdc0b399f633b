// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/plugins/plugin_hosts.h"
#include "browser/plugins/plugin_services.h"
#include "browser/tabs/tab_embeds.h"
#include "tests/browser/plugins/plugin_folder.h"
#include "tests/system/real_session.h"

namespace bulkhead {

/// The browser process without its window, with plugins.
struct PluginSession
{
    explicit PluginSession(QStringList folders = {QStringLiteral(PLUGINS)})
        : registry(std::move(folders)), services(session.fetcher, permissions), hosts(registry, session.renderers, options(), &services)
    {
        spdlog::set_level(spdlog::level::off); // ends of processes are what these tests are about
    }

    static PluginHosts::Options options()
    {
        PluginHosts::Options options;
        options.program = QStringLiteral(PLUGIN_HOST_PROGRAM);
        options.qtLibrary = QStringLiteral(PLUGIN_QT);
        return options;
    }

    RealSession session;
    PluginRegistry registry;
    PluginPermissions permissions;
    PluginServices services;
    PluginHosts hosts;
};

} // namespace bulkhead
