// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/font_table.h"

#include "renderer/engine/text/characters.h"
#include "renderer/engine/text/font_metrics.h"

#include <QHashFunctions>

#include <algorithm>

namespace bulkhead::engine {

namespace {

std::size_t hashOf(const FontDescription &description)
{
    std::size_t hash = qHashMulti(0, description.size, description.weight, int(description.slant),
                                  int(description.caps), description.ligatures);
    for (const QString &family : description.families)
        hash = qHashMulti(hash, family);
    return hash;
}

/// Lists of families come from documents.
constexpr std::size_t MostFamilies = 64;
constexpr qsizetype MostRemembered = 20'000;

} // namespace

FontId FontTable::font(const FontDescription &description)
{
    std::vector<FontId> &same = m_byHash[hashOf(description)];
    for (const FontId id : same) {
        if (m_fonts[std::size_t(id)]->description == description)
            return id;
    }
    m_fonts.push_back(std::make_unique<Font>(description));
    same.push_back(FontId(m_fonts.size() - 1));
    return same.back();
}

bool FontTable::primaryHas(FontId id, QStringView text)
{
    const Font &font = resolved(id);
    // Any unicode-range needs a look at each character.
    return !font.candidates.empty() && font.primaryCandidate == 0 &&
           (!font.candidates[0].web || font.candidates[0].web->descriptors.unicodeRange.empty()) &&
           font.candidates[0].typeface->hasAllBelow300(text);
}

int FontTable::faceFor(FontId id, QStringView cluster, const QString &language)
{
    Font &font = resolved(id);
    const char32_t first = codePointAt(cluster, 0);
    if (isEmojiCluster(cluster)) {
        const InstalledFonts::Match emoji = m_fallbacks.findEmoji(first);
        if (emoji.typeface)
            return faceNumber(font, emoji.typeface, emoji.traits, 1);
    }
    const Candidate *hasFirst = nullptr;
    for (const Candidate &candidate : font.candidates) {
        if (!candidate.has(first))
            continue;
        if (!hasFirst)
            hasFirst = &candidate;
        if (hasAllOf(*candidate.typeface, cluster))
            return candidate.face;
    }
    if (hasFirst)
        return hasFirst->face;
    // Spaces of other widths are made up by the shaper, marks of their own and controls are not worth another font.
    if (font.primary < 0 || isSpaceOrIgnorable(first))
        return font.primary;
    return fallback(font, first, language);
}

bool FontTable::addFace(const FontFaceDescriptors &descriptors, std::shared_ptr<const Typeface> typeface)
{
    if (!typeface || !m_web.add(descriptors, std::move(typeface)))
        return false;
    ++m_epoch;
    return true;
}

const std::vector<std::pair<QString, int>> &FontTable::features(std::uint16_t face) const
{
    static const std::vector<std::pair<QString, int>> none;
    const auto found = m_webOfFace.constFind(face);
    return found == m_webOfFace.cend() ? none : (*found)->descriptors.features;
}

FontTable::Font &FontTable::resolved(FontId id)
{
    Font &font = *m_fonts[std::size_t(id)];
    if (font.epoch != m_epoch)
        resolve(font);
    return font;
}

void FontTable::resolve(Font &font)
{
    font.epoch = m_epoch;
    font.candidates.clear();
    font.fallbacks.clear();
    std::size_t count = 0;
    for (const QString &family : font.description.families) {
        if (++count > MostFamilies)
            break;
        const auto web = m_web.match(family, font.query);
        for (const auto &face : web) {
            const std::uint16_t number =
                faceNumber(font, face->typeface, face->descriptors.traits, face->descriptors.sizeAdjust);
            m_webOfFace.insert(number, face);
            font.candidates.push_back({face->typeface, face, number});
        }
        for (const QString &name : web.empty() ? familyCandidates(family) : QStringList()) {
            const InstalledFonts::Match match = m_installed.face(name, font.query);
            if (!match.typeface)
                continue;
            addCandidate(font, match);
            break;
        }
    }
    // The last resort; what it lacks is looked for character by character.
    for (const QString &name : familyCandidates(QStringLiteral("sans-serif")) + m_installed.families().mid(0, 1)) {
        const InstalledFonts::Match match = m_installed.face(name, font.query);
        addCandidate(font, match);
        if (match.typeface)
            break;
    }
    const auto first = std::find_if(font.candidates.begin(), font.candidates.end(),
                                    [](const Candidate &candidate) { return candidate.has(U' '); });
    font.primaryCandidate = first == font.candidates.end() ? 0 : std::size_t(first - font.candidates.begin());
    font.primary = font.candidates.empty() ? -1 : font.candidates[font.primaryCandidate].face;
    if (font.primary >= 0)
        font.metrics =
            fontMetrics(m_faces.hbFont(std::uint16_t(font.primary)), m_faces.key(std::uint16_t(font.primary)).size);
    const Candidate *primary = font.primary < 0 ? nullptr : &font.candidates[font.primaryCandidate];
    if (primary && primary->web)
        overrideMetrics(font.metrics, primary->web->descriptors, m_faces.key(primary->face).size);
}

void FontTable::addCandidate(Font &font, const InstalledFonts::Match &match)
{
    const auto isSame = [&](const Candidate &candidate) { return candidate.typeface == match.typeface; };
    if (match.typeface && std::none_of(font.candidates.begin(), font.candidates.end(), isSame))
        font.candidates.push_back({match.typeface, nullptr, faceNumber(font, match.typeface, match.traits, 1)});
}

std::uint16_t FontTable::faceNumber(const Font &font, const std::shared_ptr<const Typeface> &typeface,
                                    const FaceTraits &traits, float scale)
{
    float size = font.description.size * scale;
    if (font.description.sizeAdjust) {
        // css-fonts-3 3.6: so that an x has that share of the size.
        const float aspect = xHeight(typeface->hbFont(1000).get(), 1000) / 1000;
        size = aspect > 0 ? font.description.size * *font.description.sizeAdjust / aspect : size;
    }
    return m_faces.add({typeface, size, needsBold(traits, font.query), needsSlant(traits, font.query)});
}

int FontTable::fallback(Font &font, char32_t character, const QString &language)
{
    if (font.fallbacks.size() > MostRemembered)
        font.fallbacks.clear();
    const quint64 key = quint64(character) | quint64(qHash(language)) << 32;
    const auto known = font.fallbacks.constFind(key);
    if (known != font.fallbacks.cend())
        return *known;
    const InstalledFonts::Match match = m_fallbacks.find(character, font.query, language);
    const int face = match.typeface ? faceNumber(font, match.typeface, match.traits, 1) : font.primary;
    font.fallbacks.insert(key, face);
    return face;
}

} // namespace bulkhead::engine
