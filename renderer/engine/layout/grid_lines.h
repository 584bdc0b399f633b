// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/computed_style.h"

#include <QHash>
#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace bulkhead::engine {

/// Lines are counted from 0, the first of the explicit grid; negative ones are before it.
constexpr int MostGridLines = 10'000; ///< in each direction: what is beyond is clamped (css-grid-1 6.6)

/// The lines an item lies between in one axis.
struct GridRange
{
    int start = 0, end = 1;
    int span() const { return end - start; }
    friend bool operator==(GridRange, GridRange) = default;
};

/// A range that may wait for auto-placement to get its start.
struct GridPosition
{
    std::optional<int> start;
    int span = 1;
    friend bool operator==(const GridPosition &, const GridPosition &) = default;
};

/// The tracks and the names of lines of the explicit grid in one axis, repeat(auto-fill) unrolled.
class ExplicitGrid
{
public:
    /// @p areas are those of grid-template-areas, in the axis: each name with its range.
    ExplicitGrid(const GridTemplate &tracks, std::size_t autoRepetitions,
                 const std::vector<std::pair<QString, GridRange>> &areas, int areaTracks);

    /// Tracks, at least as many as the areas need.
    int trackCount() const { return m_trackCount; }
    /// Sizes of those that grid-template-columns or -rows names; the rest take grid-auto-columns or -rows.
    const std::vector<TrackSize> &sizes() const { return m_sizes; }
    /// The tracks that repeat(auto-fill or auto-fit) made.
    GridRange repeated() const { return m_repeated; }

    /// css-grid-1 8.3: what grid-*-start and grid-*-end come to.
    GridPosition resolve(const GridLine &start, const GridLine &end) const;
    /// For absolute boxes, whose auto is nothing (9.1).
    std::optional<int> resolveLine(const GridLine &line, bool isEnd) const;

private:
    void name(int line, const std::vector<QString> &names);
    const std::vector<int> *linesNamed(const QString &name) const;
    int numberedLine(const GridLine &line) const;
    int namedLine(const QString &name, int number) const;
    int spanEnd(int from, const GridLine &span, int direction) const;

    std::vector<TrackSize> m_sizes;
    QHash<QString, std::vector<int>> m_names; // ascending
    GridRange m_repeated{0, 0};
    int m_trackCount = 0;
};

/// What grid-template-areas names in both axes: its rectangles, in the order they begin.
struct TemplateAreas
{
    std::vector<std::pair<QString, GridRange>> columns, rows;
    int columnCount = 0, rowCount = 0;
};
TemplateAreas templateAreas(const std::vector<std::vector<QString>> &rows);

} // namespace bulkhead::engine
