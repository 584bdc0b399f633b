// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/folder_listing.h"

#include <QCollator>
#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeDatabase>

#include <algorithm>
#include <memory>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead {
namespace {

struct Entry
{
    QString name;
    QCollatorSortKey key;
    bool isFolder;
    qint64 size;
    qint64 modified;
    QString mimeType;
};

QString mimeTypeOf(const QString &name, mode_t mode, const QMimeDatabase &database)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return database.mimeTypeForFile(name, QMimeDatabase::MatchExtension).name();
    case S_IFDIR:
        return QStringLiteral("inode/directory");
    case S_IFIFO:
        return QStringLiteral("inode/fifo");
    case S_IFSOCK:
        return QStringLiteral("inode/socket");
    case S_IFBLK:
        return QStringLiteral("inode/blockdevice");
    case S_IFCHR:
        return QStringLiteral("inode/chardevice");
    default:
        return QStringLiteral("inode/symlink"); // one that leads nowhere: others were followed
    }
}

} // namespace

QByteArray folderListing(int fd, const QString &path, const std::function<bool()> &isCancelled)
{
    const auto close = [](DIR *directory) { closedir(directory); };
    const std::unique_ptr<DIR, decltype(close)> directory(fdopendir(fcntl(fd, F_DUPFD_CLOEXEC, 0)), close);
    const QMimeDatabase database;
    // The C locale would sort by byte values.
    QCollator collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale());
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::vector<Entry> entries;
    bool truncated = false;
    while (const dirent *found = directory ? readdir(directory.get()) : nullptr) {
        const QByteArray name = found->d_name;
        if (name == "." || name == "..")
            continue;
        truncated = entries.size() == size_t(MaxListedEntries);
        if (truncated || isCancelled())
            break;
        struct stat status = {};
        if (fstatat(fd, name.constData(), &status, 0) != 0)
            fstatat(fd, name.constData(), &status, AT_SYMLINK_NOFOLLOW);
        const QString text = QFile::decodeName(name);
        entries.push_back({text, collator.sortKey(text), S_ISDIR(status.st_mode), qint64(status.st_size),
                           qint64(status.st_mtime), mimeTypeOf(text, status.st_mode, database)});
    }
    std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) {
        return a.isFolder != b.isFolder ? a.isFolder : a.key.compare(b.key) < 0;
    });

    QJsonArray list;
    for (const Entry &entry : entries) {
        list.append(QJsonObject{
            {QStringLiteral("name"), entry.name},
            {QStringLiteral("dir"), entry.isFolder},
            {QStringLiteral("size"), entry.isFolder ? 0 : entry.size},
            {QStringLiteral("modified"), QDateTime::fromSecsSinceEpoch(entry.modified).toUTC().toString(Qt::ISODate)},
            {QStringLiteral("mime"), entry.mimeType}});
    }
    const QJsonObject listing{{QStringLiteral("path"), path},
                              {QStringLiteral("parent"), path != QLatin1String("/")},
                              {QStringLiteral("truncated"), truncated},
                              {QStringLiteral("entries"), list}};
    return QJsonDocument(listing).toJson(QJsonDocument::Compact);
}

} // namespace bulkhead
