// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/local_path.h"

#include <QDir>
#include <QFileInfo>

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
    return QDir::cleanPath(path);
}

QString real(const QString &path)
{
    QString existing = QDir::cleanPath(path);
    QString rest;
    while (true) {
        const QString canonical = QFileInfo(existing).canonicalFilePath();
        if (!canonical.isEmpty())
            return rest.isEmpty() ? canonical : QDir::cleanPath(canonical + rest);
        const qsizetype slash = existing.lastIndexOf(u'/');
        if (slash < 0 || existing.size() <= 1)
            return QDir::cleanPath(path);
        rest.prepend(existing.mid(slash));
        existing = slash == 0 ? QStringLiteral("/") : existing.left(slash);
    }
}

bool isBelow(const QString &path, const QString &folder)
{
    if (folder.isEmpty() || !path.startsWith(folder))
        return false;
    return path.size() == folder.size() || folder.endsWith(u'/') || path.at(folder.size()) == u'/';
}

} // namespace bulkhead::local_path
