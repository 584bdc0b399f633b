// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/characters.h"

#include <QString>

#include <unicode/uchar.h>

namespace bulkhead::engine {

namespace {

constexpr char32_t TextSelector = 0xfe0e, EmojiSelector = 0xfe0f, Keycap = 0x20e3, Joiner = 0x200d;

bool isIgnorable(char32_t c)
{
    return u_hasBinaryProperty(UChar32(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool hasEach(const Typeface &face, QStringView cluster)
{
    for (std::size_t at = 0; at < std::size_t(cluster.size());) {
        const char32_t c = codePointAt(cluster, at);
        at += c > 0xffff ? 2 : 1;
        if (!isIgnorable(c) && !face.hasGlyph(c))
            return false;
    }
    return true;
}

} // namespace

char32_t codePointAt(QStringView text, std::size_t offset)
{
    const QChar c = text[qsizetype(offset)];
    if (c.isHighSurrogate() && qsizetype(offset) + 1 < text.size() && text[qsizetype(offset) + 1].isLowSurrogate())
        return QChar::surrogateToUcs4(c, text[qsizetype(offset) + 1]);
    return c.unicode();
}

bool staysWithBase(char32_t c)
{
    if (c < 0x300)
        return false;
    return (U_MASK(u_charType(UChar32(c))) & U_GC_M_MASK) != 0 || isIgnorable(c) ||
           u_hasBinaryProperty(UChar32(c), UCHAR_EMOJI_MODIFIER) != 0;
}

bool isSpaceOrIgnorable(char32_t c)
{
    return c < 0x21 || (U_MASK(u_charType(UChar32(c))) & (U_GC_ZS_MASK | U_GC_CC_MASK)) != 0 || isIgnorable(c);
}

bool isEmojiCluster(QStringView cluster)
{
    const char32_t first = codePointAt(cluster, 0);
    // Nothing that is usually text is looked at further: digits and "#" are emoji with a keycap only.
    if (first < 0x203c && !cluster.contains(QChar(Keycap)) && !cluster.contains(QChar(EmojiSelector)))
        return false;
    for (std::size_t at = first > 0xffff ? 2 : 1; at < std::size_t(cluster.size());) {
        const char32_t c = codePointAt(cluster, at);
        at += c > 0xffff ? 2 : 1;
        if (c == TextSelector)
            return false;
        if (c == EmojiSelector || c == Keycap || c == Joiner || u_hasBinaryProperty(UChar32(c), UCHAR_EMOJI_MODIFIER))
            return u_hasBinaryProperty(UChar32(first), UCHAR_EMOJI) != 0;
    }
    return u_hasBinaryProperty(UChar32(first), UCHAR_EMOJI_PRESENTATION) != 0;
}

bool hasAllOf(const Typeface &face, QStringView cluster)
{
    if (hasEach(face, cluster))
        return true;
    const QString composed = cluster.toString().normalized(QString::NormalizationForm_C);
    return composed.size() < cluster.size() && hasEach(face, composed);
}

} // namespace bulkhead::engine
