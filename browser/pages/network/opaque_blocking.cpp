// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/opaque_blocking.h"

#include <QCoreApplication>

#include <algorithm>

namespace bulkhead {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(OpaqueBlocking)
};

BlockDecision block(const char *rule, const QString &reason)
{
    return {true, reason, QLatin1String(rule)};
}

struct Signature
{
    int at;
    QByteArrayView bytes;
};

template <std::size_t Size>
bool hasOne(const QByteArray &body, const Signature (&signatures)[Size])
{
    return std::any_of(std::begin(signatures), std::end(signatures), [&body](const Signature &signature) {
        return QByteArrayView(body).sliced(std::min<qsizetype>(signature.at, body.size())).startsWith(signature.bytes);
    });
}

template <std::size_t Size>
bool isOneOf(const QString &mimeType, const char *const (&types)[Size])
{
    return std::any_of(std::begin(types), std::end(types),
                       [&mimeType](const char *type) { return mimeType == QLatin1String(type); });
}

/// https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern, and what came after it.
bool looksLikeImage(const QByteArray &body)
{
    static const Signature Images[] = {
        {0, "\x89PNG\r\n\x1a\n"}, {0, "GIF87a"},     {0, "GIF89a"},
        {0, "\xff\xd8\xff"},      {8, "WEBPVP"},     {0, {"\0\0\1\0", 4}},
        {0, {"\0\0\2\0", 4}},     {4, "ftypavif"},   {4, "ftypavis"},
        {4, "ftypheic"},          {4, "ftypmif1"},   {0, {"\0\0\0\x0cJXL \r\n\x87\n", 12}},
        {0, "\xff\x0a"},          {0, {"II*\0", 4}}, {0, {"MM\0*", 4}},
    };
    const bool isBitmap =
        body.startsWith("BM") && body.mid(6, 4) == QByteArray(4, '\0'); // two letters alone would be little
    return isBitmap || hasOne(body, Images);
}

bool looksLikeFont(const QByteArray &body)
{
    static const Signature Fonts[] = {
        {0, "wOFF"}, {0, "wOF2"}, {0, "OTTO"}, {0, {"true\0", 5}}, {0, "ttcf"}, {0, {"\0\1\0\0", 4}},
    };
    return hasOne(body, Fonts);
}

QByteArray withoutLeadingSpace(const QByteArray &body)
{
    qsizetype at = body.startsWith("\xef\xbb\xbf") ? 3 : 0;
    while (at < body.size() &&
           (body[at] == ' ' || body[at] == '\t' || body[at] == '\r' || body[at] == '\n' || body[at] == '\f'))
        ++at;
    return body.mid(at);
}

/// A document or data, whatever its server calls it: markup that is no SVG, JSON and what protects it from being run,
/// PDF.
bool looksLikeData(const QByteArray &body)
{
    const QByteArray start = withoutLeadingSpace(body);
    const QByteArray lower = start.left(64).toLower();
    static const char *const Starts[] = {
        "<!doctype html", "<html",    "<head",    "<script", "<iframe", "<h1",    "<div",
        "<font",          "<table",   "<a ",      "<a>",     "<style",  "<title", "<b>",
        "<body",          "<br",      "<p>",      "<p ",     "{",       "[",      ")]}'",
        "for(;;)",        "for (;;)", "while(1)", "%pdf-",   "%!ps",    "--"};
    const auto isStart = [&lower](const char *candidate) { return lower.startsWith(candidate); };
    if (std::any_of(std::begin(Starts), std::end(Starts), isStart))
        return true;
    const bool isMarkup = lower.startsWith("<?xml") || lower.startsWith("<!--") || lower.startsWith("<!doctype");
    return isMarkup && !body.toLower().contains("<svg");
}

bool isTextual(const QString &mimeType)
{
    static const char *const Types[] = {"text/html", "application/xhtml+xml", "application/json", "text/json",
                                        "text/xml",  "application/xml",       "text/plain"};
    return isOneOf(mimeType, Types) || mimeType.endsWith(QLatin1String("+json")) ||
           (mimeType.endsWith(QLatin1String("+xml")) && mimeType != u"image/svg+xml");
}

/// Never part of a page, whatever the bytes look like (ORB's opaque-blocklisted-never-sniffed MIME types, and media).
bool isNeverSniffed(const QString &mimeType)
{
    static const char *const Types[] = {"application/pdf",
                                        "application/zip",
                                        "application/gzip",
                                        "application/x-gzip",
                                        "application/msword",
                                        "application/x-protobuf",
                                        "application/dash+xml",
                                        "application/vnd.apple.mpegurl",
                                        "application/signed-exchange",
                                        "text/csv",
                                        "text/event-stream",
                                        "text/vtt"};
    return isOneOf(mimeType, Types) || mimeType.startsWith(u"multipart/") || mimeType.startsWith(u"audio/") ||
           mimeType.startsWith(u"video/") || mimeType.startsWith(u"application/vnd.openxmlformats") ||
           mimeType.startsWith(u"application/vnd.ms-excel") || mimeType.startsWith(u"application/vnd.ms-powerpoint");
}

bool isFontType(const QString &mimeType)
{
    return mimeType.startsWith(u"font/") || mimeType.startsWith(u"application/font-") ||
           mimeType.startsWith(u"application/x-font-") || mimeType == u"application/vnd.ms-fontobject";
}

bool isPartOfPage(Destination destination)
{
    return destination == Destination::Style || destination == Destination::Image || destination == Destination::Font ||
           destination == Destination::Icon;
}

BlockDecision decideStyle(AnswerFrom from, const AnswerKind &answer)
{
    if (answer.mimeType == u"text/css")
        return {};
    if (from == AnswerFrom::AnotherSite)
        return block("opaque-style",
                     Words::tr("Another site's server sent something that it does not call a style sheet."));
    if (answer.noSniff == NoSniff::Yes)
        return block("nosniff-style",
                     Words::tr("The server sent something that it does not call a style sheet and forbids guessing."));
    return {};
}

} // namespace

BlockDecision decideOpaque(Destination destination, AnswerFrom from, const AnswerKind &answer)
{
    if (destination == Destination::Style)
        return decideStyle(from, answer);
    if (!isPartOfPage(destination) || from == AnswerFrom::SameSite || answer.firstBytes.isEmpty())
        return {};
    const bool isFont = destination == Destination::Font;
    const QString reason = isFont ? Words::tr("Another site's server sent something that is no font.")
                                  : Words::tr("Another site's server sent something that is no image.");
    if (isNeverSniffed(answer.mimeType))
        return block("opaque-type", reason);
    if (answer.noSniff == NoSniff::Yes && isTextual(answer.mimeType))
        return block("opaque-nosniff", reason);
    if (isFont ? looksLikeFont(answer.firstBytes) : looksLikeImage(answer.firstBytes))
        return {};
    if (looksLikeData(answer.firstBytes))
        return block("opaque-content", reason);
    const bool isCalledSo = isFont ? isFontType(answer.mimeType) : answer.mimeType.startsWith(u"image/");
    return isCalledSo ? BlockDecision{} : block("opaque-unknown", reason);
}

} // namespace bulkhead
