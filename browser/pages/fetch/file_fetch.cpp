// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/file_fetch.h"

#include "browser/pages/fetch/body_channel.h"
#include "browser/pages/fetch/content_type.h"
#include "browser/pages/fetch/file_names.h"
#include "browser/pages/fetch/folder_listing.h"
#include "browser/pages/fetch/local_path.h"
#include "browser/pages/fetch/stream_fetch.h"
#include "ipc/core/unique_fd.h"

#include <QCoreApplication>
#include <QFile>
#include <QMimeDatabase>

#include <atomic>
#include <cerrno>
#include <climits>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead {
namespace {

constexpr qint64 ChunkSize = 64 * 1024; // small enough to come from the allocator's own heap: no mapping for each

/// The work of one fetch on the disk's threads, in steps: open, then as much as there is room for, time and again.
class FileJob : public DiskJob
{
    Q_DECLARE_TR_FUNCTIONS(FileFetch)
public:
    FileJob(const QUrl &url, const Decision &decision, std::shared_ptr<BodyChannel> channel)
        : m_url(url), m_path(*local_path::fromUrl(url)), m_decision(decision), m_channel(std::move(channel))
    {
    }

    /// Closing may take as long as the disk does, too, so it is left to the disk's threads; and at the end of the
    /// program to the kernel.
    ~FileJob() override { (void)m_fd.release(); }

    /// What is open is not dropped: it has a step to do, which closes it.
    bool isCancelled() const override { return m_channel->isAbandoned() && !m_isOpen; }
    void run(const DiskThread &thread) override
    {
        if (m_done || m_channel->isAbandoned())
            return stop();
        if (!m_fd && !open(thread))
            return stop();
        if (!pump())
            stop();
    }

private:
    bool open(const DiskThread &thread);
    bool openFolder(const QByteArray &handle, const DiskThread &thread);
    bool openFile(const QByteArray &handle, qint64 size, const DiskThread &thread);
    bool pump();
    QByteArray nextBytes(qint64 maximum);
    bool fail(FetchErrorKind kind, const QString &sentence, const QString &detail);
    bool failToOpen(int error, const DiskThread &thread);
    bool refuse(const Decision &decision, const QString &folder);
    void stop()
    {
        m_done = true;
        m_fd.reset();
        m_isOpen = false;
        m_channel->setProducer(nullptr);
    }

