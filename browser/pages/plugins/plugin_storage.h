// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <optional>

namespace bulkhead {

/// Values that plugins keep, by plugin, site and key, each plugin and site up to its quota. A file per value, named by
/// checksums: nothing that a plugin says becomes a path. Main thread.
class PluginStorage
{
public:
    /// @p folder holds the profile's data; empty: values live as long as this object.
    explicit PluginStorage(const QString &folder = {});

    std::optional<QByteArray> value(const QString &plugin, const QString &site, const QString &key) const;
    Result<void> put(const QString &plugin, const QString &site, const QString &key, const QByteArray &value,
                     qint64 quota);
    void remove(const QString &plugin, const QString &site, const QString &key);
    /// Everything of a plugin's, on all sites.
    void removeAll(const QString &plugin);

private:
    QString folderOf(const QString &plugin, const QString &site) const;

    QString m_folder;
    QHash<QString, QHash<QString, QByteArray>> m_memory; ///< without a folder: by what would be the folder
};

} // namespace bulkhead
