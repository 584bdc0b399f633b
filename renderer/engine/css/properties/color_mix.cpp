// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/color_mix.h"

#include "renderer/engine/css/properties/color_parser.h"
#include "renderer/engine/css/properties/color_spaces.h"
#include "renderer/engine/css/properties/numbers.h"

#include <array>
#include <cmath>
#include <optional>

namespace bulkhead::engine::css {

namespace {

struct MixSpace
{
    Keyword name;
    ColorSpace space;
    int hue; ///< which component is an angle; -1: none
};
constexpr MixSpace Spaces[] = {
    {"srgb"_kw, ColorSpace::Srgb, -1},      {"srgb-linear"_kw, ColorSpace::SrgbLinear, -1},
    {"lab"_kw, ColorSpace::Lab, -1},        {"oklab"_kw, ColorSpace::Oklab, -1},
    {"xyz"_kw, ColorSpace::XyzD65, -1},     {"xyz-d65"_kw, ColorSpace::XyzD65, -1},
    {"xyz-d50"_kw, ColorSpace::XyzD50, -1}, {"hsl"_kw, ColorSpace::Hsl, 0},
    {"hwb"_kw, ColorSpace::Hwb, 0},         {"lch"_kw, ColorSpace::Lch, 2},
    {"oklch"_kw, ColorSpace::Oklch, 2},
};

const MixSpace *parseSpace(TokenStream &tokens)
{
    tokens.skipWhitespace();
    if (!tokens.next().isIdent(u"in"))
        return nullptr;
    tokens.skipWhitespace();
    const Keyword name = tokens.peek().is(TokenType::Ident) ? keywordOf(tokens.next().text) : Keyword::None;
    for (const MixSpace &space : Spaces) {
        if (space.name == name)
            return &space;
    }
    return nullptr;
}

struct Part
{
    Value color;
    std::optional<double> share;
};

bool parsePart(TokenStream &tokens, const ValueContext &context, Part &part)
{
    const auto parseShare = [&] {
        tokens.skipWhitespace();
        Value share;
        const std::size_t start = tokens.position();
        if (!part.share && parseNumeric(tokens, context, NumericType::Percentage, {0, 100}, share))
            part.share = share.number / 100;
        else
            tokens.rewind(start);
        tokens.skipWhitespace();
    };
    if (!tokens.next().is(TokenType::Comma))
        return false;
    parseShare();
    if (!parseColor(tokens, context, part.color) || !part.color.is(Value::Kind::Color))
        return false;
    parseShare();
    return true;
}

Value mix(const MixSpace &space, const Value &a, const Value &b, double shareOfB)
{
    ColorComponents first = fromSrgb(space.space, {a.color[0], a.color[1], a.color[2]});
    ColorComponents second = fromSrgb(space.space, {b.color[0], b.color[1], b.color[2]});
    const double alphaA = double(a.color[3]), alphaB = double(b.color[3]);
    const double alpha = alphaA * (1 - shareOfB) + alphaB * shareOfB;
    ColorComponents mixed{};
    for (std::size_t i = 0; i < 3; ++i) {
        if (int(i) == space.hue) { // the shorter way round
            const double way = std::remainder(second[i] - first[i], 360);
            mixed[i] = first[i] + way * shareOfB;
        } else if (alpha > 0) { // premultiplied
            mixed[i] = (first[i] * alphaA * (1 - shareOfB) + second[i] * alphaB * shareOfB) / alpha;
        }
    }
    const std::array<float, 3> rgb = toSrgb(space.space, mixed);
    Value value;
    value.kind = Value::Kind::Color;
    value.color = {rgb[0], rgb[1], rgb[2], float(alpha)};
    return value;
}

} // namespace

bool parseColorMix(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (context.depth >= MostValueDepth)
        return false;
    ValueContext deeper = context;
    ++deeper.depth;
    TokenStream inside(tokens.takeBlock());
    const MixSpace *space = parseSpace(inside);
    if (!space)
        return false;
    inside.skipWhitespace();
    if (inside.peek().isIdent(u"shorter")) { // "shorter hue", which is the default
        inside.next();
        inside.skipWhitespace();
        if (!inside.next().isIdent(u"hue"))
            return false;
        inside.skipWhitespace();
    }
    Part a, b;
    if (!parsePart(inside, deeper, a) || !parsePart(inside, deeper, b) || !inside.atEnd())
        return false;
    const double shareA = a.share ? *a.share : b.share ? 1 - *b.share : 0.5;
    const double shareB = b.share ? *b.share : 1 - shareA;
    if (shareA + shareB <= 0)
        return false;
    into = mix(*space, a.color, b.color, shareB / (shareA + shareB));
    if (shareA + shareB < 1)
        into.color[3] *= float(shareA + shareB);
    return true;
}

} // namespace bulkhead::engine::css
