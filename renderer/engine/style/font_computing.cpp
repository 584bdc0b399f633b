// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/font_computing.h"

#include "renderer/engine/style/value_conversion.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bulkhead::engine {

using namespace css;

namespace {

struct VariantRow
{
    Keyword keyword;
    std::uint32_t bits;
    const char *tag;
    int value;
};
constexpr VariantRow Variants[] = {
    {"common-ligatures"_kw, 0x1, "liga", 1},
    {"no-common-ligatures"_kw, 0x2, "liga", 0},
    {"discretionary-ligatures"_kw, 0x4, "dlig", 1},
    {"no-discretionary-ligatures"_kw, 0x8, "dlig", 0},
    {"historical-ligatures"_kw, 0x10, "hlig", 1},
    {"no-historical-ligatures"_kw, 0x20, "hlig", 0},
    {"contextual"_kw, 0x40, "calt", 1},
    {"no-contextual"_kw, 0x80, "calt", 0},
    {"lining-nums"_kw, 0x100, "lnum", 1},
    {"oldstyle-nums"_kw, 0x200, "onum", 1},
    {"proportional-nums"_kw, 0x400, "pnum", 1},
    {"tabular-nums"_kw, 0x800, "tnum", 1},
    {"diagonal-fractions"_kw, 0x1000, "frac", 1},
    {"stacked-fractions"_kw, 0x2000, "afrc", 1},
    {"ordinal"_kw, 0x4000, "ordn", 1},
    {"slashed-zero"_kw, 0x8000, "zero", 1},
    {"jis78"_kw, 0x2'0000, "jp78", 1},
    {"jis83"_kw, 0x4'0000, "jp83", 1},
    {"jis90"_kw, 0x8'0000, "jp90", 1},
    {"jis04"_kw, 0x10'0000, "jp04", 1},
    {"simplified"_kw, 0x20'0000, "smpl", 1},
    {"traditional"_kw, 0x40'0000, "trad", 1},
    {"full-width"_kw, 0x80'0000, "fwid", 1},
    {"proportional-width"_kw, 0x100'0000, "pwid", 1},
    {"ruby"_kw, 0x200'0000, "ruby", 1},
    {"sub"_kw, 0x800'0000, "subs", 1},
    {"super"_kw, 0x1000'0000, "sups", 1},
};
constexpr std::uint32_t NoLigatures = 0xaa;

bool isMonospace(const FontDescription &font)
{
    return font.families.size() == 1 && font.families.front() == u"monospace";
}

/// css-fonts-3 3.5, xx-small to xxx-large, in the whole pixels that browsers took over from each other.
double sizeOfKeyword(const StyleEnvironment &environment, int keyword, bool isMonospace)
{
    static constexpr int Sizes[8][8] = {{9, 9, 9, 9, 11, 14, 18, 27},    {9, 9, 9, 10, 12, 15, 20, 30},
                                        {9, 9, 10, 11, 13, 17, 22, 33},  {9, 9, 10, 12, 14, 18, 24, 36},
                                        {9, 10, 12, 13, 16, 20, 26, 39}, {9, 10, 12, 14, 17, 21, 28, 42},
                                        {9, 10, 13, 15, 18, 23, 30, 45}, {9, 10, 13, 16, 18, 24, 32, 48}};
    static constexpr double Factors[] = {0.6, 0.75, 0.89, 1, 1.2, 1.5, 2, 3};
    const double medium = isMonospace ? environment.monospaceSize : environment.fontSize;
    const int rounded = int(std::round(medium));
    if (rounded >= 9 && rounded <= 16)
        return Sizes[rounded - 9][keyword - 1];
    return medium * Factors[keyword - 1];
}

void setSize(Computing &computing, double size)
{
    computing.style.font->size = float(std::clamp(size, 0.0, 10000.0));
}

} // namespace

std::uint32_t variantBits(const Value &value)
{
    if (value.is(Value::Kind::List)) {
        std::uint32_t bits = 0;
        for (const Value &item : *value.items)
            bits |= variantBits(item);
        return bits;
    }
    if (value.is("none"_kw))
        return NoLigatures;
    const auto row = std::find_if(std::begin(Variants), std::end(Variants),
                                  [&value](const VariantRow &candidate) { return value.is(candidate.keyword); });
    return row == std::end(Variants) ? 0 : row->bits;
}

bool isGenericFamily(QStringView lower)
{
    static constexpr QStringView Names[] = {
        u"serif",         u"sans-serif",   u"monospace",  u"cursive", u"fantasy", u"system-ui", u"ui-serif",
        u"ui-sans-serif", u"ui-monospace", u"ui-rounded", u"math",    u"emoji",   u"fangsong"};
    return std::find(std::begin(Names), std::end(Names), lower) != std::end(Names);
}

void applyFontSize(Computing &computing, const Value &value)
{
    const double parentSize = double(computing.parent.font->size);
    TextStyle &text = *computing.style.text;
    computing.hasFontSize = true;
    text.fontSizeKeyword = 0;
    if (value.is("larger"_kw) || value.is("smaller"_kw)) {
        setSize(computing, value.is("larger"_kw) ? parentSize * 1.2 : parentSize / 1.2);
        text.fontSizeIsAbsolute = computing.parent.text->fontSizeIsAbsolute;
    } else if (value.is(Value::Kind::Keyword)) {
        text.fontSizeKeyword = std::uint8_t(value.is("-webkit-xxx-large"_kw) ? 8 : value.number + 1);
        text.fontSizeIsAbsolute = false;
        setSize(computing,
                sizeOfKeyword(computing.environment, text.fontSizeKeyword, isMonospace(*computing.parent.font)));
    } else {
        const Length length = lengthOf(computing, value);
        const bool isRelative = length.dependsOnBase() || (value.is(Value::Kind::Dimension) &&
                                                           (value.unit == Unit::Em || value.unit == Unit::Ex));
        text.fontSizeIsAbsolute = !isRelative || computing.parent.text->fontSizeIsAbsolute;
        if (length.is(Length::Kind::Percent)) // not by sixty-fourths
            setSize(computing, parentSize * double(length.value()) / 100);
        else if (length.is(Length::Kind::Fixed))
            setSize(computing, double(length.value()));
        else
            setSize(computing, length.resolve(LayoutUnit::fromPixels(parentSize)).toDouble());
    }
}

void copyFontSize(Computing &computing, const ComputedStyle &from)
{
    computing.hasFontSize = true;
    computing.style.font->size = from.font->size;
    computing.style.text->fontSizeKeyword = from.text->fontSizeKeyword;
    computing.style.text->fontSizeIsAbsolute = from.text->fontSizeIsAbsolute;
}

void finishFont(Computing &computing)
{
    const ComputedStyle &made = computing.style;
    const StyleEnvironment &environment = computing.environment;
    // Sizes that follow the default one follow the other default of monospace text.
    const bool wasMonospace = isMonospace(*computing.parent.font), isNow = isMonospace(*made.font);
    if (wasMonospace != isNow && !made.text->fontSizeIsAbsolute) {
        const double factor = environment.monospaceSize / environment.fontSize;
        if (made.text->fontSizeKeyword > 0)
            setSize(computing, sizeOfKeyword(environment, made.text->fontSizeKeyword, isNow));
        else
            setSize(computing, double(made.font->size) * (isNow ? factor : 1 / factor));
    }
    if (computing.hasFontSize && double(made.font->size) < environment.minimumFontSize && made.font->size > 0)
        setSize(computing, environment.minimumFontSize);
    if (made.text.constData() == computing.parent.text.constData())
        return;
    std::vector<std::pair<QString, int>> features;
    bool hasLigatures = (made.text->fontVariants & NoLigatures) != NoLigatures;
    for (const VariantRow &row : Variants) {
        if (made.text->fontVariants & row.bits)
            features.emplace_back(QString::fromLatin1(row.tag), row.value);
    }
    for (const auto &setting : made.text->fontFeatureSettings)
        features.push_back(setting);
    if (features != made.font->features || hasLigatures != made.font->ligatures) {
        computing.style.font->features = std::move(features);
        computing.style.font->ligatures = hasLigatures;
    }
}

} // namespace bulkhead::engine
