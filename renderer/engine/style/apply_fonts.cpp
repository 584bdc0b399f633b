// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/font_computing.h"
#include "renderer/engine/style/property_table.h"
#include "renderer/engine/style/value_conversion.h"

#include <algorithm>

namespace bulkhead::engine {

using namespace css;

namespace {

using Id = PropertyId;

constexpr auto toFamilies = [](const Computing &, const Value &value) {
    std::vector<QString> families;
    for (const Value &item : *value.items) {
        const QString lower = item.text.toLower();
        const bool isGeneric = item.is(Value::Kind::Ident) && isGenericFamily(lower);
        families.push_back(isGeneric ? lower : item.text);
    }
    return families;
};

/// css-fonts-4 2.2.1
std::uint16_t bolder(std::uint16_t weight)
{
    return weight < 350 ? 400 : weight < 550 ? 700 : weight < 900 ? 900 : weight;
}

std::uint16_t lighter(std::uint16_t weight)
{
    return weight < 100 ? weight : weight < 550 ? 100 : weight < 750 ? 400 : 700;
}

constexpr auto toWeight = [](const Computing &computing, const Value &value) -> std::uint16_t {
    switch (value.keyword) {
    case "normal"_kw:
        return 400;
    case "bold"_kw:
        return 700;
    case "bolder"_kw:
        return bolder(computing.parent.font->weight);
    case "lighter"_kw:
        return lighter(computing.parent.font->weight);
    default:
        return std::uint16_t(std::clamp(numberOf(computing, value), 1.0, 1000.0));
    }
};

constexpr auto toSlant = [](const Computing &, const Value &value) {
    if (value.is(Value::Kind::List))
        return FontSlant::Oblique;
    return value.is("italic"_kw) ? FontSlant::Italic : FontSlant::Normal;
};

constexpr auto toStretch = [](const Computing &computing, const Value &value) -> float {
    static constexpr float Percents[] = {50, 62.5F, 75, 87.5F, 100, 112.5F, 125, 150, 200};
    if (value.is(Value::Kind::Keyword))
        return Percents[std::size_t(value.number)];
    return float(numberOf(computing, value) * 100);
};

constexpr auto toFeatures = [](const Computing &computing, const Value &value) {
    std::vector<std::pair<QString, int>> features;
    if (!value.is(Value::Kind::List))
        return features;
    for (const Value &item : *value.items) {
        const Value &setting = item[1];
        const int number = setting.isMissing() || setting.is("on"_kw) ? 1
                           : setting.is("off"_kw)                     ? 0
                                                                      : int(numberOf(computing, setting));
        features.emplace_back(item[0].text, number);
    }
    return features;
};

constexpr auto toSizeAdjust = [](const Computing &computing, const Value &value) {
    return value.is(Value::Kind::Keyword) ? std::nullopt : std::optional(float(numberOf(computing, value)));
};

/// A row for some bits of fontVariants.
template <std::uint32_t Mask>
PropertyCode variantRow()
{
    return {[](Computing &computing, const ComputedStyle &from) {
                const std::uint32_t bits = from.text->fontVariants & Mask;
                if ((computing.style.text.constData()->fontVariants & Mask) != bits)
                    computing.style.text->fontVariants = (computing.style.text->fontVariants & ~Mask) | bits;
            },
            [](Computing &computing, const Value &value) {
                computing.style.text->fontVariants =
                    (computing.style.text->fontVariants & ~Mask) | (variantBits(value) & Mask);
            }};
}

} // namespace

void addFontProperties(PropertyTable &table)
{
    const auto set = [&table](Id id, PropertyCode code) { table[std::size_t(id)] = code; };
    set(Id::FontFamily, {[](Computing &computing, const ComputedStyle &from) {
                             computing.style.font->families = from.font->families;
                             computing.hasFontFamily = true;
                         },
                         [](Computing &computing, const Value &value) {
                             computing.style.font->families = toFamilies(computing, value);
                             computing.hasFontFamily = true;
                         }});
    set(Id::FontSize, {copyFontSize, applyFontSize});
    set(Id::FontWeight, memberCode(BULKHEAD_MEMBER(font->weight), toWeight));
    set(Id::FontStyle, memberCode(BULKHEAD_MEMBER(font->slant), toSlant));
    set(Id::FontStretch, memberCode(BULKHEAD_MEMBER(font->stretch), toStretch));
    set(Id::FontVariantCaps, keywordCode(BULKHEAD_MEMBER(font->caps)));
    set(Id::FontKerning, keywordCode(BULKHEAD_MEMBER(font->kerning)));
    set(Id::FontSizeAdjust, memberCode(BULKHEAD_MEMBER(font->sizeAdjust), toSizeAdjust));
    set(Id::FontFeatureSettings, memberCode(BULKHEAD_MEMBER(text->fontFeatureSettings), toFeatures));
    set(Id::FontVariantLigatures, variantRow<LigatureBits>());
    set(Id::FontVariantNumeric, variantRow<NumericBits>());
    set(Id::FontVariantEastAsian, variantRow<EastAsianBits>());
    set(Id::FontVariantPosition, variantRow<PositionBits>());
}

} // namespace bulkhead::engine
