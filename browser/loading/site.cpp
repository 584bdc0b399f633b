// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/site.h"

#include "browser/loading/local_path.h"
#include "browser/loading/public_suffix.h"

#include <QCryptographicHash>
#include <QFileInfo>

namespace bulkhead {
namespace {

bool isWeb(const QString &scheme)
{
    return scheme == QLatin1String("http") || scheme == QLatin1String("https");
}

QString webKey(const QUrl &url)
{
    QString domain = public_suffix::registrableDomain(url.host(QUrl::FullyEncoded).toLower());
    if (domain.contains(u':')) // IPv6
        domain = u'[' + domain + u']';
    const int standardPort = url.scheme() == QLatin1String("https") ? 443 : 80;
    const int port = url.port(standardPort);
    const QString suffix = port == standardPort ? QString() : u':' + QString::number(port);
    return url.scheme() + QStringLiteral("://") + domain + suffix;
}

/// A site that nothing else belongs to.
QString uniqueKey(const QUrl &url)
{
    const QByteArray hash = QCryptographicHash::hash(url.toEncoded(), QCryptographicHash::Sha256);
    return url.scheme() + u':' + QString::fromLatin1(hash.left(16).toHex());
}

} // namespace

Site::Site(QString scheme, QString folder, QString key)
    : m_scheme(std::move(scheme)), m_folder(std::move(folder)), m_key(std::move(key))
{
}

Site Site::forUrl(const QUrl &url)
{
    const QString scheme = url.scheme();
    if (isWeb(scheme) && !url.host().isEmpty())
        return Site(scheme, {}, webKey(url));
    if (scheme == QLatin1String("about"))
        return Site(scheme, {}, QStringLiteral("about:") + url.path());
    if (const std::optional<QString> path = local_path::fromUrl(url)) {
        const QString real = local_path::real(*path);
        const QString folder = QFileInfo(real).isDir() ? real : QFileInfo(real).path();
        return Site(scheme, folder, QStringLiteral("file://") + folder);
    }
    return Site(scheme, {}, uniqueKey(url));
}

Site Site::forNavigationTo(const QUrl &url) const
{
    return contains(url) ? *this : forUrl(url);
}

bool Site::contains(const QUrl &url) const
{
    if (url.scheme() != m_scheme)
        return false;
    if (m_folder.isEmpty())
        return forUrl(url) == *this;
    const std::optional<QString> path = local_path::fromUrl(url);
    return path && local_path::isBelow(local_path::real(*path), m_folder);
}

} // namespace bulkhead
