// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/library/download_file.h"

#include "browser/pages/fetch/file_names.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead {
namespace {

constexpr char PartSuffix[] = ".part";

/// rename() that never replaces.
bool renameToFree(const QByteArray &from, const QByteArray &to)
{
    if (renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    // File systems without that flag: a second name, then without the first.
    if (link(from.constData(), to.constData()) == 0) {
        unlink(from.constData());
        return true;
    }
    // Nor links (FAT): look, then rename.
    if (errno == EEXIST || access(to.constData(), F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return rename(from.constData(), to.constData()) == 0;
}

} // namespace

DownloadFile::DownloadFile(QString folder, QString wantedName)
    : m_folder(std::move(folder)), m_name(std::move(wantedName))
{
}

DownloadFile::~DownloadFile()
{
    if (!m_partPath.isEmpty())
        unlink(m_partPath.constData());
}

QByteArray DownloadFile::path(const QString &name) const
{
    return QFile::encodeName(m_folder + u'/' + name);
}

bool DownloadFile::isTaken(const QString &name) const
{
    struct stat status = {};
    return lstat(path(name).constData(), &status) == 0 || lstat(path(name) + PartSuffix, &status) == 0;
}

FetchError DownloadFile::error(int number) const
{
    const QString detail = QString::fromLocal8Bit(strerror(number));
    switch (number) {
    case ENOSPC:
    case EDQUOT:
        return {FetchErrorKind::Unreadable, tr("There is no space left for “%1”.").arg(m_name), detail};
    case EFBIG:
        return {FetchErrorKind::Unreadable, tr("“%1” is too large for the folder “%2”.").arg(m_name, m_folder), detail};
    case EACCES:
    case EPERM:
    case EROFS:
        return {FetchErrorKind::Unreadable, tr("You may not save files in “%1”.").arg(m_folder), detail};
    default:
        return {FetchErrorKind::Unreadable, tr("“%1” could not be saved in “%2”.").arg(m_name, m_folder), detail};
    }
}

std::optional<FetchError> DownloadFile::create()
{
    errno = 0;
    if (!QDir().mkpath(m_folder))
        return error(errno ? errno : ENOTDIR);
    constexpr int Attempts = 100; // others may take the name between the look and the creation
    for (int attempt = 0; attempt < Attempts; ++attempt) {
        m_name = file_names::unique(m_name, [this](const QString &name) { return isTaken(name); });
        const QByteArray part = path(m_name) + PartSuffix;
        m_fd = UniqueFd(open(part.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
        if (m_fd) {
            m_partPath = part;
            return std::nullopt;
        }
        if (errno != EEXIST)
            break;
    }
    return error(errno);
}

std::optional<FetchError> DownloadFile::write(const QByteArray &bytes)
{
    if (!m_fd) {
        if (auto failure = create())
            return failure;
    }
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t length = ::write(m_fd.get(), bytes.constData() + done, size_t(bytes.size() - done));
        if (length < 0 && errno != EINTR)
            return error(errno);
        done += std::max<ssize_t>(length, 0);
    }
    return std::nullopt;
}

std::optional<FetchError> DownloadFile::place()
{
    if (!m_fd) { // an empty file
        if (auto failure = create())
            return failure;
    }
    // "Finished" is said once it would survive a power cut.
    if (fdatasync(m_fd.get()) != 0 && errno != EINVAL && errno != EROFS)
        return error(errno);
    m_fd.reset();
    constexpr int Attempts = 100;
    for (int attempt = 0; attempt < Attempts; ++attempt) {
        if (renameToFree(m_partPath, path(m_name))) {
            m_partPath.clear();
            return std::nullopt;
        }
        if (errno != EEXIST)
            break;
        m_name = file_names::unique(m_name, [this](const QString &name) { return isTaken(name); });
    }
    return error(errno);
}

} // namespace bulkhead
