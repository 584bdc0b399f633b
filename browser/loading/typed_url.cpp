// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/typed_url.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHostAddress>
#include <QRegularExpression>

namespace bulkhead {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TypedUrl)
};

tl::unexpected<Error> refuse(const QString &sentence)
{
    return fail(Error{sentence.toStdString(), 0});
}

QString expandHome(const QString &path)
{
    if (path == QLatin1String("~") || path.startsWith(QLatin1String("~/")))
        return QDir::homePath() + path.mid(1);
    return path;
}

/// "docs/index.html#part" is a file and a place in it, unless a file has that very name.
std::optional<QUrl> existingFile(const QString &text, const QString &workingDirectory)
{
    const auto urlFor = [&](const QString &name) -> std::optional<QUrl> {
        const QFileInfo file(QDir(workingDirectory), expandHome(name));
        if (name.isEmpty() || !file.exists())
            return std::nullopt;
        const QString path = QDir::cleanPath(file.absoluteFilePath());
        return QUrl::fromLocalFile(file.isDir() && path != QLatin1String("/") ? path + u'/' : path);
    };
    std::optional<QUrl> url = urlFor(text);
    const qsizetype hash = text.indexOf(u'#');
    if (!url && hash > 0) {
        url = urlFor(text.left(hash));
        if (url)
            url->setFragment(text.mid(hash + 1));
    }
    return url;
}

bool isPlausibleHost(const QString &host)
{
    if (!QHostAddress(host).isNull() || host == QLatin1String("localhost"))
        return true;
    // IDN names arrive here in ASCII. A last label of digits only would be a broken IP address.
    static const QRegularExpression name(QStringLiteral("^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+"
                                                        "(?!\\d+\\.?$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.?$"));
    return name.match(host).hasMatch();
}

/// "example.org/path", "localhost:8000", "[::1]:8000/x", "printer:631".
std::optional<QUrl> urlWithoutScheme(const QString &text)
{
    // "view-source:..." is a scheme that nobody knows; "printer:631" is a host and a port.
    static const QRegularExpression otherScheme(QStringLiteral("^[A-Za-z][A-Za-z0-9+.-]*:(?!\\d)"));
    if (otherScheme.match(text).hasMatch())
        return std::nullopt;
    const QUrl url(QStringLiteral("http://") + text, QUrl::TolerantMode);
    if (!url.isValid() || !url.userInfo().isEmpty())
        return std::nullopt;
    const QString host = url.host(QUrl::FullyEncoded).toLower();
    // QUrl would read "1.2" as an address, the way of old C libraries; no person means that.
    const bool isAddress = !QHostAddress(host).isNull();
    if (isAddress && !host.contains(u':') && !text.startsWith(host))
        return std::nullopt;
    static const QRegularExpression label(QStringLiteral("^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$"));
    const bool singleLabel = label.match(host).hasMatch();
    const bool isLocal = singleLabel || isAddress;
    // A single word is a host only where a port or a path says so: "printer:631", "intranet/".
    const bool marked = url.port() != -1 || text.contains(u'/');
    if (!isPlausibleHost(host) && !(singleLabel && marked))
        return std::nullopt;
    QUrl result = url;
    if (!isLocal && (url.port() == -1 || url.port() == 443))
        result.setScheme(QStringLiteral("https"));
    if (result.path().isEmpty())
        result.setPath(QStringLiteral("/"));
    return result;
}

Result<QUrl> checkedWebUrl(QUrl url, const QString &text)
{
    if (!url.isValid() || url.host().isEmpty())
        return refuse(Words::tr("“%1” is not a complete address: it names no server.").arg(text));
    if (url.path().isEmpty())
        url.setPath(QStringLiteral("/"));
    return url;
}

} // namespace

Result<QUrl> typedUrl(const QString &typed, const QString &workingDirectory)
{
    QString text = typed.trimmed();
    text.remove(u'\n').remove(u'\r').remove(u'\t'); // an address that was copied from several lines
    if (text.isEmpty())
        return refuse(Words::tr("There is no address."));
    if (const std::optional<QUrl> file = existingFile(text, workingDirectory))
        return *file;

    static const QRegularExpression schemePattern(QStringLiteral("^([A-Za-z][A-Za-z0-9+.-]*):"));
    const QRegularExpressionMatch match = schemePattern.match(text);
    const QString scheme = match.captured(1).toLower();
    if (scheme == QLatin1String("http") || scheme == QLatin1String("https"))
        return checkedWebUrl(QUrl(text, QUrl::TolerantMode), text);
    if (scheme == QLatin1String("about") || scheme == QLatin1String("data"))
        return QUrl(text, QUrl::TolerantMode);
    if (scheme == QLatin1String("file")) {
        const QUrl url(text, QUrl::TolerantMode);
        if (url.isValid() && url.path().startsWith(u'/'))
            return url; // whether it exists is told by the page that opens
        return refuse(Words::tr("“%1” does not name a file.").arg(text));
    }
    if (text.startsWith(u'/') || text.startsWith(QLatin1String("./")) || text.startsWith(QLatin1String("../")) ||
        text.startsWith(u'~'))
        return refuse(Words::tr("There is no file or folder “%1”.").arg(text));
    if (!text.contains(u' ')) {
        if (const std::optional<QUrl> url = urlWithoutScheme(text))
            return *url;
    }
    if (match.hasMatch())
        return refuse(Words::tr("Addresses that begin with “%1:” cannot be opened.").arg(scheme));
    return refuse(Words::tr("“%1” is neither an address nor a file.").arg(text));
}

} // namespace bulkhead
