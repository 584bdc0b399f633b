// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/file_fetch.h"

#include "browser/loading/body_channel.h"
#include "browser/loading/content_type.h"
#include "browser/loading/file_names.h"
#include "browser/loading/folder_listing.h"
#include "browser/loading/local_path.h"
#include "browser/loading/stream_fetch.h"
#include "ipc/core/unique_fd.h"

#include <QCoreApplication>
#include <QFile>
#include <QMimeDatabase>
#include <QThreadPool>

#include <cerrno>
#include <climits>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead {
namespace {

constexpr qint64 ChunkSize = 128 * 1024;

/// The work of one fetch on the disk's threads, in steps: open, then as much as there is room for, time and again.
class FileJob
{
    Q_DECLARE_TR_FUNCTIONS(FileFetch)
public:
    FileJob(const QUrl &url, const Decision &decision, std::shared_ptr<BodyChannel> channel)
        : m_url(url), m_path(*local_path::fromUrl(url)), m_decision(decision), m_channel(std::move(channel))
    {
    }

    void run()
    {
        // A wake-up may come while the step before is still returning.
        const std::lock_guard lock(m_mutex);
        if (m_done || m_channel->isAbandoned())
            return stop();
        if (!m_fd && !open())
            return stop();
        if (!pump())
            stop();
    }

private:
    bool open();
    bool openFolder(const QByteArray &handle, const QString &realPath);
    bool openFile(const QByteArray &handle, qint64 size);
    bool pump();
    QByteArray nextBytes(qint64 maximum);
    bool fail(FetchErrorKind kind, const QString &sentence, const QString &detail);
    bool failToOpen(int error);
    void stop()
    {
        m_done = true;
        m_fd.reset();
        m_channel->setProducer(nullptr);
    }

    const QUrl m_url;
    const QString m_path;
    const Decision m_decision;
    const std::shared_ptr<BodyChannel> m_channel;
    std::mutex m_mutex;
    bool m_done = false;
    UniqueFd m_fd;
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

bool FileJob::failToOpen(int error)
{
    // Whether something exists outside must not show in how the answer is worded.
    const Decision place = AccessPolicy::decideOpened(m_decision, local_path::real(m_path));
    if (!place.allowed)
        return fail(place.kind, place.reason, place.rule);
    const QString detail = QString::fromLocal8Bit(strerror(error));
    if (error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG)
        return fail(FetchErrorKind::NotFound, tr("There is no file or folder “%1”.").arg(m_path), detail);
    if (error == EACCES || error == EPERM)
        return fail(FetchErrorKind::Unreadable, tr("You have no permission to read “%1”.").arg(m_path), detail);
    return fail(FetchErrorKind::Unreadable, tr("“%1” cannot be read.").arg(m_path), detail);
}

bool FileJob::open()
{
    // A path handle opens nothing: no device wakes up, no pipe waits for its other end. It pins what was found, so that
    // everything below speaks about the same file.
    const UniqueFd found(::open(QFile::encodeName(m_path).constData(), O_PATH | O_CLOEXEC));
    if (!found)
        return failToOpen(errno);
    const QByteArray handle = "/proc/self/fd/" + QByteArray::number(found.get());
    char target[PATH_MAX];
    const ssize_t length = readlink(handle.constData(), target, sizeof target);
    const QString realPath = length > 0 ? QFile::decodeName(QByteArray(target, length)) : QString();
    const Decision place = AccessPolicy::decideOpened(m_decision, realPath);
    if (!place.allowed)
        return fail(place.kind, place.reason, place.rule);

    struct stat status = {};
    if (fstat(found.get(), &status) != 0)
        return failToOpen(errno);
    if (S_ISDIR(status.st_mode))
        return openFolder(handle, realPath);
    if (!S_ISREG(status.st_mode))
        return fail(FetchErrorKind::Unreadable,
                    tr("“%1” is a device, a pipe or a socket, and only files and folders can be shown.").arg(m_path),
                    QStringLiteral("mode 0%1").arg(status.st_mode, 0, 8));
    if (m_url.path().endsWith(u'/'))
        return failToOpen(ENOTDIR);
    return openFile(handle, status.st_size);
}

bool FileJob::openFolder(const QByteArray &handle, const QString &realPath)
{
    m_fd = UniqueFd(::open(handle.constData(), O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC));
    if (!m_fd)
        return failToOpen(errno);
    m_isFolder = true;
    m_ready = folderListing(m_fd.get(), m_path, [this] { return m_channel->isAbandoned(); });
    m_atEnd = true;
    ResponseHead head;
    head.url = m_url;
    if (!head.url.path().endsWith(u'/'))
        head.url.setPath(head.url.path() + u'/');
    head.mimeType = QLatin1String(ListingMimeType);
    head.length = m_ready.size();
    head.suggestedName = file_names::safe(realPath.section(u'/', -1) + QStringLiteral(".json"));
    m_channel->respond(head);
    return true;
}

bool FileJob::openFile(const QByteArray &handle, qint64 size)
{
    m_fd = UniqueFd(::open(handle.constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!m_fd)
        return failToOpen(errno);
    m_ready = nextBytes(ChunkSize);
    if (m_failed)
        return false;
    ResponseHead head;
    head.url = m_url;
    const QString name = m_path.section(u'/', -1);
    head.mimeType = QMimeDatabase().mimeTypeForFileNameAndData(name, m_ready).name();
    if (head.mimeType == QLatin1String("application/x-zerosize") ||
        head.mimeType == QLatin1String("application/octet-stream"))
        head.mimeType = sniffMimeType(m_ready, name);
    // The kernel's own files (/proc, /sys) say 0 and hold something all the same.
    head.length = size > 0 ? size : -1;
    head.suggestedName = file_names::suggest({}, m_url, head.mimeType);
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

std::unique_ptr<Fetch> startFileFetch(const QUrl &url, const Decision &decision,
                                      const std::shared_ptr<QThreadPool> &disk)
{
    auto fetch = std::make_unique<StreamFetch>();
    const auto job = std::make_shared<FileJob>(url, decision, fetch->channel());
    // Weak: one of the pool's own threads may drop this last, and a pool cannot end on one of its threads.
    const auto wake = [job, pool = std::weak_ptr(disk)] {
        if (const auto threads = pool.lock())
            threads->start([job] { job->run(); });
    };
    fetch->channel()->setProducer(wake);
    wake();
    return fetch;
}

} // namespace bulkhead
