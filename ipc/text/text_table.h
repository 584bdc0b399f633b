// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace bulkhead {

/// Rows of cells as columns of text, for a terminal. Each column is as wide as its widest cell.
class TextTable
{
public:
    enum class Columns {
        Left,
        NumbersRight, ///< all but the first to the right
    };

    explicit TextTable(Columns columns = Columns::Left) : m_columns(columns) {}

    void row(const QStringList &cells) { m_rows.append({cells, false}); }
    /// A line of its own that no column is as wide as.
    void note(const QString &line) { m_rows.append({{line}, true}); }
    qsizetype count() const { return m_rows.size(); }

    /// A line for each row, without spaces at its end.
    QString toText() const;

private:
    struct Row
    {
        QStringList cells;
        bool isNote = false;
    };
    Columns m_columns;
    QList<Row> m_rows;
};

} // namespace bulkhead
