// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/context/browser_context.h"
#include "tests/browser/pages/plugins/plugin_folder.h"

namespace bulkhead {

/// A plugin in a scene, whose processes are hostile children: it shows application/x-hostile, in tabs and in boxes.
/// Main thread.
class ScenePlugin
{
public:
    static constexpr char MimeType[] = "application/x-hostile";
    /// Of all plugins: less than in the product, and more than one domain may have.
    static constexpr int MostProcesses = 20;
    enum class Person { Refuses, Allows };

    /// @p permissions is the manifest's. A loader whose library is not loaded yet says @p loaderScript.
    ScenePlugin(Fetcher &fetcher, PageProcessPool &pool, const QString &dataFolder, const QJsonObject &permissions,
                Person person, const QString &loaderScript = {}, const QString &isolation = {});

    PluginPermissions &permissions() { return m_plugins->permissions; }
    PluginServices &services() { return m_plugins->services; }
    /// How often the person was asked.
    int questions() const { return m_questions; }
    PluginHosts &hosts() { return m_plugins->hosts; }

    /// "permissions" with one entry; @p more beside its reason.
    static QJsonObject permission(const char *name, QJsonObject more = {});

private:
    PluginFolder m_folder;
    std::unique_ptr<BrowserContext::Plugins> m_plugins;
    int m_questions = 0;
};

} // namespace bulkhead
