// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/value_conversion.h"

#include "renderer/engine/css/properties/math_node.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace bulkhead::engine {

using namespace css;

namespace {

/// A calculation in which only percentages are left open.
class OpenCalculation final : public CalcExpression
{
public:
    explicit OpenCalculation(MathNode::Pointer node) : m_node(std::move(node)) {}
    double resolve(double base) const override
    {
        return m_node->evaluate(
            [base](double number, Unit unit) { return unit == Unit::Percent ? number * base / 100 : number; });
    }

private:
    MathNode::Pointer m_node;
};

FontUnits guessedUnits(double size)
{
    return {size / 2, size / 2, size * 0.7, size, size * 1.15};
}

FontUnits fontUnits(const Computing &computing)
{
    const FontDescription &font =
        *(computing.fontBase == Computing::FontBase::Parent ? computing.parent : computing.style).font;
    return computing.environment.fonts ? computing.environment.fonts->units(font) : guessedUnits(double(font.size));
}

double lineHeightOf(const Computing &computing)
{
    const ComputedStyle &style = computing.fontBase == Computing::FontBase::Parent ? computing.parent : computing.style;
    const Length &height = style.text->lineHeight;
    if (height.is(Length::Kind::Number))
        return double(height.value()) * double(style.font->size);
    return height.is(Length::Kind::Fixed) ? double(height.value()) : fontUnits(computing).lineHeight;
}

double pixelsOfUnit(const Computing &computing, double number, Unit unit)
{
    const bool isParents = computing.fontBase == Computing::FontBase::Parent;
    const double fontSize = double((isParents ? computing.parent : computing.style).font->size);
    const double width = computing.environment.unitWidth(), height = computing.environment.unitHeight();
    switch (unit) {
    case Unit::Em:
        return number * fontSize;
    case Unit::Rem:
        return number * computing.root.size;
    case Unit::Ex:
        return number * fontUnits(computing).xHeight;
    case Unit::Ch:
        return number * fontUnits(computing).zeroAdvance;
    case Unit::Cap:
        return number * fontUnits(computing).capHeight;
    case Unit::Ic:
        return number * fontUnits(computing).ideographAdvance;
    case Unit::Lh:
        return number * lineHeightOf(computing);
    case Unit::Rex:
        return number * computing.root.units.xHeight;
    case Unit::Rch:
        return number * computing.root.units.zeroAdvance;
    case Unit::Rcap:
        return number * computing.root.units.capHeight;
    case Unit::Ric:
        return number * computing.root.units.ideographAdvance;
    case Unit::Rlh:
        return number * computing.root.lineHeight;
    case Unit::Vw:
        return number * width / 100;
    case Unit::Vh:
        return number * height / 100;
    case Unit::Vmin:
        return number * std::min(width, height) / 100;
    case Unit::Vmax:
        return number * std::max(width, height) / 100;
    default:
        return number;
    }
}

MathNode::LeafValue leafValue(const Computing &computing)
{
    return [&computing](double number, Unit unit) { return pixelsOfUnit(computing, number, unit); };
}

double finite(double number)
{
    return std::isnan(number) ? 0 : std::clamp(number, -1e7, 1e7);
}

Length lengthOfKeyword(Keyword keyword)
{
    switch (keyword) {
    case "none"_kw:
        return Length::Kind::None;
    case "normal"_kw:
        return Length::Kind::Normal;
    case "min-content"_kw:
    case "-webkit-min-content"_kw:
    case "-moz-min-content"_kw:
        return Length::Kind::MinContent;
    case "max-content"_kw:
    case "-webkit-max-content"_kw:
    case "-moz-max-content"_kw:
        return Length::Kind::MaxContent;
    case "fit-content"_kw:
    case "-webkit-fit-content"_kw:
    case "-moz-fit-content"_kw:
        return Length::Kind::FitContent;
    case "content"_kw:
        return Length::Kind::Content;
    default:
        return Length::Kind::Auto; // stretch, too: what "auto" does in most places
    }
}

} // namespace

