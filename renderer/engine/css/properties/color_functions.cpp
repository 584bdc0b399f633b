// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/color_functions.h"

#include "renderer/engine/css/properties/color_mix.h"
#include "renderer/engine/css/properties/color_spaces.h"
#include "renderer/engine/css/properties/numbers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace bulkhead::engine::css {

namespace {

/// A component of a colour: what 100 % is of it, and whether it may be a number, percentage or angle.
struct Component
{
    double ofPercent = 1; ///< 100 % is that
    double ofNumber = 1;  ///< factor of a number
    bool isHue = false;
    bool isClamped = false; ///< to 0 and what 100 % is
};

struct ColorFunction
{
    Keyword name;
    ColorSpace space;
    bool hasLegacyCommas;
    std::array<Component, 3> components;
};

constexpr Component Channel{1, 1.0 / 255, false, true};
constexpr Component Part{1, 0.01, false, true};
constexpr Component Hue{0, 1, true, false};
constexpr ColorFunction Functions[] = {
    {"rgb"_kw, ColorSpace::Srgb, true, {Channel, Channel, Channel}},
    {"rgba"_kw, ColorSpace::Srgb, true, {Channel, Channel, Channel}},
    {"hsl"_kw, ColorSpace::Hsl, true, {Hue, Part, Part}},
    {"hsla"_kw, ColorSpace::Hsl, true, {Hue, Part, Part}},
    {"hwb"_kw, ColorSpace::Hwb, false, {Hue, Part, Part}},
    {"lab"_kw, ColorSpace::Lab, false, {Component{100, 1, false, true}, Component{125}, Component{125}}},
    {"lch"_kw, ColorSpace::Lch, false, {Component{100, 1, false, true}, Component{150}, Hue}},
    {"oklab"_kw, ColorSpace::Oklab, false, {Component{1, 1, false, true}, Component{0.4}, Component{0.4}}},
    {"oklch"_kw, ColorSpace::Oklch, false, {Component{1, 1, false, true}, Component{0.4}, Hue}},
};

struct NamedSpace
{
    Keyword name;
    ColorSpace space;
};
constexpr NamedSpace Spaces[] = {
    {"srgb"_kw, ColorSpace::Srgb},
    {"srgb-linear"_kw, ColorSpace::SrgbLinear},
    {"display-p3"_kw, ColorSpace::DisplayP3},
    {"a98-rgb"_kw, ColorSpace::A98Rgb},
    {"prophoto-rgb"_kw, ColorSpace::ProphotoRgb},
    {"rec2020"_kw, ColorSpace::Rec2020},
    {"xyz"_kw, ColorSpace::XyzD65},
    {"xyz-d50"_kw, ColorSpace::XyzD50},
    {"xyz-d65"_kw, ColorSpace::XyzD65},
};

enum class ComponentKind { None, Number, Percentage };

bool parseComponent(TokenStream &tokens, const ValueContext &context, const Component &component, double &into,
                    ComponentKind &kind)
{
    tokens.skipWhitespace();
    Value value;
    const std::size_t start = tokens.position();
    const auto parses = [&](NumericType type) {
        tokens.rewind(start);
        return parseNumeric(tokens, context, type, {}, value) && !value.is(Value::Kind::Math);
    };
    if (tokens.peek().isIdent(u"none")) {
        tokens.next();
        into = 0;
        kind = ComponentKind::None;
        return true;
    }
    if (parses(NumericType::Number)) {
        kind = ComponentKind::Number;
        into = value.number * component.ofNumber;
    } else if (component.isHue && parses(NumericType::Angle)) {
        kind = ComponentKind::Number;
        into = value.number;
    } else if (!component.isHue && parses(NumericType::Percentage)) {
        kind = ComponentKind::Percentage;
        into = value.number / 100 * component.ofPercent;
    } else {
        return false;
    }
    if (component.isClamped)
        into = std::clamp(into, 0.0, component.ofPercent);
    return true;
}

/// "/ alpha" or, in the legacy syntax, ", alpha"; 1 when there is none. Then the function has to end.
bool parseAlpha(TokenStream &tokens, const ValueContext &context, bool isLegacy, float &into)
{
    into = 1;
    tokens.skipWhitespace();
    if (tokens.atEnd())
        return true;
    const Token &separator = tokens.next();
    if (isLegacy ? !separator.is(TokenType::Comma) : !separator.isDelim(u'/'))
        return false;
    double alpha = 1;
    ComponentKind kind{};
    if (!parseComponent(tokens, context, Component{1, 1, false, true}, alpha, kind) ||
        (isLegacy && kind == ComponentKind::None))
        return false;
    into = float(alpha);
    tokens.skipWhitespace();
    return tokens.atEnd();
}

bool parseComponents(TokenStream &tokens, const ValueContext &context, const ColorFunction &function, Value &into)
{
    ColorComponents components{};
    std::array<ComponentKind, 3> kinds{};
    bool isLegacy = false;
    for (std::size_t i = 0; i < 3; ++i) {
        if (i > 0) {
            tokens.skipWhitespace();
            const bool isComma = tokens.peek().is(TokenType::Comma);
            if (i == 1)
                isLegacy = isComma && function.hasLegacyCommas;
            if (isComma != isLegacy)
                return false;
            if (isComma)
                tokens.next();
        }
        if (!parseComponent(tokens, context, function.components[i], components[i], kinds[i]))
            return false;
    }
    if (isLegacy) { // all of one kind, percentages beside a hue
        const bool hasHue = function.components[0].isHue;
        const ComponentKind wanted = hasHue ? ComponentKind::Percentage : kinds[0];
        if (kinds[0] == ComponentKind::None || kinds[1] != wanted || kinds[2] != wanted)
            return false;
    }
    float alpha = 1;
    if (!parseAlpha(tokens, context, isLegacy, alpha))
        return false;
    if (function.space == ColorSpace::Lch || function.space == ColorSpace::Oklch)
        components[1] = std::max(components[1], 0.0);
    const std::array<float, 3> rgb = toSrgb(function.space, components);
    into = {};
    into.kind = Value::Kind::Color;
    into.color = {rgb[0], rgb[1], rgb[2], alpha};
    return true;
}

} // namespace

bool parseColorFunction(TokenStream &tokens, const ValueContext &context, Value &into)
{
    const Keyword name = keywordOf(tokens.peek().text);
    for (const ColorFunction &function : Functions) {
        if (function.name != name)
            continue;
        TokenStream inside(tokens.takeBlock());
        return parseComponents(inside, context, function, into);
    }
    if (name == "color-mix"_kw)
        return parseColorMix(tokens, context, into);
    if (name != "color"_kw)
        return false;
    TokenStream inside(tokens.takeBlock());
    inside.skipWhitespace();
    if (!inside.peek().is(TokenType::Ident))
        return false;
    const Keyword wanted = keywordOf(inside.next().text);
    for (const NamedSpace &space : Spaces) {
        if (space.name == wanted)
            return parseComponents(inside, context, {name, space.space, false, {}}, into);
    }
    return false;
}

} // namespace bulkhead::engine::css