    const QUrl m_url;
    const QString m_path;
    const Decision m_decision;
    const std::shared_ptr<BodyChannel> m_channel;
    bool m_done = false;
    UniqueFd m_fd;
    std::atomic<bool> m_isOpen = false; ///< the queue asks while others run
    std::optional<RealFile> m_real;     ///< what m_fd is
    bool m_isFolder = false;
    bool m_atEnd = false;
    bool m_failed = false;
    QByteArray m_ready; ///< read already: a listing, or the bytes that told the type
};

bool FileJob::fail(FetchErrorKind kind, const QString &sentence, const QString &detail)
{
    m_failed = true;
    m_channel->fail({kind, sentence, detail});
    return false;
}

bool FileJob::refuse(const Decision &decision, const QString &folder)
{
    FetchError error{decision.kind, decision.reason, decision.rule};
    error.deniedFolder = folder;
    m_failed = true;
    m_channel->fail(error);
    return false;
}

bool FileJob::failToOpen(int error, const DiskThread &thread)
{
    // Whether something exists outside must not show in how the answer is worded.
    const QString real = local_path::real(m_path, thread);
    const Decision place = AccessPolicy::decideOpened(m_decision, {real});
    if (!place.allowed)
        return refuse(place, RealFile(real, RealFile::Kind::File, thread).folder());
    const QString detail = QString::fromLocal8Bit(strerror(error));
    if (error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG)
        return fail(FetchErrorKind::NotFound, tr("There is no file or folder “%1”.").arg(m_path), detail);
    if (error == EACCES || error == EPERM)
        return fail(FetchErrorKind::Unreadable, tr("You have no permission to read “%1”.").arg(m_path), detail);
    return fail(FetchErrorKind::Unreadable, tr("“%1” cannot be read.").arg(m_path), detail);
}

bool FileJob::open(const DiskThread &thread)
{
    // A path handle opens nothing: no device wakes up, no pipe waits for its other end. It pins what was found, so that
    // everything below speaks about the same file.
    m_isOpen = true;
    const UniqueFd found(::open(QFile::encodeName(m_path).constData(), O_PATH | O_CLOEXEC));
    if (!found)
        return failToOpen(errno, thread);
    const QByteArray handle = "/proc/self/fd/" + QByteArray::number(found.get());
    char target[PATH_MAX];
    const ssize_t length = readlink(handle.constData(), target, sizeof target);
    const QString realPath = length > 0 ? QFile::decodeName(QByteArray(target, length)) : QString();
    struct stat status = {};
    if (fstat(found.get(), &status) != 0)
        return failToOpen(errno, thread);
    m_real = RealFile(realPath, S_ISDIR(status.st_mode) ? RealFile::Kind::Folder : RealFile::Kind::File, thread);
    const Decision place = AccessPolicy::decideOpened(
        m_decision, {realPath, status.st_uid == 0 && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0});
    if (!place.allowed)
        return refuse(place, m_real->folder());
    if (S_ISDIR(status.st_mode))
        return openFolder(handle, thread);
    if (!S_ISREG(status.st_mode))
        return fail(FetchErrorKind::Unreadable,
                    tr("“%1” is a device, a pipe or a socket, and only files and folders can be shown.").arg(m_path),
                    QStringLiteral("mode 0%1").arg(status.st_mode, 0, 8));
    if (m_url.path().endsWith(u'/'))
        return failToOpen(ENOTDIR, thread);
    return openFile(handle, status.st_size, thread);
}

bool FileJob::openFolder(const QByteArray &handle, const DiskThread &thread)
{
    m_fd = UniqueFd(::open(handle.constData(), O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC));
    if (!m_fd)
        return failToOpen(errno, thread);
    m_isFolder = true;
    m_ready = folderListing(m_fd.get(), m_path, [this] { return m_channel->isAbandoned(); });
    m_atEnd = true;
    ResponseHead head;
    head.url = m_url;
    if (!head.url.path().endsWith(u'/'))
        head.url.setPath(head.url.path() + u'/');
    head.mimeType = QLatin1String(ListingMimeType);
    head.isListing = true;
    head.file = m_real;
    head.length = m_ready.size();
    head.suggestedName = file_names::safe(m_real->path().section(u'/', -1) + QStringLiteral(".json"));
    m_channel->respond(head);
    return true;
}

bool FileJob::openFile(const QByteArray &handle, qint64 size, const DiskThread &thread)
{
    m_fd = UniqueFd(::open(handle.constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!m_fd)
        return failToOpen(errno, thread);
    m_ready = nextBytes(ChunkSize);
    if (m_failed)
        return false;
    ResponseHead head;
    head.url = m_url;
    head.file = m_real;
    const QString name = m_path.section(u'/', -1);
    head.mimeType = QMimeDatabase().mimeTypeForFileNameAndData(name, m_ready).name();
    if (head.mimeType == QLatin1String("application/x-zerosize") ||
        head.mimeType == QLatin1String("application/octet-stream"))
        head.mimeType = sniffMimeType(m_ready, name);
    // The kernel's own files (/proc, /sys) say 0 and hold something all the same.
    head.length = size > 0 ? size : -1;
    head.suggestedName = file_names::suggest({}, m_url, head.mimeType);
    head.start = m_ready.left(ResponseHead::StartBytes);
    m_channel->respond(head);
    return true;
}

QByteArray FileJob::nextBytes(qint64 maximum)
{
    if (!m_ready.isEmpty()) {
        const QByteArray bytes = m_ready.left(maximum);
        m_ready.remove(0, bytes.size());
        return bytes;
    }
    if (m_atEnd)
        return {};
    QByteArray bytes(std::min(maximum, ChunkSize), Qt::Uninitialized);
    ssize_t length = 0;
    do
        length = ::read(m_fd.get(), bytes.data(), size_t(bytes.size()));
    while (length < 0 && errno == EINTR);
    if (length < 0)
        fail(FetchErrorKind::Unreadable, tr("“%1” could not be read to its end.").arg(m_path),
             QString::fromLocal8Bit(strerror(errno)));
    m_atEnd = length <= 0;
    bytes.truncate(std::max<ssize_t>(length, 0));
    return bytes;
}

/// False when there is nothing left to do.
bool FileJob::pump()
{
    while (const qint64 room = m_channel->room()) {
        const QByteArray bytes = nextBytes(room);
        if (m_failed || m_channel->isAbandoned())
            return false;
        if (bytes.isEmpty()) {
            m_channel->finish();
            return false;
        }
        m_channel->append(bytes);
    }
    return true;
}

} // namespace

std::unique_ptr<Fetch> startFileFetch(const QUrl &url, const Decision &decision, const std::shared_ptr<DiskQueue> &disk,
                                      const DiskClient &client)
{
    auto fetch = std::make_unique<StreamFetch>();
    const auto job = std::make_shared<FileJob>(url, decision, fetch->channel());
    // Weak: one of the disk's own threads may drop this last.
    const auto wake = [job, client, queue = std::weak_ptr(disk)] {
        if (const auto threads = queue.lock())
            threads->add(client, job);
    };
    fetch->channel()->setProducer(wake);
    wake();
    return fetch;
}

} // namespace bulkhead
