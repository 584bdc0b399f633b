// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/local_path.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <climits>
#include <sys/stat.h>

namespace bulkhead::local_path {

std::optional<QString> fromUrl(const QUrl &url)
{
    if (url.scheme() != QLatin1String("file"))
        return std::nullopt;
    if (!url.userInfo().isEmpty() || url.port() != -1)
        return std::nullopt;
    const QString host = url.host();
    if (!host.isEmpty() && host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) != 0)
        return std::nullopt;
    const QString encoded = url.path(QUrl::FullyEncoded);
    if (encoded.contains(QLatin1String("%2F"), Qt::CaseInsensitive) || encoded.contains(QLatin1String("%00")))
        return std::nullopt;
    const QString path = url.path(QUrl::FullyDecoded);
    if (!path.startsWith(u'/') || path.contains(QChar::Null))
        return std::nullopt;
    const QString clean = QDir::cleanPath(path);
    if (QFile::encodeName(clean).size() >= PATH_MAX)
        return std::nullopt;
    return clean;
}

QString real(const QString &path, const DiskThread &)
{
    // From the top: what a page makes up costs one step beyond what exists, however many folders it names.
    const QString clean = QDir::cleanPath(path);
    qsizetype existing = 0;
    for (qsizetype end = 0; end < clean.size();) {
        const qsizetype slash = clean.indexOf(u'/', end + 1);
        end = slash < 0 ? clean.size() : slash;
        struct stat status = {};
        if (::stat(QFile::encodeName(clean.left(end)).constData(), &status) != 0)
            break;
        existing = end;
    }
    const QString canonical = QFileInfo(existing == 0 ? QStringLiteral("/") : clean.left(existing)).canonicalFilePath();
    if (canonical.isEmpty())
        return clean;
    const QString rest = clean.mid(existing);
    return rest.isEmpty() ? canonical : QDir::cleanPath(canonical + rest);
}

bool isBelow(const QString &path, const QString &folder)
{
    if (folder.isEmpty() || !path.startsWith(folder))
        return false;
    return path.size() == folder.size() || folder.endsWith(u'/') || path.at(folder.size()) == u'/';
}

} // namespace bulkhead::local_path
