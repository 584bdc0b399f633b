// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/value_conversion.h"

#include <memory>
#include <utility>

namespace bulkhead::engine {

using namespace css;

namespace {

Gradient::Extent extentOf(Keyword keyword)
{
    switch (keyword) {
    case "closest-side"_kw:
        return Gradient::Extent::ClosestSide;
    case "closest-corner"_kw:
        return Gradient::Extent::ClosestCorner;
    case "farthest-side"_kw:
        return Gradient::Extent::FarthestSide;
    default:
        return Gradient::Extent::FarthestCorner;
    }
}

void addShape(const Computing &computing, const Value &function, Gradient &gradient)
{
    const Value &shape = function[0];
    if (function.isFunction("linear-gradient"_kw)) {
        gradient.kind = Gradient::Kind::Linear;
        if (shape.size() == 2) {
            gradient.cornerX = int(shape[0].number);
            gradient.cornerY = int(shape[1].number);
        } else {
            gradient.angle = angleOf(computing, shape[0]);
        }
        return;
    }
    if (function.isFunction("conic-gradient"_kw)) {
        gradient.kind = Gradient::Kind::Conic;
        gradient.angle = angleOf(computing, shape[0]);
        gradient.center = {lengthOf(computing, shape[1]), lengthOf(computing, shape[2])};
        return;
    }
    gradient.kind = Gradient::Kind::Radial;
    gradient.isCircle = shape[0].is("circle"_kw);
    gradient.center = {lengthOf(computing, shape[2]), lengthOf(computing, shape[3])};
    if (shape[1].is(Value::Kind::List)) {
        gradient.extent = Gradient::Extent::Lengths;
        gradient.radii = lengthPairOf(computing, shape[1]);
    } else {
        gradient.extent = extentOf(shape[1].keyword);
    }
}

} // namespace

ImageValue imageOf(const Computing &computing, const Value &value)
{
    ImageValue image;
    if (value.is(Value::Kind::Url)) {
        image.url = QUrl(value.text);
        return image;
    }
    if (!value.is(Value::Kind::Function))
        return image;
    auto gradient = std::make_shared<Gradient>();
    gradient->isRepeating = value[2].number != 0;
    addShape(computing, value, *gradient);
    for (const Value &item : *value[1].items) {
        Gradient::Stop stop;
        stop.isHint = item[0].isMissing();
        if (!stop.isHint)
            stop.color = colorOf(computing, item[0]);
        if (!item[1].isMissing())
            stop.position = lengthOf(computing, item[1]);
        gradient->stops.push_back(std::move(stop));
    }
    image.gradient = std::move(gradient);
    return image;
}

} // namespace bulkhead::engine