double pixelsOf(const Computing &computing, const Value &value)
{
    if (value.math)
        return finite(value.math->evaluate(leafValue(computing)));
    return finite(pixelsOfUnit(computing, value.number, value.unit));
}

Length lengthOf(const Computing &computing, const Value &value)
{
    switch (value.kind) {
    case Value::Kind::Keyword:
        return lengthOfKeyword(value.keyword);
    case Value::Kind::Percentage:
        return Length::percent(value.number);
    case Value::Kind::Number:
        return {Length::Kind::Number, float(value.number)};
    case Value::Kind::Dimension:
        if (value.unit == Unit::Fr)
            return {Length::Kind::Fraction, float(value.number)};
        return Length::px(pixelsOf(computing, value));
    case Value::Kind::Math:
        if (value.math->type() == MathType::Number)
            return {Length::Kind::Number, float(numberOf(computing, value))};
        if (value.math->type() == MathType::LengthPercentage) {
            const MathNode::Pointer open = value.math->withPixels(value.math, leafValue(computing));
            return Length::calc(std::make_shared<const OpenCalculation>(open));
        }
        return Length::px(pixelsOf(computing, value));
    case Value::Kind::Function: { // fit-content(limit)
        const Length limit = lengthOf(computing, value[0]);
        return {Length::Kind::FitContent, limit.is(Length::Kind::Fixed) ? limit.value() : 0};
    }
    default:
        return {};
    }
}

LengthPair lengthPairOf(const Computing &computing, const Value &list)
{
    const Length first = lengthOf(computing, list[0]);
    return {first, list.size() > 1 ? lengthOf(computing, list[1]) : first};
}

double numberOf(const Computing &computing, const Value &value)
{
    if (value.math)
        return finite(value.math->evaluate(leafValue(computing)));
    return value.is(Value::Kind::Percentage) ? value.number / 100 : value.number;
}

double angleOf(const Computing &computing, const Value &value)
{
    return numberOf(computing, value);
}

float lineWidthOf(const Computing &computing, const Value &value)
{
    if (value.is(Value::Kind::Keyword))
        return value.is("thin"_kw) ? 1 : value.is("thick"_kw) ? 5 : 3;
    const double width = pixelsOf(computing, value);
    // css-backgrounds-3 4.3: whole device pixels, but never none.
    return float(width > 0 && width < 1 ? 1 : std::floor(width));
}

std::optional<QColor> waitingColorOf(const Computing &computing, const Value &value)
{
    if (value.is(Value::Kind::Color))
        return QColor::fromRgbF(value.color[0], value.color[1], value.color[2], value.color[3]);
    if (value.is(Value::Kind::Function)) // light-dark()
        return waitingColorOf(computing, value[computing.isDark() ? 1 : 0]);
    if (value.is("currentcolor"_kw) || !value.is(Value::Kind::Keyword))
        return std::nullopt;
    return systemColor(value.keyword, computing.environment, computing.isDark());
}

QColor colorOf(const Computing &computing, const Value &value)
{
    return waitingColorOf(computing, value).value_or(computing.style.text->color);
}

std::vector<Shadow> shadowsOf(const Computing &computing, const Value &value)
{
    std::vector<Shadow> shadows;
    if (!value.is(Value::Kind::List))
        return shadows;
    for (const Value &item : *value.items) {
        // text-shadow: color, lengths; box-shadow: inset, lengths, color
        const bool isBox = item.size() == 3;
        const Value &lengths = item[1];
        const Value &color = item[isBox ? 2 : 0];
        Shadow shadow;
        shadow.x = float(pixelsOf(computing, lengths[0][0]));
        shadow.y = float(pixelsOf(computing, lengths[0][1]));
        shadow.blur = float(pixelsOf(computing, isBox ? lengths[1][0] : lengths[1]));
        shadow.spread = isBox ? float(pixelsOf(computing, lengths[1][1])) : 0;
        shadow.isInset = isBox && !item[0].isMissing();
        shadow.color = colorOf(computing, color);
        shadows.push_back(shadow);
    }
    return shadows;
}

} // namespace bulkhead::engine
