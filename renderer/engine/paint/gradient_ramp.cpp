// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/gradient_ramp.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace bulkhead::engine {

namespace {

constexpr std::size_t mostStops = 4096;

std::array<float, 4> premultiplied(const QColor &color)
{
    const float alpha = float(color.alphaF());
    return {float(color.redF()) * 255 * alpha, float(color.greenF()) * 255 * alpha, float(color.blueF()) * 255 * alpha,
            alpha * 255};
}

QRgb toRgb(const std::array<float, 4> &color)
{
    const auto byte = [](float value) { return int(std::clamp(value + 0.5F, 0.0F, 255.0F)); };
    return qRgba(byte(color[0]), byte(color[1]), byte(color[2]), byte(color[3]));
}

// Positions as written, in order, none before the one ahead of it; runs without one are spread evenly.
std::vector<double> positionsOf(const Gradient &gradient, std::size_t count, double length)
{
    std::vector<std::optional<double>> given(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto &position = gradient.stops[i].position;
        if (position)
            given[i] = position->is(Length::Kind::Percent) ? double(position->value()) / 100 * length
                       : position->is(Length::Kind::Fixed)
                           ? double(position->value())
                           : position->resolve(LayoutUnit::fromPixels(length)).toDouble();
    }
    if (!given.front())
        given.front() = 0;
    if (!given.back())
        given.back() = length;
    double highest = *given.front();
    for (auto &position : given) {
        if (position)
            position = highest = std::max(highest, *position);
    }
    std::vector<double> result(count);
    std::size_t known = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!given[i])
            continue;
        for (std::size_t j = known + 1; j < i; ++j)
            result[j] = *given[known] + (*given[i] - *given[known]) * double(j - known) / double(i - known);
        result[i] = *given[i];
        known = i;
    }
    return result;
}

} // namespace

GradientRamp::GradientRamp(const Gradient &gradient, double length) : m_isRepeating(gradient.isRepeating)
{
    if (!gradient.stops.empty())
        fixPositions(gradient, length);
    if (m_stops.empty())
        m_stops.push_back({});
    m_isOpaque = std::all_of(m_stops.begin(), m_stops.end(), [](const Stop &stop) { return stop.color[3] >= 255; });
}

void GradientRamp::fixPositions(const Gradient &gradient, double length)
{
    const std::size_t count = std::min(gradient.stops.size(), mostStops);
    const std::vector<double> positions = positionsOf(gradient, count, length);
    double hint = 0;
    bool hasHint = false;
    for (std::size_t i = 0; i < count; ++i) {
        if (gradient.stops[i].isHint) {
            hint = positions[i];
            hasHint = true;
            continue;
        }
        if (hasHint && !m_stops.empty()) {
            const double from = m_stops.back().position, room = positions[i] - from;
            m_stops.back().hint = room > 0 ? (hint - from) / room : 0.5;
        }
        hasHint = false;
        m_stops.push_back({positions[i], premultiplied(gradient.stops[i].color), 0.5});
    }
}

QRgb GradientRamp::between(const Stop &from, const Stop &to, double position) const
{
    double part = (position - from.position) / (to.position - from.position);
    if (from.hint <= 0)
        part = 1;
    else if (from.hint >= 1)
        part = 0;
    else if (from.hint != 0.5)
        part = std::pow(part, std::log(0.5) / std::log(from.hint));
    std::array<float, 4> color{};
    for (std::size_t i = 0; i < 4; ++i)
        color[i] = from.color[i] + (to.color[i] - from.color[i]) * float(part);
    return toRgb(color);
}

QRgb GradientRamp::at(double position) const
{
    const double first = m_stops.front().position, last = m_stops.back().position;
    if (m_isRepeating) {
        if (last - first <= 0)
            return toRgb(m_stops.back().color);
        position = std::fmod(position - first, last - first);
        position += position < 0 ? last : first;
    }
    if (!(position >= first))
        return toRgb(m_stops.front().color);
    if (position >= last)
        return toRgb(m_stops.back().color);
    const auto holds = [&](std::size_t i) {
        return m_stops[i].position <= position && position < m_stops[i + 1].position;
    };
    if (!(m_last + 1 < m_stops.size() && holds(m_last))) {
        const auto next = std::partition_point(m_stops.begin(), m_stops.end(),
                                               [position](const Stop &stop) { return stop.position <= position; });
        m_last = std::size_t(next - m_stops.begin()) - 1;
    }
    return between(m_stops[m_last], m_stops[m_last + 1], position);
}

} // namespace bulkhead::engine
