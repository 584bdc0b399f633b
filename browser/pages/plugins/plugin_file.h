// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/plugins/plugin_manifest.h"
#include "ipc/core/unique_fd.h"

#include <memory>
#include <optional>

namespace bulkhead {

/// A plugin in a folder, as it was found: with a manifest, or with what is wrong with it. Its library is read when it
/// is first needed and again when the file has changed. Main thread.
class PluginFile
{
public:
    static constexpr qint64 MostLibraryBytes = qint64(256) << 20;

    /// Reads the manifest of @p folder.
    explicit PluginFile(QString folder);

    QString folder() const { return m_folder; }
    /// From the manifest, or, without one, from the folder's name.
    QString id() const;
    const std::optional<PluginManifest> &manifest() const { return m_manifest; }
    /// Why it cannot be used, as far as is known without loading it.
    const std::optional<PluginFault> &fault() const { return m_fault; }
    void setFault(PluginFault fault) { m_fault = std::move(fault); }
    bool isUsable() const { return m_manifest && !m_fault; }

    /// The library in sealed memory, whose checksum was compared: what was checked is what will be loaded. May be
    /// called for every process.
    tl::expected<UniqueFd, PluginFault> library();
    /// For processes that are to load it.
    wire::PluginLoad load() const;

private:
    const QString m_folder;
    std::optional<PluginManifest> m_manifest;
    std::optional<PluginFault> m_fault;
    UniqueFd m_library;
    QByteArray m_libraryStamp; ///< time, size and inode of the file that m_library is of
};

} // namespace bulkhead
