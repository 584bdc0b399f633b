// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/content_type.h"

#include <QHash>
#include <QMimeDatabase>
#include <QStringDecoder>
#include <QUrl>

#include <algorithm>

namespace bulkhead {
namespace {

bool isTokenCharacter(char c)
{
    return c > ' ' && c < 0x7f && !strchr("()<>@,;:\\\"/[]?=", c);
}

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

struct HeaderValue
{
    QByteArray value;                         ///< before the first semicolon, trimmed
    QHash<QByteArray, QByteArray> parameters; ///< names in lower case; the first of each wins
};

/// `value; name=token; name="quoted \" string"` (RFC 9110, 5.6.6). Rubbish is skipped.
HeaderValue parseHeader(const QByteArray &header)
{
    HeaderValue result;
    qsizetype at = header.indexOf(';');
    result.value = header.mid(0, at).trimmed(); // -1 means all
    while (at >= 0 && at < header.size()) {
        ++at; // the semicolon
        const qsizetype equals = header.indexOf('=', at);
        const qsizetype next = header.indexOf(';', at);
        if (equals < 0 || (next >= 0 && next < equals)) {
            at = next;
            continue;
        }
        const QByteArray name = header.mid(at, equals - at).trimmed().toLower();
        at = equals + 1;
        while (at < header.size() && (header[at] == ' ' || header[at] == '\t'))
            ++at;
        QByteArray value;
        if (at < header.size() && header[at] == '"') {
            for (++at; at < header.size() && header[at] != '"'; ++at) {
                if (header[at] == '\\' && at + 1 < header.size())
                    ++at;
                value += header[at];
            }
            at = header.indexOf(';', at);
        } else {
            const qsizetype end = header.indexOf(';', at);
            value = header.mid(at, end < 0 ? -1 : end - at).trimmed();
            at = end;
        }
        if (!name.isEmpty() && !result.parameters.contains(name))
            result.parameters.insert(name, value);
    }
    return result;
}

/// What servers send without saying so: UTF-8 when it is that, Latin-1 otherwise.
QString decodeHeaderText(const QByteArray &bytes)
{
    QStringDecoder utf8(QStringDecoder::Utf8);
    const QString text = utf8(bytes);
    return utf8.hasError() ? QString::fromLatin1(bytes) : text;
}

/// filename*=UTF-8''na%C3%AFve.txt (RFC 8187).
QString decodeExtendedValue(const QByteArray &value)
{
    const qsizetype first = value.indexOf('\'');
    const qsizetype second = first < 0 ? -1 : value.indexOf('\'', first + 1);
    if (second < 0)
        return {};
    const QByteArray bytes = QByteArray::fromPercentEncoding(value.mid(second + 1));
    if (value.left(first).toLower() == "iso-8859-1")
        return QString::fromLatin1(bytes);
    return QString::fromUtf8(bytes);
}

/// The tags that mark HTML (https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type).
bool looksLikeHtml(const QByteArray &start)
{
    static constexpr const char *Tags[] = {
        "<!doctype html", "<html",  "<head", "<script", "<iframe", "<h1", "<div", "<font", "<table", "<a",
        "<style",         "<title", "<b",    "<body",   "<br",     "<p",  "<!--"};
    qsizetype at = start.startsWith("\xef\xbb\xbf") ? 3 : 0;
    while (at < start.size() && strchr(" \t\r\n\f", start[at]) && start[at])
        ++at;
    const QByteArray rest = start.mid(at, 32).toLower();
    for (const char *tag : Tags) {
        const auto length = qsizetype(strlen(tag));
        if (!rest.startsWith(tag))
            continue;
        if (rest.startsWith("<!--") || (rest.size() > length && (rest[length] == ' ' || rest[length] == '>')))
            return true;
    }
    return false;
}

bool looksBinary(const QByteArray &start)
{
    if (start.startsWith("\xfe\xff") || start.startsWith("\xff\xfe")) // UTF-16 with its mark
        return false;
    return std::any_of(start.begin(), start.end(), [](char c) {
        const auto byte = uchar(c);
        return byte <= 0x08 || byte == 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f);
    });
}

} // namespace

ContentType ContentType::parse(const QByteArray &header)
{
    // Several headers arrive joined by commas; the last one counts, as everywhere.
    const QByteArray last = header.contains('"') ? header : header.mid(header.lastIndexOf(',') + 1);
    const HeaderValue value = parseHeader(last);
    const qsizetype slash = value.value.indexOf('/');
    ContentType type;
    if (slash > 0 && isToken(value.value.left(slash)) && isToken(value.value.mid(slash + 1)))
        type.mimeType = QString::fromLatin1(value.value.toLower());
    const QByteArray charset = value.parameters.value("charset");
    if (isToken(charset) && charset.size() <= 40)
        type.charset = QString::fromLatin1(charset);
    return type;
}

bool ContentType::isUnknown() const
{
    return mimeType.isEmpty() || mimeType == QLatin1String("unknown/unknown") ||
           mimeType == QLatin1String("application/unknown") || mimeType == QLatin1String("*/*") ||
           mimeType == QLatin1String("application/x-unknown-content-type");
}

QString sniffMimeType(const QByteArray &start, const QString &fileName, SniffHtml html)
{
    const QByteArray head = start.left(SniffLength);
    if (html == SniffHtml::Yes && looksLikeHtml(head))
        return QStringLiteral("text/html");
    const QMimeDatabase database;
    // Only the content may say that something is binary or HTML; the name tells kinds of text apart.
    const QString byContent = database.mimeTypeForData(head).name();
    const bool undecided = byContent == QLatin1String("application/octet-stream") ||
                           byContent == QLatin1String("text/plain") ||
                           byContent == QLatin1String("application/x-zerosize");
    const bool textAfterAll = byContent == QLatin1String("application/octet-stream") && !looksBinary(head);
    QString type = textAfterAll ? QStringLiteral("text/plain") : byContent;
    if (undecided) {
        const QMimeType byName = database.mimeTypeForFile(fileName, QMimeDatabase::MatchExtension);
        const bool namedText =
            byName.name().startsWith(QLatin1String("text/")) || byName.inherits(QStringLiteral("text/plain"));
        if (!byName.isDefault() && namedText == (type != QLatin1String("application/octet-stream")))
            type = byName.name();
    }
    if (type == QLatin1String("application/x-zerosize"))
        type = QStringLiteral("text/plain");
    if (html == SniffHtml::No && (type == QLatin1String("text/html") || type == QLatin1String("application/xhtml+xml")))
        type = QStringLiteral("text/plain");
    return type;
}

ContentDisposition ContentDisposition::parse(const QByteArray &header)
{
    const HeaderValue value = parseHeader(header);
    ContentDisposition disposition;
    if (value.value.isEmpty())
        return disposition;
    // Unknown kinds are to be treated as attachments (RFC 6266, 4.2).
    disposition.attachment = value.value.toLower() != "inline" && isToken(value.value);
    disposition.fileName = decodeExtendedValue(value.parameters.value("filename*"));
    if (disposition.fileName.isEmpty())
        disposition.fileName = decodeHeaderText(value.parameters.value("filename"));
    return disposition;
}

} // namespace bulkhead
