// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QStringView>

#include <vector>

namespace bulkhead {

/// Where the rows of a text begin when each is at most so many columns wide: lines are broken at spaces where they can
/// be, and anywhere where not. Columns are those of a fixed-pitch font: none for combining marks, two for wide
/// characters (Unicode's East Asian Width, from ICU), up to the next multiple of eight for a tab.
///
/// A row is also at most maximumUnits long, whatever its characters, so that laying out one row is cheap. Four bytes a
/// row. Main thread.
class RowIndex
{
public:
    static constexpr qsizetype maximumUnits = 4096;
    static constexpr int tabColumns = 8;

    /// Forgets everything; extend() follows.
    void reset(int columns);
    /// @p text is the whole text, of which the beginning was indexed before.
    void extend(QStringView text);

    int rowCount() const;
    /// Columns of the widest row.
    int widestRow() const { return m_widest; }

    struct Range
    {
        qsizetype begin = 0;
        qsizetype end = 0; ///< without the line's end
    };
    Range row(int index, QStringView text) const;
    /// The row that the character at @p offset is in; the last one for what lies behind the end.
    int rowAt(qsizetype offset) const;

private:
    struct Row
    {
        qsizetype next;
        int columns;
    };
    Row scan(QStringView text, qsizetype begin) const;

    int m_columns = 80;
    int m_widest = 0;
    qsizetype m_end = 0;
    std::vector<quint32> m_starts;
};

} // namespace bulkhead
