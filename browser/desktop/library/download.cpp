// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/library/download.h"

#include "browser/desktop/library/download_file.h"
#include "browser/pages/fetch/fetcher.h"
#include "browser/pages/fetch/file_names.h"
#include "browser/pages/network/postbox.h"

namespace bulkhead {
namespace {

constexpr qint64 WriteSize = 512 * 1024;
constexpr std::chrono::milliseconds ReportInterval(250);

} // namespace

Download::Download(const Initiator &initiator, QString folder, Fetcher &fetcher, std::shared_ptr<DiskQueue> disk,
                   QObject *parent)
    : QObject(parent), m_folder(std::move(folder)), m_fetcher(fetcher), m_disk(std::move(disk)),
      m_postbox(std::make_shared<Postbox>(this)), m_initiator(initiator)
{
    m_progressTimer.setInterval(ReportInterval);
    connect(&m_progressTimer, &QTimer::timeout, this, &Download::reportProgress);
}

Download::Download(std::shared_ptr<Fetch> fetch, const ResponseHead &head, const Initiator &initiator, QString folder,
                   Fetcher &fetcher, std::shared_ptr<DiskQueue> disk, QObject *parent)
    : Download(initiator, std::move(folder), fetcher, std::move(disk), parent)
{
    m_url = head.url;
    take(std::move(fetch));
    // Later, so that whoever asked for this knows it before anything happens to it.
    QMetaObject::invokeMethod(
        this,
        [this, head, taken = m_fetch.get()] {
            if (taken == m_fetch.get())
                responded(head);
        },
        Qt::QueuedConnection);
    m_fileName = file_names::safe(head.suggestedName);
    m_mimeType = head.mimeType;
    m_total = head.length;
}

Download::Download(const QUrl &url, const Initiator &initiator, const QString &suggestedName, QString folder,
                   Fetcher &fetcher, std::shared_ptr<DiskQueue> disk, QObject *parent)
    : Download(initiator, std::move(folder), fetcher, std::move(disk), parent)
{
    m_url = url;
    m_wantedName = suggestedName;
    m_fileName = file_names::suggest(suggestedName, url, {});
    take(m_fetcher.start({url, Destination::Download, m_initiator}));
}

Download::~Download()
{
    m_postbox->close();
    releaseFile();
}

std::optional<std::chrono::seconds> Download::remainingTime() const
{
    if (m_state != DownloadState::Running || m_total < 0 || m_rate < 1 || m_received > m_total)
        return std::nullopt;
    return std::chrono::seconds(qint64(double(m_total - m_received) / m_rate + 0.5));
}

void Download::take(std::shared_ptr<Fetch> fetch)
{
    m_fetch = std::move(fetch);
    m_hasHead = false;
    connect(m_fetch.get(), &Fetch::responded, this, &Download::responded);
    connect(m_fetch.get(), &Fetch::readyRead, this, &Download::step);
    connect(m_fetch.get(), &Fetch::finished, this, &Download::step);
    connect(m_fetch.get(), &Fetch::failed, this, &Download::fail);
}

void Download::responded(const ResponseHead &head)
{
    if (m_hasHead || !isActive())
        return;
    if (head.status >= 400)
        return fail(
            {FetchErrorKind::NotFound, tr("The server has no such file (it answered %1).").arg(head.status), {}});
    m_hasHead = true;
    m_fileName = file_names::safe(m_wantedName.isEmpty() ? head.suggestedName : m_wantedName);
    m_mimeType = head.mimeType;
    m_total = head.length;
    m_file = std::make_shared<DownloadFile>(m_folder, m_fileName);
    if (m_state == DownloadState::Waiting)
        setState(DownloadState::Running);
    step();
}

void Download::pause()
{
    if (m_state == DownloadState::Waiting || m_state == DownloadState::Running)
        setState(DownloadState::Paused);
}

void Download::resume()
{
    if (m_state != DownloadState::Paused)
        return;
    setState(m_hasHead ? DownloadState::Running : DownloadState::Waiting);
    step();
}

void Download::cancel()
{
    if (!isActive())
        return;
    m_fetch.reset();
    releaseFile();
    setState(DownloadState::Cancelled);
}

void Download::retry()
{
    if (m_state != DownloadState::Failed && m_state != DownloadState::Cancelled)
        return;
    m_received = 0;
    m_rate = 0;
    m_total = -1;
    m_error = {};
    setState(DownloadState::Waiting);
    FetchRequest again{m_url, Destination::Download, m_initiator};
    again.cache = CacheUse::Revalidate;
    take(m_fetcher.start(again));
}

void Download::setState(DownloadState state)
{
    m_state = state;
    if (state == DownloadState::Running) {
        m_receivedAtReport = m_received;
        m_sinceReport.start();
        m_progressTimer.start();
    } else {
        m_progressTimer.stop();
        m_rate = 0;
    }
    Q_EMIT stateChanged();
}

/// One piece from the fetch to the disk. The next follows when that is written.
void Download::step()
{
    if (m_state != DownloadState::Running || m_writing)
        return;
    const QByteArray bytes = m_fetch->read(WriteSize);
    if (!bytes.isEmpty()) {
        m_writing = true;
        m_disk->add(diskClient(), [this, file = m_file, postbox = m_postbox, bytes](const DiskThread &) {
            const std::optional<FetchError> error = file->write(bytes);
            postbox->post([this, which = std::weak_ptr(file), error, name = file->fileName(), size = bytes.size()] {
                wrote(which, error, name, size);
            });
        });
        return;
    }
    if (!m_fetch->atEnd())
        return;
    setState(DownloadState::Finishing);
    m_fetch.reset();
    m_disk->add(diskClient(), [this, file = m_file, postbox = m_postbox](const DiskThread &) {
        const std::optional<FetchError> error = file->place();
        postbox->post(
            [this, which = std::weak_ptr(file), error, name = file->fileName()] { placed(which, error, name); });
    });
}

void Download::wrote(const std::weak_ptr<DownloadFile> &which, const std::optional<FetchError> &error,
                     const QString &name, qint64 bytes)
{
    if (!isCurrent(which)) // cancelled or begun anew meanwhile
        return;
    m_writing = false;
    if (error)
        return fail(*error);
    m_fileName = name;
    m_received += bytes;
    step();
}

void Download::placed(const std::weak_ptr<DownloadFile> &which, const std::optional<FetchError> &error,
                      const QString &name)
{
    if (!isCurrent(which))
        return;
    if (error)
        return fail(*error);
    m_fileName = name;
    m_file.reset();
    if (m_total < 0)
        m_total = m_received;
    Q_EMIT progressChanged();
    setState(DownloadState::Finished);
}

void Download::fail(const FetchError &error)
{
    if (!isActive())
        return;
    m_error = error;
    if (m_fetch) {
        m_fetch->disconnect(this);
        // We may be in one of its signals.
        QMetaObject::invokeMethod(
            this, [fetch = std::move(m_fetch)] {}, Qt::QueuedConnection);
        m_fetch.reset();
    }
    releaseFile();
    setState(DownloadState::Failed);
}

/// Without holding it, not even for a moment: its end removes a file, which belongs on the disk's threads.
bool Download::isCurrent(const std::weak_ptr<DownloadFile> &which) const
{
    return m_file && !which.owner_before(m_file) && !m_file.owner_before(which);
}

/// On the disk's threads, where removing what is unfinished belongs.
void Download::releaseFile()
{
    m_writing = false;
    if (m_file)
        m_disk->add(diskClient(), [file = std::exchange(m_file, nullptr)](const DiskThread &) {});
}

DiskClient Download::diskClient() const
{
    if (m_initiator.isPerson())
        return {DiskClient::Urgency::Person, {}};
    return {DiskClient::Urgency::Page, m_initiator.site().key()};
}

void Download::reportProgress()
{
    const double seconds = double(m_sinceReport.restart()) / 1000.0;
    if (seconds > 0) {
        // Smoothed over about two seconds, so that the remaining time is readable.
        const double now = double(m_received - m_receivedAtReport) / seconds;
        constexpr double Weight = 0.15;
        m_rate = m_rate > 0 ? m_rate + Weight * (now - m_rate) : now;
    }
    m_receivedAtReport = m_received;
    Q_EMIT progressChanged();
}

} // namespace bulkhead
