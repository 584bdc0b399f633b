// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/cookie_jar.h"

#include "browser/pages/fetch/background_file.h"
#include "browser/pages/fetch/safe_file.h"
#include "browser/pages/shown/public_suffix.h"

#include <QDateTime>
#include <QNetworkCookie>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <numeric>

namespace bulkhead {
namespace {

bool isHostOnly(const QNetworkCookie &cookie)
{
    // Qt marks cookies that a server shares with the hosts below it by a leading dot.
    return !cookie.domain().startsWith(u'.');
}

/// Whether a cookie may go along with, or come back from, a request of this standing.
bool mayTravel(const QNetworkCookie &cookie, Standing standing)
{
    using SameSite = QNetworkCookie::SameSite;
    switch (standing) {
    case Standing::Own:
        return true;
    case Standing::Visitor:
        return cookie.sameSitePolicy() != SameSite::Strict;
    case Standing::Part:
        return cookie.sameSitePolicy() == SameSite::None;
    case Standing::Anonymous:
        break;
    }
    return false;
}

bool mayBeSet(const QNetworkCookie &cookie, Standing standing)
{
    if (cookie.sameSitePolicy() == QNetworkCookie::SameSite::None && !cookie.isSecure())
        return false;
    // A document of its own sets what it likes, whoever led to it.
    return standing == Standing::Visitor || mayTravel(cookie, standing);
}

constexpr char Partitioned[] = "partition";

} // namespace

CookieJar::CookieJar(const QString &fileName, QObject *parent) : QObject(parent), m_saveTimer(new QTimer(this))
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

PartitionCookies &CookieJar::jar(const JarKey &key)
{
    PartitionCookies &jar = m_jars[key];
    jar.lastUsed = ++m_uses;
    return jar;
}

QByteArray CookieJar::headerFor(const QUrl &url, const PartitionKey &key)
{
    QByteArray header;
    const JarKey jarKey(key.topSite, key.site);
    if (m_jars.find(jarKey) == m_jars.end())
        return header;
    const QList<QNetworkCookie> cookies = jar(jarKey).cookiesForUrl(url);
    for (const QNetworkCookie &cookie : cookies) {
        if (!mayTravel(cookie, key.standing))
            continue;
        if (!header.isEmpty())
            header += "; ";
        header += cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
    }
    return header;
}

void CookieJar::set(const QList<QNetworkCookie> &cookies, const QUrl &url, const PartitionKey &key)
{
    QList<QNetworkCookie> welcome;
    std::copy_if(cookies.begin(), cookies.end(), std::back_inserter(welcome),
                 [&key](const QNetworkCookie &cookie) { return mayBeSet(cookie, key.standing); });
    const JarKey jarKey(key.topSite, key.site);
    if (welcome.isEmpty() || !jar(jarKey).setCookiesFromUrl(welcome, url))
        return;
    enforceLimits(jarKey);
    if (!m_saveTimer->isActive())
        m_saveTimer->start();
}

void CookieJar::clear()
{
    m_jars.clear();
    m_saveTimer->start();
}

bool PartitionCookies::validateCookie(const QNetworkCookie &cookie, const QUrl &url) const
{
    const bool secureOrigin = url.scheme() == QLatin1String("https");
    if (cookie.name().size() + cookie.value().size() > CookieJar::MaxSize || (cookie.isSecure() && !secureOrigin))
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
    constexpr qint64 MaxFileSize = qint64(MaxCookies) * MaxSize * 2;
    const Result<QByteArray> kept = safe_file::readStart(fileName, MaxFileSize);
    if (!kept)
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::map<JarKey, QList<QNetworkCookie>> all;
    const QList<QByteArray> lines = kept->split('\n');
    for (const QByteArray &line : lines) {
        // Each line is one cookie in Set-Cookie's form, with its domain and path spelled out, behind the jar's two
        // names.
        const QList<QByteArray> fields = line.split('\t');
        const bool isPartitioned = fields.size() == 4 && fields[0] == Partitioned;
        const QList<QNetworkCookie> parsed = QNetworkCookie::parseCookies(isPartitioned ? fields[3] : line);
        if (parsed.size() != 1 || parsed.first().expirationDate() <= now || parsed.first().domain().isEmpty())
            continue;
        JarKey key(QString::fromUtf8(fields.value(1)), QString::fromUtf8(fields.value(2)));
        if (!isPartitioned) { // written before there were partitions: what a site kept for itself
            const QString domain =
                isHostOnly(parsed.first()) ? parsed.first().domain() : parsed.first().domain().mid(1);
            key.first = key.second = QStringLiteral("https://") + public_suffix::registrableDomain(domain);
        }
        all[key] += parsed.first();
    }
    for (const auto &[key, cookies] : all) {
        jar(key).setAllCookies(cookies);
        enforceLimits(key);
    }
}

void CookieJar::save()
{
    if (!m_file)
        return;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QByteArray contents;
    for (const auto &[key, jar] : m_jars) {
        const QByteArray owner =
            QByteArray(Partitioned) + '\t' + key.first.toUtf8() + '\t' + key.second.toUtf8() + '\t';
        const QList<QNetworkCookie> cookies = jar.allCookies();
        for (const QNetworkCookie &cookie : cookies) {
            if (!cookie.isSessionCookie() && cookie.expirationDate() > now)
                contents += owner + cookie.toRawForm().replace('\t', ' ') + '\n';
        }
    }
    m_file->replace(contents);
}

void CookieJar::enforceLimits(const JarKey &changed)
{
    PartitionCookies &jar = m_jars[changed];
    const QList<QNetworkCookie> cookies = jar.allCookies();
    // The newest are last, and they are kept.
    if (cookies.size() > MaxPerDomain)
        jar.setAllCookies(cookies.mid(cookies.size() - MaxPerDomain));
    const auto ofTopSite = std::count_if(m_jars.begin(), m_jars.end(),
                                         [&](const auto &entry) { return entry.first.first == changed.first; });
    if (ofTopSite > MaxJarsOfOneTopSite)
        dropLeastUsed(&changed.first);
    const auto total = [this] {
        return std::accumulate(m_jars.begin(), m_jars.end(), qsizetype(0),
                               [](qsizetype sum, const auto &entry) { return sum + entry.second.allCookies().size(); });
    };
    while (m_jars.size() > 1 && total() > MaxCookies)
        dropLeastUsed(nullptr);
}

/// Of @p topSite's jars, or of all.
void CookieJar::dropLeastUsed(const QString *topSite)
{
    auto least = m_jars.end();
    for (auto jar = m_jars.begin(); jar != m_jars.end(); ++jar) {
        const bool counts = !topSite || jar->first.first == *topSite;
        if (counts && (least == m_jars.end() || jar->second.lastUsed < least->second.lastUsed))
            least = jar;
    }
    if (least != m_jars.end())
        m_jars.erase(least);
}

} // namespace bulkhead
