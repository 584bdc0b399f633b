// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/loading/download.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

class QThreadPool;

namespace bulkhead {

/// The list of downloads, oldest first, running and done. Owns them; ending it ends those that run and removes what
/// they have written so far. Main thread.
class DownloadManager : public QObject
{
    Q_OBJECT
public:
    /// @p fetcher outlives this.
    explicit DownloadManager(Fetcher &fetcher, QObject *parent = nullptr);
    ~DownloadManager() override;

    /// Where new downloads go: the person's download folder (XDG) unless set. Created when needed.
    QString folder() const { return m_folder; }
    void setFolder(const QString &folder) { m_folder = folder; }

    int count() const { return int(m_downloads.size()); }
    Download *at(int index) const { return m_downloads[size_t(index)].get(); }
    int indexOf(const Download *download) const; ///< -1 when it is not here
    int activeCount() const;
    /// Received of all that is to come, 0 to 1, over the active downloads whose sizes are known; -1 when there are
    /// none.
    double progress() const;

    /// Saves what a running fetch, whose head is @p head, brings.
    Download *start(std::shared_ptr<Fetch> fetch, const ResponseHead &head);
    /// Saves @p url, as the person asked. @p suggestedName is empty for the server's choice.
    Download *start(const QUrl &url, const QString &suggestedName = {});
    /// Off the list; one that is running is cancelled first. The file of a finished one stays.
    void remove(Download *download);
    /// Off the list: all that are not active.
    void removeInactive();

Q_SIGNALS:
    void inserted(int index, bulkhead::Download *download);
    /// @p download is still alive during the signal and dies soon after.
    void removed(int index, bulkhead::Download *download);
    /// Something in the list changed: for sums such as progress().
    void changed();

private:
    Download *insert(std::unique_ptr<Download> download);

    Fetcher &m_fetcher;
    QString m_folder;
    std::shared_ptr<QThreadPool> m_disk;
    std::vector<std::unique_ptr<Download>> m_downloads;
};

} // namespace bulkhead
