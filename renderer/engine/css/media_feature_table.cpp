// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/media_feature_table.h"

namespace bulkhead::engine::css {

namespace {

using Environment = const MediaEnvironment &;

double width(Environment environment)
{
    return environment.width;
}
double height(Environment environment)
{
    return environment.height;
}
double deviceWidth(Environment environment)
{
    return environment.deviceWidth;
}
double deviceHeight(Environment environment)
{
    return environment.deviceHeight;
}
double resolution(Environment environment)
{
    return environment.resolution;
}
double zero(Environment)
{
    return 0;
}
QStringView none(Environment)
{
    return u"none";
}
QStringView noPreference(Environment)
{
    return u"no-preference";
}
QStringView standard(Environment)
{
    return u"standard";
}
QStringView hover(Environment environment)
{
    return environment.canHover ? u"hover" : u"none";
}
QStringView pointer(Environment environment)
{
    if (environment.pointer == MediaEnvironment::Pointer::None)
        return u"none";
    return environment.pointer == MediaEnvironment::Pointer::Coarse ? u"coarse" : u"fine";
}
QStringView contrast(Environment environment)
{
    if (environment.contrast == MediaEnvironment::Contrast::NoPreference)
        return u"no-preference";
    return environment.contrast == MediaEnvironment::Contrast::More ? u"more" : u"less";
}
/// Of what paper cannot do: scroll, change.
bool isPaper(Environment environment)
{
    return environment.type == MediaEnvironment::Type::Print;
}

constexpr MediaFeatureEntry Features[] = {
    {u"width", MediaFeatureType::Length, width},
    {u"height", MediaFeatureType::Length, height},
    {u"device-width", MediaFeatureType::Length, deviceWidth},
    {u"device-height", MediaFeatureType::Length, deviceHeight},
    {u"aspect-ratio", MediaFeatureType::Ratio, width, height},
    {u"device-aspect-ratio", MediaFeatureType::Ratio, deviceWidth, deviceHeight},
    {u"resolution", MediaFeatureType::Resolution, resolution},
    {u"-webkit-device-pixel-ratio", MediaFeatureType::Number, resolution},
    {u"color", MediaFeatureType::Integer, [](Environment environment) { return double(environment.colorBits); }},
    {u"color-index", MediaFeatureType::Integer, zero},
    {u"monochrome", MediaFeatureType::Integer, zero},
    {u"grid", MediaFeatureType::Integer, zero},
    {u"orientation",
     MediaFeatureType::Keyword,
     nullptr,
     nullptr,
     [](Environment environment) -> QStringView {
         return environment.height >= environment.width ? u"portrait" : u"landscape";
     },
     {u"portrait", u"landscape"}},
    {u"hover", MediaFeatureType::Keyword, nullptr, nullptr, hover, {u"none", u"hover"}},
    {u"any-hover", MediaFeatureType::Keyword, nullptr, nullptr, hover, {u"none", u"hover"}},
    {u"pointer", MediaFeatureType::Keyword, nullptr, nullptr, pointer, {u"none", u"coarse", u"fine"}},
    {u"any-pointer", MediaFeatureType::Keyword, nullptr, nullptr, pointer, {u"none", u"coarse", u"fine"}},
    {u"update",
     MediaFeatureType::Keyword,
     nullptr,
     nullptr,
     [](Environment environment) -> QStringView { return isPaper(environment) ? u"none" : u"fast"; },
     {u"none", u"slow", u"fast"}},
    {u"overflow-block",
     MediaFeatureType::Keyword,
     nullptr,
     nullptr,
     [](Environment environment) -> QStringView { return isPaper(environment) ? u"paged" : u"scroll"; },
     {u"none", u"scroll", u"paged"}},
    {u"overflow-inline",
     MediaFeatureType::Keyword,
     nullptr,
     nullptr,
     [](Environment environment) -> QStringView { return isPaper(environment) ? u"none" : u"scroll"; },
     {u"none", u"scroll"}},
    {u"scan",
     MediaFeatureType::Keyword,
     nullptr,
     nullptr,
     [](Environment) -> QStringView { return u"progressive"; },
     {u"interlace", u"progressive"}},
    {u"prefers-color-scheme",
     MediaFeatureType::Keyword,
     nullptr,
     nullptr,
     [](Environment environment) -> QStringView {
         return environment.scheme == MediaEnvironment::Scheme::Dark ? u"dark" : u"light";
     },
     {u"light", u"dark"}},
    {u"prefers-reduced-motion",
     MediaFeatureType::Keyword,
     nullptr,
     nullptr,
     [](Environment environment) -> QStringView {
         return environment.motion == MediaEnvironment::Motion::Reduce ? u"reduce" : u"no-preference";
     },
     {u"no-preference", u"reduce"}},
    {u"prefers-contrast",
     MediaFeatureType::Keyword,
     nullptr,
     nullptr,
     contrast,
     {u"no-preference", u"more", u"less", u"custom"}},
    {u"prefers-reduced-transparency",
     MediaFeatureType::Keyword,
     nullptr,
     nullptr,
     noPreference,
     {u"no-preference", u"reduce"}},
    {u"prefers-reduced-data", MediaFeatureType::Keyword, nullptr, nullptr, noPreference, {u"no-preference", u"reduce"}},
    {u"forced-colors", MediaFeatureType::Keyword, nullptr, nullptr, none, {u"none", u"active"}},
    {u"inverted-colors", MediaFeatureType::Keyword, nullptr, nullptr, none, {u"none", u"inverted"}},
    {u"scripting", MediaFeatureType::Keyword, nullptr, nullptr, none, {u"none", u"initial-only", u"enabled"}},
    {u"dynamic-range", MediaFeatureType::Keyword, nullptr, nullptr, standard, {u"standard", u"high"}},
    {u"video-dynamic-range", MediaFeatureType::Keyword, nullptr, nullptr, standard, {u"standard", u"high"}},
    {u"color-gamut",
     MediaFeatureType::Keyword,
     nullptr,
     nullptr,
     [](Environment) -> QStringView { return u"srgb"; },
     {u"srgb", u"p3", u"rec2020"}},
    {u"display-mode",
     MediaFeatureType::Keyword,
     nullptr,
     nullptr,
     [](Environment) -> QStringView { return u"browser"; },
     {u"fullscreen", u"standalone", u"minimal-ui", u"browser"}},
};

} // namespace

std::span<const MediaFeatureEntry> mediaFeatures()
{
    return Features;
}

} // namespace bulkhead::engine::css
