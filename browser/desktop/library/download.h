// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/disk_queue.h"
#include "browser/pages/fetch/fetch.h"

#include <QElapsedTimer>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace bulkhead {

class DownloadFile;
class Fetcher;
class Postbox;

enum class DownloadState {
    Waiting, ///< asked, no answer yet
    Running,
    Paused,
    Finishing, ///< everything is here and is being put in its place
    Finished,
    Failed, ///< error() says why; retry() may help
    Cancelled,
};

/// One file on its way to the download folder: into "NAME.part" first, under its own name once it is complete. Writing
/// happens on @p disk's threads, one step at a time, in the turn of the site that asked; what the disk has not taken is
/// not read from the network. Nothing of an unfinished download stays behind. Owned by the DownloadManager. Main
/// thread.
class Download : public QObject
{
    Q_OBJECT
public:
    /// Takes a running fetch over whose head has arrived.
    Download(std::shared_ptr<Fetch> fetch, const ResponseHead &head, const Initiator &initiator, QString folder,
             Fetcher &fetcher, std::shared_ptr<DiskQueue> disk, QObject *parent = nullptr);
    /// Asks for @p url with @p initiator's right.
    Download(const QUrl &url, const Initiator &initiator, const QString &suggestedName, QString folder,
             Fetcher &fetcher, std::shared_ptr<DiskQueue> disk, QObject *parent = nullptr);
    ~Download() override;

    DownloadState state() const { return m_state; }
    bool isActive() const { return m_state <= DownloadState::Finishing; }
    QUrl url() const { return m_url; }
    /// Whose right it uses, when it is tried again, too.
    const Initiator &initiator() const { return m_initiator; }
    /// The file's name, without folders. May change until the download has finished (another took it).
    QString fileName() const { return m_fileName; }
    /// Where it is, or will be.
    QString filePath() const { return m_folder + u'/' + m_fileName; }
    QString mimeType() const { return m_mimeType; }
    qint64 receivedBytes() const { return m_received; }
    qint64 totalBytes() const { return m_total; } ///< -1 when the server does not say
    double bytesPerSecond() const { return m_rate; }
    /// Nothing when it cannot be said.
    std::optional<std::chrono::seconds> remainingTime() const;
    /// Set when Failed.
    const FetchError &error() const { return m_error; }

public Q_SLOTS:
    /// By not reading: the server waits, too, and may lose patience.
    void pause();
    void resume();
    void cancel();
    /// From the start, when it failed or was cancelled.
    void retry();

Q_SIGNALS:
    void stateChanged();
    /// Bytes, rate or name changed. A few times a second at most.
    void progressChanged();

private:
    Download(const Initiator &initiator, QString folder, Fetcher &fetcher, std::shared_ptr<DiskQueue> disk,
             QObject *parent);
    void take(std::shared_ptr<Fetch> fetch);
    void responded(const ResponseHead &head);
    void setState(DownloadState state);
    void step();
    bool isCurrent(const std::weak_ptr<DownloadFile> &which) const;
    void wrote(const std::weak_ptr<DownloadFile> &which, const std::optional<FetchError> &error, const QString &name,
               qint64 bytes);
    void placed(const std::weak_ptr<DownloadFile> &which, const std::optional<FetchError> &error, const QString &name);
    void fail(const FetchError &error);
    void releaseFile();
    /// Whose turn it takes on the disk.
    DiskClient diskClient() const;
    void reportProgress();

    const QString m_folder;
    Fetcher &m_fetcher;
    const std::shared_ptr<DiskQueue> m_disk;
    const std::shared_ptr<Postbox> m_postbox;
    const Initiator m_initiator;
    QUrl m_url;
    QString m_wantedName; ///< the person's choice; empty for the server's
    QString m_fileName;
    QString m_mimeType;
    DownloadState m_state = DownloadState::Waiting;
    std::shared_ptr<Fetch> m_fetch;
    std::shared_ptr<DownloadFile> m_file; ///< used on the disk's threads only, one call at a time
    bool m_hasHead = false;
    bool m_writing = false;
    qint64 m_received = 0;
    qint64 m_total = -1;
    FetchError m_error;

    QTimer m_progressTimer;
    QElapsedTimer m_sinceReport;
    qint64 m_receivedAtReport = 0;
    double m_rate = 0;
};

} // namespace bulkhead
