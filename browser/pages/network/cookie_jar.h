// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/standing.h"

#include <QNetworkCookieJar>
#include <QObject>

#include <map>
#include <memory>

class QTimer;

namespace bulkhead {

class BackgroundFile;

/// The cookies of one partition, as RFC 6265 has them. A server may set cookies for its own registrable domain only, by
/// the public suffix list; Secure and the __Secure- and __Host- prefixes are enforced.
class PartitionCookies : public QNetworkCookieJar
{
    Q_OBJECT
public:
    using QNetworkCookieJar::allCookies;
    using QNetworkCookieJar::setAllCookies;

    quint64 lastUsed = 0;

protected:
    bool validateCookie(const QNetworkCookie &cookie, const QUrl &url) const override;
};

/// The profile's cookies, a jar for each pair of top site and server's site: what a server sets as a part of another
/// site's page is never seen where it is the page itself, nor in a third site's pages. SameSite is enforced by the
/// Standing of the request, Lax where the server says nothing, None with Secure only (RFC 6265bis). Persistent cookies
/// survive in a file (0600) that is written in the background; session cookies end with the app. Sizes and numbers are
/// bounded. Lives on the network thread.
class CookieJar : public QObject
{
    Q_OBJECT
public:
    static constexpr int MaxPerDomain = 180; ///< in a jar
    static constexpr int MaxJarsOfOneTopSite = 50;
    static constexpr int MaxCookies = 3000; ///< in all: the jars that were used least lately go
    static constexpr int MaxSize = 4096;    ///< name and value

    /// @p fileName is read now; empty for a jar that forgets.
    explicit CookieJar(const QString &fileName, QObject *parent = nullptr);
    /// Writes what is not yet written.
    ~CookieJar() override;

    /// The value of a Cookie header, or nothing.
    QByteArray headerFor(const QUrl &url, const PartitionKey &key);
    void set(const QList<QNetworkCookie> &cookies, const QUrl &url, const PartitionKey &key);
    void clear();

private:
    using JarKey = std::pair<QString, QString>; ///< top site, server's site

    PartitionCookies &jar(const JarKey &key);
    void load(const QString &fileName);
    void save();
    void enforceLimits(const JarKey &changed);
    void dropLeastUsed(const QString *topSite);

    std::map<JarKey, PartitionCookies> m_jars;
    quint64 m_uses = 0;
    std::unique_ptr<BackgroundFile> m_file;
    QTimer *m_saveTimer;
};

} // namespace bulkhead
