// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/disk_thread.h"

#include <QString>

namespace bulkhead {

/// Where a file: address led: the file or folder as it was found once it was open, with symbolic links resolved. A
/// document's rights come from here and not from its address. Immutable value, any thread.
class RealFile
{
public:
    enum class Kind { File, Folder };
    /// @p path is absolute and has no symbolic links.
    RealFile(const QString &path, Kind kind, const DiskThread &)
        : m_path(path), m_folder(kind == Kind::Folder ? path : parentOf(path))
    {
    }

    const QString &path() const { return m_path; }
    /// It lies in this one, or is it.
    const QString &folder() const { return m_folder; }

private:
    static QString parentOf(const QString &path)
    {
        const qsizetype slash = path.lastIndexOf(u'/');
        return slash > 0 ? path.left(slash) : QStringLiteral("/");
    }

    QString m_path;
    QString m_folder;
};

} // namespace bulkhead
