// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/media_features.h"

#include "renderer/engine/css/media_feature_table.h"
#include "renderer/engine/css/media_values.h"

#include <algorithm>

namespace bulkhead::engine::css {

namespace {

std::optional<std::uint8_t> findFeature(QStringView name)
{
    const std::span<const MediaFeatureEntry> all = mediaFeatures();
    const auto found = std::find_if(all.begin(), all.end(), [name](const MediaFeatureEntry &feature) {
        return equalsIgnoringAsciiCase(feature.name, name);
    });
    if (found == all.end())
        return std::nullopt;
    return std::uint8_t(found - all.begin());
}

/// Makes @p value one of the feature's type; false when it is none.
bool fit(const MediaFeatureEntry &feature, MediaValue &value)
{
    const bool isNumber = value.kind == MediaValue::Kind::Number;
    switch (feature.type) {
    case MediaFeatureType::Length:
        return value.kind == MediaValue::Kind::Length || (isNumber && value.number == 0);
    case MediaFeatureType::Ratio:
        return value.kind == MediaValue::Kind::Ratio ? value.number >= 0 && value.height >= 0
                                                     : isNumber && value.number >= 0;
    case MediaFeatureType::Resolution:
        return value.kind == MediaValue::Kind::Resolution;
    case MediaFeatureType::Number:
        return isNumber;
    case MediaFeatureType::Integer:
        return isNumber && value.isInteger;
    case MediaFeatureType::Keyword:
        return value.kind == MediaValue::Kind::Keyword &&
               std::find(feature.keywords.begin(), feature.keywords.end(), value.keyword) != feature.keywords.end();
    }
    return false;
}

/// "min-width", "-webkit-max-device-pixel-ratio": the name without that, and what it compares.
MediaComparison takePrefix(QString &name)
{
    const qsizetype at = name.startsWith(QLatin1String("-webkit-")) ? 8 : 0;
    const QStringView rest = QStringView(name).mid(at);
    MediaComparison comparison = MediaComparison::Equal;
    if (rest.startsWith(u"min-"))
        comparison = MediaComparison::GreaterOrEqual;
    else if (rest.startsWith(u"max-"))
        comparison = MediaComparison::LessOrEqual;
    else
        return comparison;
    name.remove(at, 4);
    return comparison;
}

/// "<=" and its like, without white space in it.
std::optional<MediaComparison> takeComparison(TokenStream &tokens)
{
    const Token &sign = tokens.peek();
    const bool withEqual = tokens.peek(1).isDelim(u'=');
    MediaComparison comparison = MediaComparison::Equal;
    if (sign.isDelim(u'<'))
        comparison = withEqual ? MediaComparison::LessOrEqual : MediaComparison::Less;
    else if (sign.isDelim(u'>'))
        comparison = withEqual ? MediaComparison::GreaterOrEqual : MediaComparison::Greater;
    else if (!sign.isDelim(u'='))
        return std::nullopt;
    tokens.next();
    if (comparison != MediaComparison::Equal && withEqual)
        tokens.next();
    return comparison;
}

/// With its sides exchanged.
MediaComparison mirrored(MediaComparison comparison)
{
    switch (comparison) {
    case MediaComparison::Less:
        return MediaComparison::Greater;
    case MediaComparison::LessOrEqual:
        return MediaComparison::GreaterOrEqual;
    case MediaComparison::Greater:
        return MediaComparison::Less;
    case MediaComparison::GreaterOrEqual:
        return MediaComparison::LessOrEqual;
    case MediaComparison::Equal:
        break;
    }
    return MediaComparison::Equal;
}

bool isUpwards(MediaComparison comparison)
{
    return comparison == MediaComparison::Less || comparison == MediaComparison::LessOrEqual;
}

std::span<const Token> takeSide(TokenStream &tokens)
{
    const std::span<const Token> rest = tokens.rest();
    const std::size_t begin = tokens.position();
    while (!tokens.atEnd() && !tokens.peek().isDelim(u'<') && !tokens.peek().isDelim(u'>') &&
           !tokens.peek().isDelim(u'='))
        tokens.takeComponent();
    return rest.first(tokens.position() - begin);
}

/// The feature that a side of a comparison is; ranges exist only of numbers.
std::optional<std::uint8_t> rangeFeature(std::span<const Token> side)
{
    TokenStream stream(side);
    stream.skipWhitespace();
    const Token &name = stream.next();
    if (!name.is(TokenType::Ident) || !stream.peekPastWhitespace().is(TokenType::End))
        return std::nullopt;
    const std::optional<std::uint8_t> index = findFeature(name.text);
    return index && mediaFeatures()[*index].type != MediaFeatureType::Keyword ? index : std::nullopt;
}

bool addBound(MediaFeature &feature, MediaComparison comparison, std::span<const Token> tokens)
{
    std::optional<MediaValue> value = parseMediaValue(tokens);
    if (!value || !fit(mediaFeatures()[feature.index], *value))
        return false;
    feature.bounds.push_back({comparison, *value});
    return true;
}

/// mediaqueries-4 2.4.3: "width < 400px", "400px > width", "100px <= width < 400px".
std::optional<MediaFeature> parseRange(TokenStream tokens)
{
    const std::span<const Token> left = takeSide(tokens);
    const std::optional<MediaComparison> first = takeComparison(tokens);
    if (!first)
        return std::nullopt;
    const std::span<const Token> middle = takeSide(tokens);
    const std::optional<MediaComparison> second = takeComparison(tokens);
    const std::span<const Token> right = takeSide(tokens);
    if (!tokens.atEnd())
        return std::nullopt;
    MediaFeature feature;
    const std::optional<std::uint8_t> leftName = second ? std::nullopt : rangeFeature(left);
    const std::optional<std::uint8_t> name = leftName ? leftName : rangeFeature(middle);
    if (!name)
        return std::nullopt;
    feature.index = *name;
    if (!addBound(feature, leftName ? *first : mirrored(*first), leftName ? middle : left))
        return std::nullopt;
    if (!second)
        return feature;
    const bool sameWay = *first != MediaComparison::Equal && *second != MediaComparison::Equal &&
                         isUpwards(*first) == isUpwards(*second);
    return sameWay && addBound(feature, *second, right) ? std::optional(feature) : std::nullopt;
}

bool compare(double left, MediaComparison comparison, double right)
{
    switch (comparison) {
    case MediaComparison::Equal:
        return left == right;
    case MediaComparison::Less:
        return left < right;
    case MediaComparison::LessOrEqual:
        return left <= right;
    case MediaComparison::Greater:
        return left > right;
    case MediaComparison::GreaterOrEqual:
        return left >= right;
    }
    return false;
}

} // namespace

std::optional<MediaFeature> parseMediaFeature(std::span<const Token> tokens)
{
    TokenStream stream(tokens);
    stream.skipWhitespace();
    const Token &first = stream.peek();
    if (!first.is(TokenType::Ident))
        return parseRange(stream);
    const TokenStream whole = stream;
    stream.next();
    stream.skipWhitespace();
    MediaFeature feature;
    if (stream.atEnd()) {
        const std::optional<std::uint8_t> index = findFeature(first.text);
        if (!index)
            return std::nullopt;
        feature.index = *index;
        return feature;
    }
    if (!stream.peek().is(TokenType::Colon))
        return parseRange(whole);
    stream.next();
    QString name = asciiLower(first.text);
    const MediaComparison comparison = takePrefix(name);
    const std::optional<std::uint8_t> index = findFeature(name);
    if (!index || (comparison != MediaComparison::Equal && mediaFeatures()[*index].type == MediaFeatureType::Keyword))
        return std::nullopt;
    feature.index = *index;
    return addBound(feature, comparison, stream.rest()) ? std::optional(feature) : std::nullopt;
}

bool matchesFeature(const MediaFeature &asked, const MediaEnvironment &environment)
{
    const MediaFeatureEntry &feature = mediaFeatures()[asked.index];
    if (feature.type == MediaFeatureType::Keyword) {
        const QStringView now = feature.keyword(environment);
        return asked.bounds.empty() ? now != u"none" && now != u"no-preference"
                                    : now == asked.bounds.front().value.keyword;
    }
    const double now = feature.number(environment);
    if (asked.bounds.empty())
        return now != 0;
    return std::all_of(asked.bounds.begin(), asked.bounds.end(), [&](const MediaFeature::Bound &bound) {
        if (feature.type == MediaFeatureType::Ratio)
            return compare(now * bound.value.height, bound.comparison,
                           bound.value.number * feature.height(environment));
        return compare(now, bound.comparison, bound.value.number);
    });
}

} // namespace bulkhead::engine::css
