// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/plugins/plugin_file.h"

#include <QByteArray>
#include <QStringList>

#include <memory>
#include <vector>

namespace bulkhead {

/// A document to be shown, as far as a choice of plugin depends on it.
struct PluginRequest
{
    enum class Use { Full, Embed };

    QString mimeType; ///< lower case; may be empty
    QString fileName; ///< for its ending
    QByteArray start; ///< its first bytes, as far as known
    Use use = Use::Full;
    /// The app can show it by itself: plugins then need a priority above 0.
    bool isBuiltIn = false;
};

/// One plugin's chances for a request, for people who wonder.
struct PluginCandidate
{
    std::shared_ptr<PluginFile> plugin;
    bool chosen = false;
    QString reason;
};

/// The plugins that there are: searched for in folders, the first of an id counts. Reads manifests and runs no code.
/// Main thread.
class PluginRegistry
{
public:
    /// @p folders in order; each holds folders ID.bulkplug, or is one.
    explicit PluginRegistry(QStringList folders = {});

    /// @p more, then the person's, then the system's.
    static QStringList standardFolders(const QStringList &more = {});
    /// Where the person's own are installed.
    static QString personFolder();

    /// Searches again; files that have not changed stay the same objects.
    void rescan();

    /// All that were found, the unusable ones, too, in the order of the search.
    const std::vector<std::shared_ptr<PluginFile>> &plugins() const { return m_plugins; }
    /// The usable one of that id, or null.
    std::shared_ptr<PluginFile> find(const QString &id) const;

    /// The plugin for a document, or null.
    std::shared_ptr<PluginFile> choose(const PluginRequest &request) const;
    /// Every plugin, the chosen one first, with the reason.
    std::vector<PluginCandidate> explain(const PluginRequest &request) const;
    /// The MIME type that a usable plugin gives files of that name, empty when none does.
    QString typeForName(const QString &fileName) const;

private:
    QStringList m_folders;
    std::vector<std::shared_ptr<PluginFile>> m_plugins;
};

} // namespace bulkhead
