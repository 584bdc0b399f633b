// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/strict_transport.h"

#include "browser/pages/fetch/background_file.h"
#include "browser/pages/fetch/safe_file.h"
#include "browser/pages/shown/public_suffix.h"

#include <QHostAddress>

#include <algorithm>

namespace bulkhead {
namespace {

constexpr int MaxHosts = 5000;
constexpr qint64 MaxFileBytes = 2 << 20;
constexpr qint64 MaxAge = 60LL * 60 * 24 * 400;

QString hostOf(const QUrl &url)
{
    return url.host(QUrl::FullyEncoded).toLower();
}

/// -1 when it is no number.
qint64 secondsOf(QByteArray text)
{
    bool isNumber = false;
    const qint64 seconds = text.replace('"', "").trimmed().toLongLong(&isNumber);
    return isNumber ? seconds : -1;
}

/// By domain: the page that was reached over http is the one that is to go to https.
QString keyOf(const QString &topSite, const QString &host)
{
    return public_suffix::registrableDomain(hostOf(QUrl(topSite))) + u' ' + host;
}

} // namespace

StrictTransport::StrictTransport(const QString &fileName)
{
    if (fileName.isEmpty())
        return;
    if (const Result<QByteArray> kept = safe_file::readStart(fileName, MaxFileBytes)) {
        const QList<QByteArray> lines = kept->split('\n');
        for (const QByteArray &line : lines) {
            const QList<QByteArray> fields = line.split(' ');
            if (fields.size() == 4)
                m_hosts.insert(QString::fromUtf8(fields[0] + ' ' + fields[1]),
                               {QDateTime::fromSecsSinceEpoch(fields[2].toLongLong()).toUTC(), fields[3] == "1"});
        }
    }
    m_file = std::make_unique<BackgroundFile>(fileName);
}

StrictTransport::~StrictTransport() = default;

QUrl StrictTransport::upgraded(const QString &topSite, const QUrl &url) const
{
    if (url.scheme() != QLatin1String("http"))
        return url;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString host = hostOf(url);
    for (qsizetype dot = -1; dot < host.size();) {
        const QString candidate = host.mid(dot + 1);
        const auto known = m_hosts.constFind(keyOf(topSite, candidate));
        if (known != m_hosts.constEnd() && known->expiry > now && (dot == -1 || known->withSubdomains)) {
            QUrl secure = url;
            secure.setScheme(QStringLiteral("https"));
            if (secure.port() == 80)
                secure.setPort(-1);
            return secure;
        }
        dot = host.indexOf(u'.', dot + 1);
        if (dot < 0)
            break;
    }
    return url;
}

void StrictTransport::note(const QString &topSite, const QUrl &url, const QByteArray &header)
{
    if (header.isEmpty() || url.scheme() != QLatin1String("https") || !QHostAddress(url.host()).isNull())
        return;
    qint64 maxAge = -1;
    Host host;
    const QList<QByteArray> directives = header.split('\n').first().toLower().split(';');
    for (const QByteArray &directive : directives) {
        const QList<QByteArray> words = directive.split('=');
        const QByteArray name = words.first().trimmed();
        if (name == "max-age")
            maxAge = secondsOf(words.value(1));
        host.withSubdomains = host.withSubdomains || name == "includesubdomains";
    }
    const QString key = keyOf(topSite, hostOf(url));
    if (maxAge < 0)
        return;
    if (maxAge == 0 && !m_hosts.remove(key))
        return;
    if (m_hosts.size() >= MaxHosts && !m_hosts.contains(key))
        m_hosts.erase(m_hosts.begin());
    if (maxAge > 0) {
        host.expiry = QDateTime::currentDateTimeUtc().addSecs(std::min(maxAge, MaxAge));
        Host &known = m_hosts[key];
        const bool isNews = known.withSubdomains != host.withSubdomains || !known.expiry.isValid() ||
                            known.expiry.secsTo(host.expiry) > 3600;
        if (!isNews)
            return;
        known = host;
    }
    save();
}

void StrictTransport::save()
{
    if (!m_file)
        return;
    QByteArray contents;
    for (auto host = m_hosts.cbegin(); host != m_hosts.cend(); ++host)
        contents += host.key().toUtf8() + ' ' + QByteArray::number(host->expiry.toSecsSinceEpoch()) +
                    (host->withSubdomains ? " 1\n" : " 0\n");
    m_file->replace(contents);
}

} // namespace bulkhead
