// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/site.h"

#include <QHash>
#include <QStringList>

#include <memory>

namespace bulkhead {

class BackgroundFile;

/// Folders that the person lets the documents of another folder read, always. Kept in the profile. Main thread.
class FolderGrants
{
public:
    /// @p dataFolder is where they are kept; empty: they end with the app.
    explicit FolderGrants(const QString &dataFolder);
    ~FolderGrants();

    /// What the person is told of the file; empty when all is well.
    const QString &notice() const { return m_notice; }

    /// @p folder, with symbolic links resolved, for pages of the file: site @p site; ignored where nobody may be let
    /// in.
    void add(const Site &site, const QString &folder);
    QStringList of(const Site &site) const { return m_folders.value(site.folder()); }
    /// By the folder of the documents that may read them.
    const QHash<QString, QStringList> &all() const { return m_folders; }
    void revoke(const QString &documents, const QString &folder);

    /// Whether a document may be let into @p folder (absolute) at all: not where the system or the person keeps what is
    /// nobody else's business, nor above it. The disk is not asked about it: a name that has symbolic links in it opens
    /// nothing, since files are compared by where they really lie (AccessPolicy::decideOpened()).
    static bool mayBeGranted(const QString &folder);

private:
    void save();

    QString m_notice;
    QHash<QString, QStringList> m_folders; ///< by the site's folder
    std::unique_ptr<BackgroundFile> m_file;
};

} // namespace bulkhead
