// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch_error.h"
#include "ipc/core/unique_fd.h"

#include <QByteArray>
#include <QCoreApplication>

#include <optional>

namespace bulkhead {

/// The file of one download, on the disk's threads: written as "NAME.part" and renamed once complete. Never replaces a
/// file and never follows a link. The .part goes with this object unless it was placed. One call at a time.
class DownloadFile
{
    Q_DECLARE_TR_FUNCTIONS(DownloadFile)
public:
    /// @p wantedName is safe already (file_names::safe).
    DownloadFile(QString folder, QString wantedName);
    ~DownloadFile();
    DownloadFile(const DownloadFile &) = delete;
    DownloadFile &operator=(const DownloadFile &) = delete;

    /// Creates the folder and the file at the first call.
    std::optional<FetchError> write(const QByteArray &bytes);
    /// Makes it permanent under its own name, or the next free one like it.
    std::optional<FetchError> place();
    /// The name it has or is going to have.
    QString fileName() const { return m_name; }

private:
    std::optional<FetchError> create();
    FetchError error(int number) const;
    QByteArray path(const QString &name) const;
    bool isTaken(const QString &name) const;

    const QString m_folder;
    QString m_name;
    QByteArray m_partPath;
    UniqueFd m_fd;
};

} // namespace bulkhead
