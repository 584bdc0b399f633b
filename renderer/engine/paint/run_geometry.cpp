// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/run_geometry.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace bulkhead::engine {

namespace {

// Characters that cannot be told apart by glyphs, and where they are.
struct Cluster
{
    std::uint32_t start = 0, end = 0;
    double left = 0, right = 0;
};

// In logical order, with their ends.
std::vector<Cluster> clustersOf(const TextRun &run, QStringView text)
{
    std::vector<Cluster> clusters;
    forEachGlyph(run, text, [&](const ShapedText::Glyph &, std::uint32_t offset, double x, double advance) {
        if (!clusters.empty() && clusters.back().start == offset) {
            clusters.back().left = std::min(clusters.back().left, x);
            clusters.back().right = std::max(clusters.back().right, x + advance);
        } else {
            clusters.push_back({offset, offset, x, x + advance});
        }
    });
    std::stable_sort(clusters.begin(), clusters.end(),
                     [](const Cluster &a, const Cluster &b) { return a.start < b.start; });
    const std::uint32_t runEnd = run.textStart + run.textLength;
    for (std::size_t i = 0; i < clusters.size(); ++i)
        clusters[i].end = std::max(clusters[i].start, i + 1 < clusters.size() ? clusters[i + 1].start : runEnd);
    return clusters;
}

double positionIn(const Cluster &cluster, std::uint32_t offset, bool isRightToLeft)
{
    if (cluster.end <= cluster.start)
        return cluster.left;
    const double part =
        double(std::clamp(offset, cluster.start, cluster.end) - cluster.start) / double(cluster.end - cluster.start);
    return cluster.left + (cluster.right - cluster.left) * (isRightToLeft ? 1 - part : part);
}

} // namespace

RunSpan spanOf(const TextRun &run, QStringView text, std::uint32_t start, std::uint32_t end)
{
    RunSpan span{std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest()};
    for (const Cluster &cluster : clustersOf(run, text)) {
        if (cluster.end <= start || cluster.start >= end)
            continue;
        const double a = positionIn(cluster, std::max(start, cluster.start), run.isRightToLeft);
        const double b = positionIn(cluster, std::min(end, cluster.end), run.isRightToLeft);
        span.left = std::min({span.left, a, b});
        span.right = std::max({span.right, a, b});
    }
    return span.left <= span.right ? span : RunSpan{};
}

std::uint32_t offsetAt(const TextRun &run, QStringView text, double x)
{
    std::uint32_t best = run.textStart;
    double distance = std::numeric_limits<double>::max();
    for (const Cluster &cluster : clustersOf(run, text)) {
        // Whether the middle of a surrogate pair could be hit does not matter: its two halves are one cluster of one
        // character each for a person, so only a cluster's ends count unless it is a ligature of plain letters.
        const std::uint32_t last = std::max(cluster.start, cluster.end);
        for (std::uint32_t offset = cluster.start; offset <= last; ++offset) {
            if (offset > cluster.start && offset < last && qsizetype(offset) < text.size() &&
                (text[qsizetype(offset)].isLowSurrogate() || text[qsizetype(offset)].isMark()))
                continue;
            const double away = std::abs(positionIn(cluster, offset, run.isRightToLeft) - x);
            if (away < distance) {
                distance = away;
                best = offset;
            }
        }
    }
    return best;
}

} // namespace bulkhead::engine
