// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/library/download_manager.h"

#include <QStandardPaths>

#include <algorithm>

namespace bulkhead {
namespace {

/// For removing what is unfinished at the end of the program.
constexpr std::chrono::seconds RemovalPatience(5);

} // namespace

DownloadManager::DownloadManager(Fetcher &fetcher, QObject *parent)
    : QObject(parent), m_fetcher(fetcher), m_folder(QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)),
      m_disk(std::make_shared<DiskQueue>())
{
}

DownloadManager::~DownloadManager()
{
    m_downloads.clear();
    m_disk->waitForDone(RemovalPatience); // removes what is unfinished
}

int DownloadManager::indexOf(const Download *download) const
{
    const auto found =
        std::find_if(m_downloads.begin(), m_downloads.end(), [&](const auto &d) { return d.get() == download; });
    return found == m_downloads.end() ? -1 : int(found - m_downloads.begin());
}

int DownloadManager::activeCount() const
{
    return int(std::count_if(m_downloads.begin(), m_downloads.end(), [](const auto &d) { return d->isActive(); }));
}

double DownloadManager::progress() const
{
    qint64 received = 0;
    qint64 total = 0;
    for (const auto &download : m_downloads) {
        if (!download->isActive() || download->totalBytes() <= 0)
            continue;
        received += download->receivedBytes();
        total += download->totalBytes();
    }
    return total > 0 ? std::min(double(received) / double(total), 1.0) : -1;
}

Download *DownloadManager::start(std::shared_ptr<Fetch> fetch, const ResponseHead &head, const Initiator &initiator)
{
    if (!mayStart(initiator, head.suggestedName))
        return nullptr;
    return insert(std::make_unique<Download>(std::move(fetch), head, initiator, m_folder, m_fetcher, m_disk));
}

Download *DownloadManager::start(const QUrl &url, const Initiator &initiator, const QString &suggestedName)
{
    if (!mayStart(initiator, url.fileName()))
        return nullptr;
    return insert(std::make_unique<Download>(url, initiator, suggestedName, m_folder, m_fetcher, m_disk));
}

Download *DownloadManager::insert(std::unique_ptr<Download> download)
{
    Download *added = download.get();
    connect(added, &Download::stateChanged, this, &DownloadManager::changed);
    connect(added, &Download::progressChanged, this, &DownloadManager::changed);
    m_downloads.push_back(std::move(download));
    Q_EMIT inserted(count() - 1, added);
    Q_EMIT changed();
    return added;
}

void DownloadManager::remove(Download *download)
{
    const int index = indexOf(download);
    if (index < 0)
        return;
    download->cancel();
    Download *gone = m_downloads[size_t(index)].release();
    m_downloads.erase(m_downloads.begin() + index);
    Q_EMIT removed(index, gone);
    Q_EMIT changed();
    gone->setParent(this); // until the event loop comes round: it may be the one that signals
    gone->deleteLater();
}

void DownloadManager::removeInactive()
{
    for (int index = count() - 1; index >= 0; --index) {
        if (!at(index)->isActive())
            remove(at(index));
    }
}

} // namespace bulkhead
