// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/text_runs.h"

#include "renderer/engine/text/characters.h"
#include "renderer/engine/text/line_breaks.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

namespace {

/// The size of a capital that is made: 70 per cent, in whole pixels, as in Chromium.
constexpr float SmallCapital = 0.7F;

/// Common and inherited characters have the script of what is before them; so HB_SCRIPT_INVALID.
hb_script_t scriptOf(char32_t c)
{
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(UChar32(c), &error);
    if (script <= USCRIPT_INHERITED)
        return HB_SCRIPT_INVALID;
    return hb_script_from_string(uscript_getShortName(script), -1);
}

bool becomesSmall(char32_t c, FontCaps caps)
{
    const bool isLower = u_hasBinaryProperty(UChar32(c), UCHAR_CHANGES_WHEN_UPPERCASED) != 0;
    const bool isUpper = u_isUUppercase(UChar32(c)) != 0;
    switch (caps) {
    case FontCaps::SmallCaps:
    case FontCaps::PetiteCaps:
        return isLower;
    case FontCaps::AllSmallCaps:
    case FontCaps::AllPetiteCaps:
        return isLower || isUpper;
    case FontCaps::Unicase:
        return isUpper;
    default:
        return false;
    }
}

class RunSplitter
{
public:
    RunSplitter(FontTable &fonts, FontId font, const QString &language)
        : m_fonts(fonts), m_font(font), m_language(language), m_caps(fonts.description(font).caps)
    {
    }

    void add(QStringView text, std::size_t start, std::size_t end)
    {
        const char32_t first = codePointAt(text, start);
        const QStringView cluster = text.mid(qsizetype(start), qsizetype(end - start));
        const int face =
            staysWithBase(first) && !m_runs.empty() ? m_lastFace : m_fonts.faceFor(m_font, cluster, m_language);
        if (face < 0)
            return;
        m_lastFace = face;
        FontRun run{start, end, std::uint16_t(face), scriptOf(first), makesSmall(first, std::uint16_t(face))};
        if (run.isSmallCapital)
            run.face = smallFace(run.face);
        append(run);
    }

    std::vector<FontRun> finish()
    {
        // Common characters at the start go with what follows.
        for (FontRun &run : m_runs) {
            if (run.script == HB_SCRIPT_INVALID)
                run.script = HB_SCRIPT_LATIN;
        }
        return std::move(m_runs);
    }

private:
    void append(FontRun run)
    {
        if (!m_runs.empty()) {
            FontRun &last = m_runs.back();
            if (run.script == HB_SCRIPT_INVALID)
                run.script = last.script;
            else if (last.script == HB_SCRIPT_INVALID)
                last.script = run.script;
            if (last.face == run.face && last.script == run.script && last.isSmallCapital == run.isSmallCapital) {
                last.end = run.end;
                return;
            }
        }
        m_runs.push_back(run);
    }

    bool makesSmall(char32_t c, std::uint16_t face)
    {
        if (m_caps == FontCaps::Normal || !becomesSmall(c, m_caps))
            return false;
        return capsFeatures(*m_fonts.faces().key(face).typeface, m_caps).empty();
    }

    std::uint16_t smallFace(std::uint16_t face)
    {
        FaceTable::Key key = m_fonts.faces().key(face);
        key.size = std::round(key.size * SmallCapital);
        return m_fonts.faces().add(key);
    }

    FontTable &m_fonts;
    FontId m_font;
    const QString &m_language;
    FontCaps m_caps;
    int m_lastFace = 0;
    std::vector<FontRun> m_runs;
};

} // namespace

std::vector<FontRun> splitRuns(FontTable &fonts, FontId font, QStringView text, const QString &language)
{
    if (fonts.description(font).caps == FontCaps::Normal && fonts.primaryHas(font, text))
        return {{0, std::size_t(text.size()), std::uint16_t(fonts.primaryFace(font))}};
    RunSplitter splitter(fonts, font, language);
    for (std::size_t at = 0; at < std::size_t(text.size());) {
        const std::size_t end = nextGrapheme(text, at);
        splitter.add(text, at, end);
        at = end;
    }
    return splitter.finish();
}

std::vector<hb_tag_t> capsFeatures(const Typeface &typeface, FontCaps caps)
{
    const auto tag = [](const char *name) { return hb_tag_from_string(name, 4); };
    std::vector<hb_tag_t> tags;
    switch (caps) {
    case FontCaps::Normal:
        break;
    case FontCaps::PetiteCaps:
    case FontCaps::AllPetiteCaps:
        if (typeface.hasFeature(tag("pcap"))) {
            tags.push_back(tag("pcap"));
            if (caps == FontCaps::AllPetiteCaps)
                tags.push_back(tag("c2pc"));
            return tags;
        }
        [[fallthrough]];
    case FontCaps::SmallCaps:
    case FontCaps::AllSmallCaps:
        tags.push_back(tag("smcp"));
        if (caps == FontCaps::AllSmallCaps || caps == FontCaps::AllPetiteCaps)
            tags.push_back(tag("c2sc"));
        break;
    case FontCaps::Unicase:
        tags.push_back(tag("unic"));
        break;
    case FontCaps::Titling:
        tags.push_back(tag("titl"));
        break;
    }
    const bool hasAll = std::all_of(tags.begin(), tags.end(), [&](hb_tag_t one) { return typeface.hasFeature(one); });
    return hasAll ? tags : std::vector<hb_tag_t>();
}

} // namespace bulkhead::engine
