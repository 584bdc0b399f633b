// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/transform_conversion.h"

#include "renderer/engine/style/value_conversion.h"

#include <cmath>
#include <numbers>

namespace bulkhead::engine {

using namespace css;

namespace {

using Kind = TransformOperation::Kind;

constexpr std::array<double, 16> Identity{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};

/// css-transforms-2 13.1: a turn about an axis, by columns.
std::array<double, 16> turnAbout(double x, double y, double z, double degrees)
{
    const double length = std::hypot(x, y, z);
    if (length == 0)
        return Identity;
    x /= length;
    y /= length;
    z /= length;
    const double angle = degrees * std::numbers::pi / 180;
    const double c = std::cos(angle), s = std::sin(angle), t = 1 - c;
    return {t * x * x + c,
            t * x * y + s * z,
            t * x * z - s * y,
            0,
            t * x * y - s * z,
            t * y * y + c,
            t * y * z + s * x,
            0,
            t * x * z + s * y,
            t * y * z - s * x,
            t * z * z + c,
            0,
            0,
            0,
            0,
            1};
}

TransformOperation translation(const Length &x, const Length &y)
{
    TransformOperation operation;
    operation.translate = {x, y};
    return operation;
}

TransformOperation simple(Kind kind, double first, double second = 0)
{
    TransformOperation operation;
    operation.kind = kind;
    operation.values[0] = first;
    operation.values[1] = second;
    return operation;
}

TransformOperation other(const std::array<double, 16> &matrix)
{
    TransformOperation operation;
    operation.kind = Kind::Other3d;
    operation.values = matrix;
    return operation;
}

TransformOperation matrixOf(const Computing &computing, const Value &function)
{
    TransformOperation operation;
    operation.kind = function.size() == 6 ? Kind::Matrix : Kind::Other3d;
    for (std::size_t i = 0; i < function.size() && i < 16; ++i)
        operation.values[i] = numberOf(computing, function[i]);
    return operation;
}

TransformOperation perspective(double distance)
{
    std::array<double, 16> matrix = Identity;
    matrix[11] = -1 / std::max(distance, 1.0);
    return other(matrix);
}

void add(const Computing &computing, const Value &function, std::vector<TransformOperation> &operations)
{
    const auto length = [&](std::size_t index) {
        return function[index].isMissing() ? Length::px(0) : lengthOf(computing, function[index]);
    };
    const auto number = [&](std::size_t index, double missing) {
        return function[index].isMissing() ? missing : numberOf(computing, function[index]);
    };
    const Length zero = Length::px(0);
    switch (function.keyword) {
    case "matrix"_kw:
    case "matrix3d"_kw:
        operations.push_back(matrixOf(computing, function));
        break;
    case "translate"_kw:
    case "translatex"_kw:
    case "translate3d"_kw:
        operations.push_back(translation(length(0), length(1)));
        break;
    case "translatey"_kw:
        operations.push_back(translation(zero, length(0)));
        break;
    case "scale"_kw:
    case "scale3d"_kw:
        operations.push_back(simple(Kind::Scale, number(0, 1), number(1, number(0, 1))));
        break;
    case "scalex"_kw:
        operations.push_back(simple(Kind::Scale, number(0, 1), 1));
        break;
    case "scaley"_kw:
        operations.push_back(simple(Kind::Scale, 1, number(0, 1)));
        break;
    case "rotate"_kw:
    case "rotatez"_kw:
        operations.push_back(simple(Kind::Rotate, number(0, 0)));
        break;
    case "rotatex"_kw:
        operations.push_back(other(turnAbout(1, 0, 0, number(0, 0))));
        break;
    case "rotatey"_kw:
        operations.push_back(other(turnAbout(0, 1, 0, number(0, 0))));
        break;
    case "rotate3d"_kw:
        operations.push_back(other(turnAbout(number(0, 0), number(1, 0), number(2, 0), number(3, 0))));
        break;
    case "skew"_kw:
        // Both at once: x is skewed by the first angle, y by the second.
        operations.push_back(simple(Kind::Matrix, 1, std::tan(number(1, 0) * std::numbers::pi / 180)));
        operations.back().values[2] = std::tan(number(0, 0) * std::numbers::pi / 180);
        operations.back().values[3] = 1;
        break;
    case "skewx"_kw:
        operations.push_back(simple(Kind::SkewX, number(0, 0)));
        break;
    case "skewy"_kw:
        operations.push_back(simple(Kind::SkewY, number(0, 0)));
        break;
    case "perspective"_kw:
        operations.push_back(perspective(pixelsOf(computing, function[0])));
        break;
    default: // translateZ() and scaleZ() change nothing that is seen from the front
        operations.push_back(translation(zero, zero));
    }
}

} // namespace

std::vector<TransformOperation> transformOf(const Computing &computing, const Value &value)
{
    std::vector<TransformOperation> operations;
    if (value.is(Value::Kind::List)) {
        for (const Value &function : *value.items)
            add(computing, function, operations);
    }
    return operations;
}

} // namespace bulkhead::engine
