// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/hb_shaper.h"

#include "renderer/engine/text/characters.h"
#include "renderer/engine/text/font_file.h"
#include "renderer/engine/text/text_runs.h"

#include <unicode/uchar.h>

#include <algorithm>

namespace bulkhead::engine {

namespace {

constexpr char16_t ZeroWidthSpace = 0x200b;
/// What HarfBuzz looks at beside a text is less.
constexpr std::size_t Context = 8;
/// Documents name languages; the later ones are shaped without.
constexpr std::size_t MostLanguages = 1000;

bool isControl(QChar c)
{
    return isInvisibleControl(c.unicode());
}

/// Whether letters may change their form beside that character: it joins, as in Arabic, or is a mark.
bool joins(QStringView text, std::size_t at)
{
    if (at >= std::size_t(text.size()))
        return false;
    const char16_t c = text[qsizetype(at)].unicode();
    if (c < 0x300 || (c >= 0x2e80 && c < 0xa800) || (c >= 0xac00 && c < 0xd800))
        return false;
    return u_getIntPropertyValue(UChar32(codePointAt(text, at)), UCHAR_JOINING_TYPE) != U_JT_NON_JOINING;
}

} // namespace

std::shared_ptr<const ShapedText> HbShaper::shape(FontId font, QStringView text, Direction direction,
                                                  const QString &language)
{
    if (m_wordsEpoch != m_fonts.epoch()) {
        m_words.clear();
        m_wordsEpoch = m_fonts.epoch();
    }
    const WordCache::View word{font, languageNumber(language), direction, text};
    if (auto known = m_words.find(word))
        return known;
    auto shaped = shapeAnew(font, text, 0, std::size_t(text.size()), direction, language);
    m_words.insert(word, shaped);
    return shaped;
}

std::shared_ptr<const ShapedText> HbShaper::shapeWithin(FontId font, QStringView text, std::size_t start,
                                                        std::size_t length, Direction direction,
                                                        const QString &language)
{
    const std::size_t end = start + length;
    if ((start == 0 || !joins(text, start - 1)) && !joins(text, end))
        return shape(font, text.mid(qsizetype(start), qsizetype(length)), direction, language);
    const std::size_t from = start > Context ? start - Context : 0;
    return shapeAnew(font, text.mid(qsizetype(from), qsizetype(end + Context - from)), start - from, length, direction,
                     language);
}

std::shared_ptr<const ShapedText> HbShaper::shapeAnew(FontId font, QStringView text, std::size_t start,
                                                      std::size_t length, Direction direction, const QString &language)
{
    QString visible;
    if (std::any_of(text.begin(), text.end(), isControl)) {
        visible = text.toString();
        std::replace_if(visible.begin(), visible.end(), isControl, QChar(ZeroWidthSpace));
        text = visible;
    }
    auto shaped = std::make_shared<ShapedText>();
    shaped->isRightToLeft = direction == Direction::Rtl;
    std::vector<FontRun> runs = splitRuns(m_fonts, font, text.mid(qsizetype(start), qsizetype(length)), language);
    if (shaped->isRightToLeft)
        std::reverse(runs.begin(), runs.end());
    if (m_fonts.primaryFace(font) < 0)
        return shaped;
    for (FontRun run : runs) {
        run.start += start;
        run.end += start;
        m_runs.shape(*shaped, font, text, run, start, direction, language);
    }
    return shaped;
}

bool HbShaper::addFace(const FontFaceDescriptors &descriptors, const QByteArray &file)
{
    return m_fonts.addFace(descriptors, Typeface::fromData(sfntOf(file)));
}

bool HbShaper::addLocalFace(const FontFaceDescriptors &descriptors, const QString &fullName)
{
    return m_fonts.addFace(descriptors, m_fonts.installed().named(fullName));
}

std::uint16_t HbShaper::languageNumber(const QString &language)
{
    const auto found = std::find(m_languages.begin(), m_languages.end(), language);
    if (found == m_languages.end() && m_languages.size() < MostLanguages)
        return m_languages.push_back(language), std::uint16_t(m_languages.size() - 1);
    return std::uint16_t(found - m_languages.begin());
}

} // namespace bulkhead::engine
