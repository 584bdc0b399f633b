// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/site.h"

#include "browser/pages/fetch/local_path.h"
#include "browser/pages/shown/public_suffix.h"

#include <QCryptographicHash>

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
    return Site(scheme, {}, uniqueKey(url));
}

Site Site::forFile(const RealFile &file)
{
    return Site(QStringLiteral("file"), file.folder(), QStringLiteral("file://") + file.folder());
}

Site Site::forAnswer(const QUrl &url, const std::optional<RealFile> &file)
{
    return file ? forFile(*file) : forUrl(url);
}

Site Site::forListing(const RealFile &folder)
{
    return Site(QStringLiteral("file"), {}, QStringLiteral("listing of file://") + folder.path());
}

Site Site::forErrorPage()
{
    return Site(QStringLiteral("about"), {}, QStringLiteral("about:error"));
}

bool Site::isErrorPage() const
{
    return m_key == u"about:error";
}

Site Site::forNavigationTo(const QUrl &url, const std::optional<RealFile> &file) const
{
    if (!file || m_folder.isEmpty())
        return forAnswer(url, file);
    if (local_path::isBelow(file->path(), m_folder))
        return *this;
    const std::optional<QString> named = local_path::fromUrl(url);
    const QString packages = QStringLiteral("/usr/share");
    const bool isManualsOwnLink = named && local_path::isBelow(m_folder, packages) &&
                                  local_path::isBelow(*named, m_folder) && local_path::isBelow(file->path(), packages);
    return isManualsOwnLink ? *this : forFile(*file);
}

bool Site::contains(const QUrl &url) const
{
    return url.scheme() == m_scheme && m_scheme != u"file" && forUrl(url) == *this;
}

} // namespace bulkhead
