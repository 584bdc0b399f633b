// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/fallback_fonts.h"

#include <QFontDatabase>

#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace bulkhead::engine {

namespace {

using System = QFontDatabase::WritingSystem;

/// Fonts that are opened to look for one character.
constexpr int MostFamilies = 96;
/// So many characters of a block that nothing has, and nobody looks for the others.
constexpr int MostMissing = 4;
constexpr qsizetype MostBlocks = 4096;

constexpr std::array<std::pair<UScriptCode, System>, 33> Systems{{
    {USCRIPT_LATIN, System::Latin},
    {USCRIPT_GREEK, System::Greek},
    {USCRIPT_CYRILLIC, System::Cyrillic},
    {USCRIPT_ARMENIAN, System::Armenian},
    {USCRIPT_HEBREW, System::Hebrew},
    {USCRIPT_ARABIC, System::Arabic},
    {USCRIPT_SYRIAC, System::Syriac},
    {USCRIPT_THAANA, System::Thaana},
    {USCRIPT_DEVANAGARI, System::Devanagari},
    {USCRIPT_BENGALI, System::Bengali},
    {USCRIPT_GURMUKHI, System::Gurmukhi},
    {USCRIPT_GUJARATI, System::Gujarati},
    {USCRIPT_ORIYA, System::Oriya},
    {USCRIPT_TAMIL, System::Tamil},
    {USCRIPT_TELUGU, System::Telugu},
    {USCRIPT_KANNADA, System::Kannada},
    {USCRIPT_MALAYALAM, System::Malayalam},
    {USCRIPT_SINHALA, System::Sinhala},
    {USCRIPT_THAI, System::Thai},
    {USCRIPT_LAO, System::Lao},
    {USCRIPT_TIBETAN, System::Tibetan},
    {USCRIPT_MYANMAR, System::Myanmar},
    {USCRIPT_GEORGIAN, System::Georgian},
    {USCRIPT_KHMER, System::Khmer},
    {USCRIPT_HAN, System::SimplifiedChinese},
    {USCRIPT_HIRAGANA, System::Japanese},
    {USCRIPT_KATAKANA, System::Japanese},
    {USCRIPT_HANGUL, System::Korean},
    {USCRIPT_BOPOMOFO, System::TraditionalChinese},
    {USCRIPT_NKO, System::Nko},
    {USCRIPT_OGHAM, System::Ogham},
    {USCRIPT_RUNIC, System::Runic},
    {USCRIPT_COMMON, System::Any},
}};

/// Han characters look different in each language that uses them.
System systemOf(char32_t character, const QString &language)
{
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(UChar32(character), &error);
    if (script == USCRIPT_HAN || (script == USCRIPT_COMMON && character >= 0x3000 && character < 0xff00)) {
        const QString lower = language.toLower();
        if (lower.startsWith(QLatin1String("ja")))
            return System::Japanese;
        if (lower.startsWith(QLatin1String("ko")))
            return System::Korean;
        if (lower.contains(QLatin1String("hant")) || lower.contains(QLatin1String("-tw")) ||
            lower.contains(QLatin1String("-hk")))
            return System::TraditionalChinese;
        return System::SimplifiedChinese;
    }
    const auto *found =
        std::find_if(Systems.begin(), Systems.end(), [&](const auto &entry) { return entry.first == script; });
    return found == Systems.end() ? System::Any : found->second;
}

} // namespace

InstalledFonts::Match FallbackFonts::find(char32_t character, const FontQuery &query, const QString &language)
{
    const auto key = quint64(character >> 7) << 8 | quint64(systemOf(character, language));
    if (m_blocks.size() >= MostBlocks)
        m_blocks.clear();
    Block &block = m_blocks[key];
    for (const QString &family : std::as_const(block.families)) {
        const InstalledFonts::Match match = m_installed.face(family, query);
        if (match.typeface && match.typeface->hasGlyph(character))
            return match;
    }
    if (block.missing >= MostMissing)
        return {};
    for (const QString &family : familiesFor(character, language)) {
        const InstalledFonts::Match match = m_installed.face(family, query);
        if (!match.typeface || !match.typeface->hasGlyph(character))
            continue;
        block.families.append(family);
        return match;
    }
    ++block.missing;
    return {};
}

InstalledFonts::Match FallbackFonts::findEmoji(char32_t character)
{
    for (const QString &family : familyCandidates(QStringLiteral("emoji"))) {
        const InstalledFonts::Match match = m_installed.face(family, {});
        if (match.typeface)
            return match.typeface->hasGlyph(character) ? match : InstalledFonts::Match{};
    }
    return {};
}

QStringList FallbackFonts::familiesFor(char32_t character, const QString &language)
{
    const System system = systemOf(character, language);
    QStringList &families = m_forSystem[quint64(system)];
    if (!families.isEmpty())
        return families;
    const QStringList &all = m_installed.families();
    const QStringList claiming = system == System::Any ? QStringList() : QFontDatabase::families(system);
    std::copy_if(all.begin(), all.end(), std::back_inserter(families),
                 [&](const QString &family) { return claiming.contains(family); });
    std::copy_if(all.begin(), all.end(), std::back_inserter(families),
                 [&](const QString &family) { return !claiming.contains(family); });
    families = families.mid(0, MostFamilies);
    return families;
}

} // namespace bulkhead::engine
