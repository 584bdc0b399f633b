// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/property_table.h"
#include "renderer/engine/style/value_conversion.h"

#include <algorithm>

namespace bulkhead::engine {

using namespace css;

namespace {

using Id = PropertyId;

/// Percentages of a line height are computed at once; of calc(), too.
constexpr auto toLineHeight = [](const Computing &computing, const Value &value) {
    const Length length = lengthOf(computing, value);
    if (!length.dependsOnBase())
        return length;
    const double size = double(computing.style.font->size);
    return length.is(Length::Kind::Percent) ? Length::px(size * double(length.value()) / 100)
                                            : Length::px(length.resolve(LayoutUnit::fromPixels(size)).toDouble());
};
constexpr auto toSpacing = [](const Computing &computing, const Value &value) -> float {
    if (value.is(Value::Kind::Keyword) || value.is(Value::Kind::Percentage))
        return 0;
    return float(pixelsOf(computing, value));
};
constexpr auto toLength = [](const Computing &computing, const Value &value) { return lengthOf(computing, value); };
constexpr auto toShadows = [](const Computing &computing, const Value &value) { return shadowsOf(computing, value); };
constexpr auto toImage = [](const Computing &computing, const Value &value) { return imageOf(computing, value); };
constexpr auto toInteger = [](const Computing &computing, const Value &value) {
    return int(std::clamp(numberOf(computing, value), -2147483648.0, 2147483647.0));
};

/// css-text-3 7.1: match-parent; and <th>, which is centred where nobody has said how its table is aligned.
constexpr auto toTextAlign = [](const Computing &computing, const Value &value) {
    const TextStyle &parent = *computing.parent.text;
    if (value.is("-internal-center"_kw))
        return parent.textAlign == TextAlign::Start ? TextAlign::Center : parent.textAlign;
    if (!value.is("match-parent"_kw))
        return static_cast<TextAlign>(int(value.number));
    const bool isRtl = parent.direction == Direction::Rtl;
    if (parent.textAlign == TextAlign::Start)
        return isRtl ? TextAlign::Right : TextAlign::Left;
    if (parent.textAlign == TextAlign::End)
        return isRtl ? TextAlign::Left : TextAlign::Right;
    return parent.textAlign;
};
constexpr auto toJustify = [](const Computing &, const Value &value) {
    return value.is("distribute"_kw) ? TextJustify::InterCharacter : static_cast<TextJustify>(int(value.number));
};
constexpr auto toDark = [](const Computing &computing, const Value &value) {
    if (!value.is(Value::Kind::List))
        return false;
    const auto has = [&value](QStringView name) {
        return std::any_of(value.items->begin(), value.items->end(),
                           [name](const Value &item) { return item.text.compare(name, Qt::CaseInsensitive) == 0; });
    };
    const bool wantsDark = computing.environment.media.scheme == MediaEnvironment::Scheme::Dark;
    return has(u"dark") && (wantsDark || !has(u"light"));
};
constexpr auto toCursor = [](const Computing &, const Value &value) {
    switch (value.keyword) {
    case "auto"_kw:
        return Cursor::Auto;
    case "default"_kw:
        return Cursor::Default;
    case "pointer"_kw:
    case "hand"_kw:
        return Cursor::Pointer;
    case "text"_kw:
    case "vertical-text"_kw:
        return Cursor::Text;
    case "wait"_kw:
    case "progress"_kw:
        return Cursor::Wait;
    case "help"_kw:
        return Cursor::Help;
    case "move"_kw:
    case "all-scroll"_kw:
        return Cursor::Move;
    case "crosshair"_kw:
        return Cursor::Crosshair;
    case "not-allowed"_kw:
    case "no-drop"_kw:
        return Cursor::NotAllowed;
    case "none"_kw:
        return Cursor::None;
    default:
        return Cursor::Other;
    }
};
constexpr auto toPointerEvents = [](const Computing &, const Value &value) {
    return value.is("none"_kw) ? PointerEvents::None : PointerEvents::Auto;
};
constexpr auto toUserSelect = [](const Computing &, const Value &value) {
    return value.number <= 2 ? static_cast<UserSelect>(int(value.number)) : UserSelect::Auto;
};

void addTextIndent(PropertyTable &table)
{
    table[std::size_t(Id::TextIndent)] = {[](Computing &computing, const ComputedStyle &from) {
                                              TextStyle &text = *computing.style.text;
                                              text.textIndent = from.text->textIndent;
                                              text.textIndentHanging = from.text->textIndentHanging;
                                              text.textIndentEachLine = from.text->textIndentEachLine;
                                          },
                                          [](Computing &computing, const Value &value) {
                                              TextStyle &text = *computing.style.text;
                                              text.textIndent = lengthOf(computing, value[0]);
                                              text.textIndentHanging = !value[1].isMissing();
                                              text.textIndentEachLine = !value[2].isMissing();
                                          }};
}

void addBorderSpacing(PropertyTable &table)
{
    table[std::size_t(Id::BorderSpacing)] = {
        [](Computing &computing, const ComputedStyle &from) {
            computing.style.inherited->borderSpacingX = from.inherited->borderSpacingX;
            computing.style.inherited->borderSpacingY = from.inherited->borderSpacingY;
        },
        [](Computing &computing, const Value &value) {
            computing.style.inherited->borderSpacingX = float(pixelsOf(computing, value[0]));
            computing.style.inherited->borderSpacingY = float(pixelsOf(computing, value[value.size() > 1 ? 1 : 0]));
        }};
}

/// "color: currentcolor" is the parent's.
void addColor(PropertyTable &table)
{
    table[std::size_t(Id::Color)] = {
        [](Computing &computing, const ComputedStyle &from) {
            const bool isInitial = &from == &computing.initial;
            computing.style.text->color =
                isInitial ? systemColor("canvastext"_kw, computing.environment, computing.isDark()) : from.text->color;
        },
        [](Computing &computing, const Value &value) {
            computing.style.text->color = waitingColorOf(computing, value).value_or(computing.parent.text->color);
        }};
}

} // namespace

void addTextProperties(PropertyTable &table)
{
    const auto set = [&table](Id id, PropertyCode code) { table[std::size_t(id)] = code; };
    addColor(table);
    addTextIndent(table);
    addBorderSpacing(table);
    set(Id::Direction, keywordCode(BULKHEAD_MEMBER(text->direction)));
    set(Id::ColorScheme, memberCode(BULKHEAD_MEMBER(inherited->darkScheme), toDark));
    set(Id::LineHeight, memberCode(BULKHEAD_MEMBER(text->lineHeight), toLineHeight));
    set(Id::LetterSpacing, memberCode(BULKHEAD_MEMBER(text->letterSpacing), toSpacing));
    set(Id::WordSpacing, memberCode(BULKHEAD_MEMBER(text->wordSpacing), toSpacing));
    set(Id::TextAlign, memberCode(BULKHEAD_MEMBER(text->textAlign), toTextAlign));
    set(Id::TextAlignLast, keywordCode(BULKHEAD_MEMBER(text->textAlignLast)));
    set(Id::TextJustify, memberCode(BULKHEAD_MEMBER(text->textJustify), toJustify));
    set(Id::TextTransform, keywordCode(BULKHEAD_MEMBER(text->textTransform)));
    set(Id::WhiteSpaceCollapse, keywordCode(BULKHEAD_MEMBER(text->whiteSpace)));
    set(Id::TextWrapMode, keywordCode(BULKHEAD_MEMBER(text->wrap)));
    set(Id::TabSize, memberCode(BULKHEAD_MEMBER(text->tabSize), toLength));
    set(Id::OverflowWrap, keywordCode(BULKHEAD_MEMBER(text->overflowWrap)));
    set(Id::WordBreak, keywordCode(BULKHEAD_MEMBER(text->wordBreak)));
    set(Id::LineBreak, keywordCode(BULKHEAD_MEMBER(text->lineBreak)));
    set(Id::Hyphens, keywordCode(BULKHEAD_MEMBER(text->hyphens)));
    set(Id::TextShadow, memberCode(BULKHEAD_MEMBER(text->textShadow), toShadows));
    set(Id::TextUnderlineOffset, memberCode(BULKHEAD_MEMBER(rare->underlineOffset), toLength));
    set(Id::Visibility, keywordCode(BULKHEAD_MEMBER(inherited->visibility)));
    set(Id::Cursor, memberCode(BULKHEAD_MEMBER(inherited->cursor), toCursor));
    set(Id::PointerEvents, memberCode(BULKHEAD_MEMBER(inherited->pointerEvents), toPointerEvents));
    set(Id::UserSelect, memberCode(BULKHEAD_MEMBER(inherited->userSelect), toUserSelect));
    set(Id::ListStylePosition, keywordCode(BULKHEAD_MEMBER(inherited->listStylePosition)));
    set(Id::ListStyleImage, memberCode(BULKHEAD_MEMBER(inherited->listStyleImage), toImage));
    set(Id::BorderCollapse, keywordCode(BULKHEAD_MEMBER(inherited->borderCollapse)));
    set(Id::CaptionSide, keywordCode(BULKHEAD_MEMBER(inherited->captionSide)));
    set(Id::EmptyCells, keywordCode(BULKHEAD_MEMBER(inherited->emptyCells)));
    set(Id::Orphans, memberCode(BULKHEAD_MEMBER(inherited->orphans), toInteger));
    set(Id::Widows, memberCode(BULKHEAD_MEMBER(inherited->widows), toInteger));
}

} // namespace bulkhead::engine
