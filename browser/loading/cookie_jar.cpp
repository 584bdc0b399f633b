// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/cookie_jar.h"

#include "browser/loading/background_file.h"
#include "browser/loading/public_suffix.h"

#include <QDateTime>
#include <QFile>
#include <QHash>
#include <QNetworkCookie>
#include <QTimer>

namespace bulkhead {
namespace {

bool isHostOnly(const QNetworkCookie &cookie)
{
    // Qt marks cookies that a server shares with the hosts below it by a leading dot.
    return !cookie.domain().startsWith(u'.');
}

} // namespace

CookieJar::CookieJar(const QString &fileName, QObject *parent)
    : QNetworkCookieJar(parent), m_saveTimer(new QTimer(this))
{
    m_saveTimer->setSingleShot(true);
    m_saveTimer->setInterval(std::chrono::seconds(2));
    connect(m_saveTimer, &QTimer::timeout, this, &CookieJar::save);
    if (fileName.isEmpty())
        return;
    m_file = std::make_unique<BackgroundFile>(fileName);
    load(fileName);
}

CookieJar::~CookieJar()
{
    if (m_saveTimer->isActive())
        save();
}

QByteArray CookieJar::headerFor(const QUrl &url, CookieContext context) const
{
    QByteArray header;
    if (context == CookieContext::CrossSite)
        return header;
    const QList<QNetworkCookie> cookies = cookiesForUrl(url);
    for (const QNetworkCookie &cookie : cookies) {
        if (context == CookieContext::Navigation && cookie.sameSitePolicy() == QNetworkCookie::SameSite::Strict)
            continue;
        if (!header.isEmpty())
            header += "; ";
        header += cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
    }
    return header;
}

void CookieJar::clear()
{
    setAllCookies({});
    m_saveTimer->start();
}

bool CookieJar::setCookiesFromUrl(const QList<QNetworkCookie> &cookies, const QUrl &url)
{
    if (!QNetworkCookieJar::setCookiesFromUrl(cookies, url))
        return false;
    enforceLimits();
    if (!m_saveTimer->isActive())
        m_saveTimer->start();
    return true;
}

bool CookieJar::validateCookie(const QNetworkCookie &cookie, const QUrl &url) const
{
    const bool secureOrigin = url.scheme() == QLatin1String("https");
    if (cookie.name().size() + cookie.value().size() > MaxSize || (cookie.isSecure() && !secureOrigin))
        return false;
    if (cookie.name().startsWith("__Secure-") && !cookie.isSecure())
        return false;
    if (cookie.name().startsWith("__Host-") &&
        !(cookie.isSecure() && isHostOnly(cookie) && cookie.path() == QLatin1String("/")))
        return false;
    // A server without encryption may not replace what an encrypted one keeps.
    if (!secureOrigin) {
        const QList<QNetworkCookie> all = allCookies();
        for (const QNetworkCookie &old : all) {
            if (old.isSecure() && old.name() == cookie.name() && old.domain() == cookie.domain())
                return false;
        }
    }
    const QString host = url.host(QUrl::FullyEncoded).toLower();
    QString domain = QString::fromLatin1(QUrl::toAce(isHostOnly(cookie) ? cookie.domain() : cookie.domain().mid(1)));
    if (domain.isEmpty()) // IPv6 is no name
        domain = cookie.domain();
    return public_suffix::mayShareCookies(host, domain);
}

void CookieJar::load(const QString &fileName)
{
    QFile file(fileName);
    constexpr qint64 MaxFileSize = qint64(MaxCookies) * MaxSize * 2;
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QList<QNetworkCookie> cookies;
    const QList<QByteArray> lines = file.read(MaxFileSize).split('\n');
    for (const QByteArray &line : lines) {
        // Each line is one cookie in Set-Cookie's form, with its domain and path spelled out.
        const QList<QNetworkCookie> parsed = QNetworkCookie::parseCookies(line);
        if (parsed.size() == 1 && parsed.first().expirationDate() > now && !parsed.first().domain().isEmpty())
            cookies += parsed.first();
    }
    setAllCookies(cookies);
}

void CookieJar::save()
{
    if (!m_file)
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QByteArray contents;
    const QList<QNetworkCookie> cookies = allCookies();
    for (const QNetworkCookie &cookie : cookies) {
        if (!cookie.isSessionCookie() && cookie.expirationDate() > now)
            contents += cookie.toRawForm() + '\n';
    }
    m_file->replace(contents);
}

void CookieJar::enforceLimits()
{
    QList<QNetworkCookie> cookies = allCookies();
    QHash<QString, int> perDomain;
    QList<QNetworkCookie> kept;
    // The newest are last, and they are kept.
    for (auto cookie = cookies.crbegin(); cookie != cookies.crend() && kept.size() < MaxCookies; ++cookie) {
        const QString domain = isHostOnly(*cookie) ? cookie->domain() : cookie->domain().mid(1);
        if (++perDomain[public_suffix::registrableDomain(domain)] <= MaxPerDomain)
            kept.prepend(*cookie);
    }
    if (kept.size() < cookies.size())
        setAllCookies(kept);
}

} // namespace bulkhead
