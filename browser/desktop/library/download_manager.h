// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/library/download.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace bulkhead {

/// The list of downloads, oldest first, running and done. Owns them; ending it ends those that run and removes what
/// they have written so far, unless the disk hangs. Main thread.
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

    /// Active downloads that pages of one site may have started, before the person must look at them.
    static constexpr int MostOfOneSite = 10;

    /// Saves what a running fetch, whose head is @p head, brings. Null, and refused(), when pages of the initiator's
    /// site have as many running as they may.
    Download *start(std::shared_ptr<Fetch> fetch, const ResponseHead &head, const Initiator &initiator);
    /// Saves @p url with @p initiator's right. @p suggestedName is empty for the server's choice.
    Download *start(const QUrl &url, const Initiator &initiator, const QString &suggestedName = {});
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
    /// A download was not begun; @p sentence says why.
    void refused(const QString &sentence);

private:
    bool mayStart(const Initiator &initiator, const QString &name);
    Download *insert(std::unique_ptr<Download> download);

    Fetcher &m_fetcher;
    QString m_folder;
    std::shared_ptr<DiskQueue> m_disk; ///< of its own: what hangs with the download folder is not what is read
    std::vector<std::unique_ptr<Download>> m_downloads;
};

} // namespace bulkhead
