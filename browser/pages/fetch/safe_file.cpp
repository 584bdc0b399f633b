// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/safe_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead::safe_file {

namespace {

constexpr QFile::Permissions OwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

std::string pathOf(const QString &name)
{
    return QFile::encodeName(name).toStdString();
}

Result<QByteArray> asBytes(Result<std::string> bytes)
{
    if (!bytes)
        return tl::unexpected(bytes.error());
    return QByteArray::fromStdString(*bytes);
}

Error errorOf(const QFileDevice &file)
{
    return {file.errorString().toStdString(), EIO};
}

/// False with errno when it cannot be done, or there is something under the new name.
bool renameToNew(const char *from, const char *to)
{
    if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL)
        return false;
    // File systems that do not know the flag: look first, which is enough where nobody else takes the name meanwhile.
    struct stat status = {};
    if (::lstat(to, &status) == 0)
        errno = EEXIST;
    else if (errno == ENOENT)
        return ::rename(from, to) == 0;
    return false;
}

} // namespace

Result<QByteArray> read(const QString &name, qint64 mostBytes, Links links)
{
    if (name.startsWith(QLatin1String(":/"))) {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly))
            return fail(errorOf(file));
        return file.readAll();
    }
    return asBytes(readRegular(pathOf(name), std::uint64_t(mostBytes), links));
}

Result<QByteArray> readStart(const QString &name, qint64 bytes, Links links)
{
    return asBytes(readRegularStart(pathOf(name), std::size_t(bytes), links));
}

Result<void> replace(const QString &name, const QByteArray &contents)
{
    QDir().mkpath(QFileInfo(name).path());
    // QSaveFile would follow a link to a device and put a file in the device's place.
    if (const Result<void> checked = checkRegularOrAbsent(pathOf(name), std::numeric_limits<std::uint64_t>::max());
        !checked)
        return checked;
    QSaveFile file(name);
    // Flushed by hand: commit() does not notice that what it writes itself does not fit on the disk (Qt 6.4), and would
    // put half a file in the place of a whole one.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(OwnerOnly) ||
        file.write(contents) != contents.size() || !file.flush() || !file.commit())
        return fail(errorOf(file));
    return {};
}

Result<void> append(const QString &name, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(name).path());
    const Result<UniqueFd> fd = openRegularToAppend(pathOf(name));
    if (!fd)
        return tl::unexpected(fd.error());
    QFile file;
    if (!file.open(fd->get(), QIODevice::Append | QIODevice::Unbuffered) || !file.setPermissions(OwnerOnly) ||
        file.write(bytes) != bytes.size())
        return fail(errorOf(file));
    return {};
}

Result<QString> setAside(const QString &name, const QString &why)
{
    for (int number = 1; number < 1000; ++number) {
        const QString aside = QStringLiteral("%1.%2-%3").arg(name, why).arg(number);
        if (renameToNew(pathOf(name).c_str(), pathOf(aside).c_str()))
            return aside;
        if (errno != EEXIST)
            break;
    }
    return fail("rename");
}

} // namespace bulkhead::safe_file
