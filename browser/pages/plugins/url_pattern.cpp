// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/url_pattern.h"

#include <QRegularExpression>

#include <optional>

namespace bulkhead {

namespace {

struct Pattern
{
    QString scheme, host, path;
    int port = 0;
};

std::optional<Pattern> parse(const QString &pattern)
{
    // Host and path are matched apart: "https://*.example.org/*" is not "https://evil.org/x.example.org/".
    static const QRegularExpression Parts(QStringLiteral("^(https?)://([^/:]+)(?::([0-9]+))?(/.*)$"));
    const QRegularExpressionMatch parts = Parts.match(pattern);
    if (!parts.hasMatch())
        return {};
    const int standard = parts.captured(1) == u"https" ? 443 : 80;
    return Pattern{parts.captured(1), parts.captured(2), parts.captured(4),
                   parts.captured(3).isEmpty() ? standard : parts.captured(3).toInt()};
}

bool isBelow(const QString &host, const QString &pattern)
{
    return pattern.startsWith(u"*.") && host.endsWith(QStringView(pattern).mid(1));
}

} // namespace

bool matchesPattern(const QUrl &url, const QString &pattern)
{
    const auto parts = parse(pattern);
    if (!parts || url.scheme() != parts->scheme || !url.userInfo().isEmpty())
        return false;
    if (url.port(url.scheme() == u"https" ? 443 : 80) != parts->port)
        return false;
    if (parts->host.startsWith(u"*.") ? !isBelow(url.host(), parts->host) : url.host() != parts->host)
        return false;
    QString path = QRegularExpression::escape(parts->path);
    path.replace(QStringLiteral("\\*"), QStringLiteral(".*"));
    return QRegularExpression(QRegularExpression::anchoredPattern(path)).match(url.path(QUrl::FullyEncoded)).hasMatch();
}

bool coversPattern(const QString &wide, const QString &narrow)
{
    if (wide == narrow)
        return true;
    const auto one = parse(wide), other = parse(narrow);
    if (!one || !other || one->scheme != other->scheme || one->port != other->port)
        return false;
    if (one->host != other->host && !isBelow(other->host, one->host))
        return false;
    if (one->path == other->path)
        return true;
    // "/data/*" covers whatever begins so; anything cleverer is asked about.
    const QString prefix = one->path.chopped(1);
    return one->path.endsWith(u'*') && !prefix.contains(u'*') && other->path.startsWith(prefix);
}

} // namespace bulkhead
