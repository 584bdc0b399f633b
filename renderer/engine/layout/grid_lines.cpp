// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/grid_lines.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace bulkhead::engine {
namespace {

int clampedLine(std::int64_t line)
{
    return int(std::clamp<std::int64_t>(line, -MostGridLines, MostGridLines));
}

} // namespace

ExplicitGrid::ExplicitGrid(const GridTemplate &tracks, std::size_t autoRepetitions,
                           const std::vector<std::pair<QString, GridRange>> &areas, int areaTracks)
{
    const bool repeats = tracks.autoRepeat != GridTemplate::AutoRepeat::None && tracks.autoRepeatTracks > 0;
    const auto add = [this](const GridTemplate::Track &track) {
        name(int(m_sizes.size()), track.lineNamesBefore);
        if (m_sizes.size() < std::size_t(MostGridLines))
            m_sizes.push_back(track.size);
    };
    for (std::size_t i = 0; i < tracks.tracks.size(); ++i) {
        if (!repeats || i != tracks.autoRepeatAt) {
            add(tracks.tracks[i]);
            continue;
        }
        const std::size_t end = std::min(i + tracks.autoRepeatTracks, tracks.tracks.size());
        m_repeated.start = int(m_sizes.size());
        for (std::size_t round = 0; round < autoRepetitions && m_sizes.size() < std::size_t(MostGridLines); ++round) {
            for (std::size_t repeated = i; repeated < end; ++repeated)
                add(tracks.tracks[repeated]);
            name(int(m_sizes.size()), tracks.autoRepeatLineNamesAfter);
        }
        m_repeated.end = int(m_sizes.size());
        i = end - 1;
    }
    name(int(m_sizes.size()), tracks.lineNamesAfter);
    for (const auto &[area, range] : areas) {
        name(range.start, {area + QStringLiteral("-start")});
        name(range.end, {area + QStringLiteral("-end")});
    }
    m_trackCount = std::max(int(m_sizes.size()), std::min(areaTracks, MostGridLines));
    for (std::vector<int> &lines : m_names) {
        std::sort(lines.begin(), lines.end());
        lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    }
}

void ExplicitGrid::name(int line, const std::vector<QString> &names)
{
    for (const QString &each : names)
        m_names[each].push_back(line);
}

const std::vector<int> *ExplicitGrid::linesNamed(const QString &name) const
{
    const auto found = m_names.constFind(name);
    return found == m_names.constEnd() ? nullptr : &*found;
}

/// All lines outside the explicit grid have every name (8.3).
int ExplicitGrid::namedLine(const QString &name, int number) const
{
    const std::vector<int> *lines = linesNamed(name);
    const auto count = std::int64_t(lines ? lines->size() : 0);
    if (number > 0)
        return number <= count ? (*lines)[std::size_t(number - 1)] : clampedLine(m_trackCount + (number - count));
    return -std::int64_t(number) <= count ? (*lines)[std::size_t(count + number)]
                                          : clampedLine(std::int64_t(number) + count);
}

int ExplicitGrid::numberedLine(const GridLine &line) const
{
    if (!line.name.isEmpty())
        return namedLine(line.name, line.number);
    const std::int64_t number = line.number;
    return clampedLine(number > 0 ? number - 1 : m_trackCount + 1 + number);
}

std::optional<int> ExplicitGrid::resolveLine(const GridLine &line, bool isEnd) const
{
    switch (line.kind) {
    case GridLine::Kind::Line:
        return numberedLine(line);
    case GridLine::Kind::Area: {
        const auto *lines = linesNamed(line.name + (isEnd ? QStringLiteral("-end") : QStringLiteral("-start")));
        return lines ? lines->front() : namedLine(line.name, 1);
    }
    default:
        return std::nullopt;
    }
}

/// The line that a span from @p from reaches, towards the end (1) or the start (-1).
int ExplicitGrid::spanEnd(int from, const GridLine &span, int direction) const
{
    const std::int64_t number = std::max(span.number, 1);
    if (span.name.isEmpty())
        return clampedLine(from + direction * number);
    const std::vector<int> *lines = linesNamed(span.name);
    const std::vector<int> none;
    const std::vector<int> &named = lines ? *lines : none;
    // Names inside the explicit grid are passed one by one, then each implicit line is one.
    if (direction > 0) {
        const auto after = std::upper_bound(named.begin(), named.end(), from);
        const auto inside = std::int64_t(named.end() - after);
        if (number <= inside)
            return *(after + (number - 1));
        return clampedLine(std::max(from, m_trackCount) + (number - inside));
    }
    const auto before = std::lower_bound(named.begin(), named.end(), from);
    const auto inside = std::int64_t(before - named.begin());
    if (number <= inside)
        return *(before - number);
    return clampedLine(std::min(from, 0) - (number - inside));
}

GridPosition ExplicitGrid::resolve(const GridLine &start, const GridLine &end) const
{
    std::optional<int> first = resolveLine(start, false), last = resolveLine(end, true);
    if (first && last) {
        if (*first > *last)
            std::swap(*first, *last);
        return {*first, std::max(*last - *first, 1)};
    }
    if (first) {
        last = end.kind == GridLine::Kind::Span ? spanEnd(*first, end, 1) : *first + 1;
        return {*first, std::max(*last - *first, 1)};
    }
    if (last) {
        first = start.kind == GridLine::Kind::Span ? spanEnd(*last, start, -1) : *last - 1;
        return {*first, std::max(*last - *first, 1)};
    }
    // Two spans: the start's counts. A span to a name has nothing to count from.
    const GridLine &span = start.kind == GridLine::Kind::Span ? start : end;
    if (span.kind != GridLine::Kind::Span || !span.name.isEmpty())
        return {};
    return {std::nullopt, std::clamp(span.number, 1, MostGridLines)};
}

TemplateAreas templateAreas(const std::vector<std::vector<QString>> &rows)
{
    TemplateAreas found;
    QHash<QString, std::size_t> indices;
    found.rowCount = int(std::min<std::size_t>(rows.size(), MostGridLines));
    for (int row = 0; row < found.rowCount; ++row) {
        const auto &names = rows[std::size_t(row)];
        const int count = int(std::min<std::size_t>(names.size(), MostGridLines));
        found.columnCount = std::max(found.columnCount, count);
        for (int column = 0; column < count; ++column) {
            const QString &name = names[std::size_t(column)];
            if (name.isEmpty())
                continue;
            const auto known = indices.constFind(name);
            if (known == indices.constEnd()) {
                indices.insert(name, found.columns.size());
                found.columns.push_back({name, {column, column + 1}});
                found.rows.push_back({name, {row, row + 1}});
                continue;
            }
            GridRange &columns = found.columns[*known].second;
            columns = {std::min(columns.start, column), std::max(columns.end, column + 1)};
            found.rows[*known].second.end = row + 1;
        }
    }
    return found;
}

} // namespace bulkhead::engine
