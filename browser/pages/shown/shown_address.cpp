// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/shown/shown_address.h"

#include "browser/pages/shown/outside_text.h"
#include "browser/pages/shown/public_suffix.h"
#include "browser/pages/shown/shown_host.h"

#include <QStringDecoder>
#include <QStringList>

#include <unicode/uchar.h>

#include <algorithm>

namespace bulkhead {
namespace {

constexpr QChar Ellipsis = u'\u2026';
constexpr qsizetype EncodedPerCharacter = 12; // "%F0%9F%98%80", at most
constexpr qsizetype LongestScheme = 32;
constexpr char32_t BrailleBlank = 0x2800;

enum class RightToLeft { Decoded, Encoded };

/// Whether the character shows what it is, and nothing else than itself.
bool isPlain(char32_t c, RightToLeft rightToLeft)
{
    switch (u_charType(UChar32(c))) {
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR: // direction marks and overrides, zero-width characters
    case U_SURROGATE:
    case U_PRIVATE_USE_CHAR:
    case U_UNASSIGNED:
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_ENCLOSING_MARK:
        return false;
    default:
        break;
    }
    if (u_hasBinaryProperty(UChar32(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || c == BrailleBlank)
        return false;
    const UCharDirection direction = u_charDirection(UChar32(c));
    return rightToLeft == RightToLeft::Decoded ||
           (direction != U_RIGHT_TO_LEFT && direction != U_RIGHT_TO_LEFT_ARABIC && direction != U_ARABIC_NUMBER);
}

int hexAt(const QString &text, qsizetype at)
{
    if (at + 2 >= text.size() || text[at] != u'%')
        return -1;
    bool ok = false;
    const int value = QStringView(text).mid(at + 1, 2).toInt(&ok, 16);
    return ok ? value : -1;
}

/// @p encoded (ASCII) with those characters decoded that are plain; everything that ASCII itself encodes stays.
QString readable(const QString &encoded, RightToLeft rightToLeft)
{
    QString text;
    for (qsizetype i = 0; i < encoded.size();) {
        const int lead = hexAt(encoded, i);
        const int bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
        QByteArray utf8;
        for (int n = 0; n < bytes && hexAt(encoded, i + 3 * n) >= 0x80; ++n)
            utf8 += char(hexAt(encoded, i + 3 * n));
        QStringDecoder decoder(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
        const QString decoded = bytes > 0 && utf8.size() == bytes ? QString(decoder(utf8)) : QString();
        const auto characters = decoded.toUcs4();
        if (characters.size() == 1 && !decoder.hasError() && isPlain(characters[0], rightToLeft)) {
            text += decoded;
            i += 3 * bytes;
        } else {
            text += encoded[i++];
        }
    }
    return text;
}

/// Only the ends of @p text, so that megabytes are not looked at character by character.
QString cutCoarsely(const QString &text, qsizetype longest, bool *cut)
{
    const qsizetype kept = longest * EncodedPerCharacter;
    if (text.size() <= 2 * kept)
        return text;
    *cut = true;
    return text.left(kept) + Ellipsis + text.right(kept);
}

QString cutInTheMiddle(const QString &text, qsizetype longest, bool *cut)
{
    if (text.size() <= longest)
        return text;
    *cut = true;
    const qsizetype tail = std::max<qsizetype>(0, longest - 1) / 4;
    QString head = text.left(std::max<qsizetype>(0, longest - 1 - tail));
    QString end = tail > 0 ? text.right(tail) : QString();
    if (!head.isEmpty() && head.back().isHighSurrogate())
        head.chop(1);
    if (!end.isEmpty() && end.front().isLowSurrogate())
        end.remove(0, 1);
    return head + Ellipsis + end;
}

QString shownHost(const QString &ascii)
{
    QStringList labels = ascii.split(u'.');
    for (QString &label : labels)
        label = shownHostLabel(label);
    return labels.join(u'.');
}

bool hasRightToLeft(const QString &text)
{
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.direction() == QChar::DirR || c.direction() == QChar::DirAL; });
}

} // namespace

ShownAddress::ShownAddress(const QUrl &url, qsizetype longest, Parts parts)
{
    const QString asciiHost = url.host(QUrl::FullyEncoded);
    QString host = shownHost(asciiHost);
    if (host.size() > longest) {
        host = Ellipsis + host.right(std::max<qsizetype>(0, longest - 1)); // its end says whose it is
        m_isCut = true;
    }
    QString domain = shownHost(public_suffix::registrableDomain(asciiHost));
    if (!host.endsWith(domain))
        domain = host;
    const bool isAddress = asciiHost.contains(u':'); // IPv6
    const QString shownPort = url.port() >= 0 ? u':' + QString::number(url.port()) : QString();

    if (!host.isEmpty()) {
        if (parts == Parts::All)
            m_text = cutInTheMiddle(url.scheme(), LongestScheme, &m_isCut) + QLatin1String("://");
        if (isAddress)
            m_text += u'[';
        m_host = {m_text.size(), host.size()};
        m_domain = {m_host.end() - domain.size(), domain.size()};
        m_text += host;
        if (isAddress)
            m_text += u']';
        m_text += shownPort;
    } else if (parts == Parts::Host) {
        return;
    }
    if (parts == Parts::Host)
        return;

    const QUrl::FormattingOptions wanted = host.isEmpty()
                                               ? QUrl::FormattingOptions(QUrl::RemoveUserInfo)
                                               : QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveUserInfo;
    const QString encoded = cutCoarsely(url.toString(wanted | QUrl::FullyEncoded), longest, &m_isCut);
    // Letters of a right-to-left host would draw those of the path to their other side.
    const QString rest = readable(encoded, hasRightToLeft(host) ? RightToLeft::Encoded : RightToLeft::Decoded);
    m_text += cutInTheMiddle(rest, std::max<qsizetype>(16, longest - m_text.size()), &m_isCut);
}

QString shownAddress(const QUrl &url)
{
    return ShownAddress(url).text();
}

QString shownSite(const QString &key)
{
    const QUrl url(key);
    return url.host().isEmpty() ? OutsideText(key).plain() : shownAddress(url);
}

QString editableAddress(const QUrl &url)
{
    return url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo);
}

} // namespace bulkhead
