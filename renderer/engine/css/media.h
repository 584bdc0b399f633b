// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/token.h"

#include <QString>
#include <QStringView>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bulkhead::engine::css {

/// What media queries ask about (mediaqueries-4); lengths in CSS pixels.
struct MediaEnvironment
{
    enum class Type : std::uint8_t { Screen, Print } type = Type::Screen;
    enum class Scheme : std::uint8_t { Light, Dark } scheme = Scheme::Light;
    enum class Pointer : std::uint8_t { None, Coarse, Fine } pointer = Pointer::Fine;
    enum class Motion : std::uint8_t { NoPreference, Reduce } motion = Motion::NoPreference;
    enum class Contrast : std::uint8_t { NoPreference, More, Less } contrast = Contrast::NoPreference;
    double width = 800, height = 600; ///< of the viewport, scroll bars included; on paper of the page's area
    double deviceWidth = 1920, deviceHeight = 1080;
    double resolution = 1; ///< device pixels in a CSS pixel
    int colorBits = 8;     ///< of each component
    bool canHover = true;

    friend bool operator==(const MediaEnvironment &, const MediaEnvironment &) = default;
};

struct MediaValue
{
    enum class Kind : std::uint8_t { Number, Length, Resolution, Ratio, Keyword } kind = Kind::Number;
    bool isInteger = false;
    double number = 0; ///< pixels, dots per pixel; of a ratio the width
    double height = 1; ///< of a ratio
    QString keyword;   ///< lowered
};

enum class MediaComparison : std::uint8_t { Equal, Less, LessOrEqual, Greater, GreaterOrEqual };

/// "(width >= 400px)": one of the features that the engine knows, with what it is compared to.
struct MediaFeature
{
    struct Bound
    {
        MediaComparison comparison = MediaComparison::Equal; ///< feature, comparison, value
        MediaValue value;
    };
    std::uint8_t index = 0;    ///< in the table of features
    std::vector<Bound> bounds; ///< none: whether it is anything but 0 or "none"
};

struct MediaCondition
{
    enum class Kind : std::uint8_t { Feature, Not, And, Or, Unknown } kind = Kind::Unknown;
    MediaFeature feature;
    std::vector<MediaCondition> parts;
};

struct MediaQuery
{
    bool isNegated = false;
    QString type; ///< lowered; empty: all
    std::optional<MediaCondition> condition;
};

/// What stands in "@media", "@import" and media="".
class MediaQueryList
{
public:
    MediaQueryList() = default; ///< matches everything
    static MediaQueryList parse(QStringView text);
    static MediaQueryList parse(std::span<const Token> tokens);

    bool matches(const MediaEnvironment &environment) const;
    /// It matches whatever the environment is.
    bool isUnconditional() const { return m_queries.empty(); }

private:
    std::vector<MediaQuery> m_queries;
};

} // namespace bulkhead::engine::css
