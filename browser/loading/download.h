// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/loading/fetch.h"

#include <QElapsedTimer>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

class QThreadPool;

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
/// happens on @p disk's threads, one step at a time; what the disk has not taken is not read from the network.
/// Nothing of an unfinished download stays behind. Owned by the DownloadManager. Main thread.
class Download : public QObject
{
    Q_OBJECT
public:
    /// Takes a running fetch over whose head has arrived.
    Download(std::shared_ptr<Fetch> fetch, const ResponseHead &head, QString folder, Fetcher &fetcher,
             std::shared_ptr<QThreadPool> disk, QObject *parent = nullptr);
    /// Asks for @p url.
    Download(const QUrl &url, const QString &suggestedName, QString folder, Fetcher &fetcher,
             std::shared_ptr<QThreadPool> disk, QObject *parent = nullptr);
    ~Download() override;

    DownloadState state() const { return m_state; }
    bool isActive() const { return m_state <= DownloadState::Finishing; }
    QUrl url() const { return m_url; }
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
    Download(QString folder, Fetcher &fetcher, std::shared_ptr<QThreadPool> disk, QObject *parent);
    void take(std::shared_ptr<Fetch> fetch);
    void responded(const ResponseHead &head);
    void setState(DownloadState state);
    void step();
    void wrote(const std::shared_ptr<DownloadFile> &file, const std::optional<FetchError> &error, const QString &name,
               qint64 bytes);
    void placed(const std::shared_ptr<DownloadFile> &file, const std::optional<FetchError> &error, const QString &name);
    void fail(const FetchError &error);
    void releaseFile();
    void reportProgress();

    const QString m_folder;
    Fetcher &m_fetcher;
    const std::shared_ptr<QThreadPool> m_disk;
    const std::shared_ptr<Postbox> m_postbox;
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
