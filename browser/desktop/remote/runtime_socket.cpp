// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/remote/runtime_socket.h"

#include <QCryptographicHash>
#include <QFileInfo>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead::runtime_socket {

namespace {

/// A folder, no link, of ours, that nobody else may write to.
bool isOurs(const std::string &path, mode_t forbidden)
{
    struct stat info = {};
    return ::lstat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == ::geteuid() &&
           (info.st_mode & forbidden) == 0;
}

} // namespace

Result<QString> folder()
{
    constexpr mode_t WritableByOthers = S_IWGRP | S_IWOTH;
    constexpr mode_t OpenToOthers = S_IRWXG | S_IRWXO;
    const std::string uid = std::to_string(::geteuid());
    const char *given = std::getenv("XDG_RUNTIME_DIR");
    std::string parent = given ? given : "";
    if (parent.empty() || parent.front() != '/' || !isOurs(parent, WritableByOthers))
        parent = "/run/user/" + uid;
    const std::string path = isOurs(parent, WritableByOthers) ? parent + "/bulkhead" : "/tmp/bulkhead-" + uid;
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return fail("mkdir " + path);
    if (!isOurs(path, OpenToOthers))
        return fail(Error{path + " belongs to somebody else or is open to others", 0});
    return QString::fromLocal8Bit(path.c_str());
}

QString nameForProfile(const QString &profile)
{
    if (profile.isEmpty())
        return QStringLiteral("main");
    // The folder may not exist yet, and a socket's path holds 107 bytes.
    const QString whole =
        QFileInfo(profile).exists() ? QFileInfo(profile).canonicalFilePath() : QFileInfo(profile).absoluteFilePath();
    const QByteArray hash = QCryptographicHash::hash(whole.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStringLiteral("profile-") + QString::fromLatin1(hash.left(16));
}

QString headlessName()
{
    return QStringLiteral("headless");
}

QString path(const QString &folder, const QString &name)
{
    return folder + u'/' + name + QStringLiteral(".sock");
}

} // namespace bulkhead::runtime_socket
