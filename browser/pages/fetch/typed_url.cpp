// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/typed_url.h"

#include "browser/pages/fetch/awaited_disk.h"
#include "browser/pages/fetch/local_path.h"
#include "browser/pages/shown/public_suffix.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHostAddress>
#include <QMimeDatabase>
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
std::optional<QUrl> existingFile(const QString &text, const QString &workingDirectory, const DiskThread &)
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

/// "/x", "./x", "../x", "~/x": a file, and nothing else.
bool isPath(const QString &text)
{
    return text == QLatin1String(".") || text == QLatin1String("..") || text.startsWith(u'/') ||
           text.startsWith(QLatin1String("./")) || text.startsWith(QLatin1String("../")) || text.startsWith(u'~');
}

/// How sure it is that a host is meant.
enum class HostSense {
    Host,  ///< whatever files there are
    Maybe, ///< "page.html", "docs/page.html": unless there is such a file
};

/// A name in a domain that exists, an address, localhost, or what has a port. Names of files end otherwise, or their
/// ending is a domain, too ("README.md"): then the host is meant.
HostSense senseOf(const QUrl &url)
{
    const QString host = url.host(QUrl::FullyEncoded);
    if (url.port() != -1 || host == QLatin1String("localhost") || !QHostAddress(host).isNull())
        return HostSense::Host;
    if (!host.contains(u'.'))
        return HostSense::Maybe;
    const QString ending = host.section(u'.', -1, -1, QString::SectionSkipEmpty);
    const bool isEndingOfFiles = !QMimeDatabase().mimeTypesForFileName(QStringLiteral("name.") + ending).isEmpty();
    return isEndingOfFiles && !public_suffix::isTopLevelDomain(ending) ? HostSense::Maybe : HostSense::Host;
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

TypedAddress::TypedAddress(const QString &typed, const QString &workingDirectory)
    : m_text(typed.trimmed()), m_workingDirectory(workingDirectory)
{
    m_text.remove(u'\n').remove(u'\r').remove(u'\t'); // an address that was copied from several lines
    if (m_text.isEmpty()) {
        m_settled = refuse(Words::tr("There is no address."));
        return;
    }
    if (isPath(m_text)) {
        m_isPath = true;
        m_otherwise = refuse(Words::tr("There is no file or folder “%1”.").arg(m_text));
        return;
    }
    static const QRegularExpression schemePattern(QStringLiteral("^([A-Za-z][A-Za-z0-9+.-]*):"));
    const QRegularExpressionMatch match = schemePattern.match(m_text);
    const QString scheme = match.captured(1).toLower();
    if (scheme == QLatin1String("http") || scheme == QLatin1String("https")) {
        m_settled = checkedWebUrl(QUrl(m_text, QUrl::TolerantMode), m_text);
    } else if (scheme == QLatin1String("about") || scheme == QLatin1String("data")) {
        m_settled = QUrl(m_text, QUrl::TolerantMode);
    } else if (scheme == QLatin1String("file")) {
        const QUrl url(m_text, QUrl::TolerantMode);
        if (url.isValid() && url.path().startsWith(u'/'))
            m_settled = url; // whether it exists is told by the page that opens
        else
            m_settled = refuse(Words::tr("“%1” does not name a file.").arg(m_text));
    } else if (const auto url = m_text.contains(u' ') ? std::nullopt : urlWithoutScheme(m_text)) {
        if (senseOf(*url) == HostSense::Host)
            m_settled = *url;
        else
            m_otherwise = *url;
    } else if (match.hasMatch()) {
        m_otherwise = refuse(Words::tr("Addresses that begin with “%1:” cannot be opened.").arg(scheme));
    } else {
        m_otherwise = refuse(Words::tr("“%1” is neither an address nor a file.").arg(m_text));
    }
}

Result<QUrl> TypedAddress::lookedUp(const DiskThread &thread) const
{
    if (m_settled)
        return *m_settled;
    if (const std::optional<QUrl> file = existingFile(m_text, m_workingDirectory, thread))
        return *file;
    return m_otherwise;
}

QString TypedAddress::path() const
{
    return m_settled ? QString() : QDir::cleanPath(QDir(m_workingDirectory).absoluteFilePath(expandHome(m_text)));
}

Result<QUrl> TypedAddress::assumed() const
{
    if (m_settled)
        return *m_settled;
    return m_isPath ? QUrl::fromLocalFile(path()) : m_otherwise;
}

Result<QUrl> typedUrl(const QString &typed, const QString &workingDirectory)
{
    const TypedAddress address(typed, workingDirectory);
    if (address.settled())
        return *address.settled();
    const auto found = awaitedDisk([address](const DiskThread &thread) { return address.lookedUp(thread); });
    return found ? *found : address.assumed();
}

bool isKnownToBeMissing(const QUrl &url)
{
    const std::optional<QString> path = local_path::fromUrl(url);
    return path && awaitedDisk([path](const DiskThread &) { return !QFileInfo::exists(*path); }).value_or(false);
}

} // namespace bulkhead
