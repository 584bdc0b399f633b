// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QNetworkCookieJar>

#include <memory>

class QTimer;

namespace bulkhead {

class BackgroundFile;

/// Who asks, as cookies see it (RFC 6265bis, 5.2).
enum class CookieContext {
    SameSite,   ///< the person, or a page of the same site
    Navigation, ///< a link on another site's page
    CrossSite,  ///< a part of another site's page: neither sends nor sets cookies
};

/// The profile's cookies. Persistent ones survive in a file (0600) that is written in the background; session cookies
/// end with the app. A server may set cookies for its own registrable domain only, by the public suffix list; Secure,
/// the __Secure- and __Host- prefixes and SameSite are enforced; sizes and numbers are bounded (RFC 6265, 6.1).
/// Lives on the network thread.
class CookieJar : public QNetworkCookieJar
{
    Q_OBJECT
public:
    static constexpr int MaxPerDomain = 180;
    static constexpr int MaxCookies = 3000;
    static constexpr int MaxSize = 4096; ///< name and value

    /// @p fileName is read now; empty for a jar that forgets.
    explicit CookieJar(const QString &fileName, QObject *parent = nullptr);
    /// Writes what is not yet written.
    ~CookieJar() override;

    /// The value of a Cookie header, or nothing.
    QByteArray headerFor(const QUrl &url, CookieContext context) const;
    void clear();

    bool setCookiesFromUrl(const QList<QNetworkCookie> &cookies, const QUrl &url) override;

protected:
    bool validateCookie(const QNetworkCookie &cookie, const QUrl &url) const override;

private:
    void load(const QString &fileName);
    void save();
    void enforceLimits();

    std::unique_ptr<BackgroundFile> m_file;
    QTimer *m_saveTimer;
};

} // namespace bulkhead
