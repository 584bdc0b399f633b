// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/table_guard.h"

#include <algorithm>

namespace bulkhead {

QByteArray TableGuard::opening(TagKind kind, const QByteArray &name)
{
    if (kind == TagKind::Table) {
        Table table;
        table.flattened = m_real >= m_limits.nestedTables;
        m_real += table.flattened ? 0 : 1;
        m_tables.push_back(table);
        return table.flattened ? QByteArray("div") : name;
    }
    if (m_tables.empty())
        return {};
    Table &table = m_tables.back();
    if (table.flattened)
        return kind == TagKind::TableRow    ? QByteArray("div")
               : kind == TagKind::TableCell ? QByteArray("span")
                                            : QByteArray();
    if (kind == TagKind::TableRow) {
        ++table.rows;
        table.rowColumns = 0;
        while (!table.ends.empty() && table.ends.begin()->first <= table.rows) {
            table.spanned -= table.ends.begin()->second;
            table.ends.erase(table.ends.begin());
        }
    }
    if (kind == TagKind::TableCell && table.rowColumns + table.spanned >= m_limits.tableColumns)
        return {};
    return name;
}

void TableGuard::closed()
{
    m_real -= m_tables.back().flattened ? 0 : 1;
    m_tables.pop_back();
}

bool TableGuard::rowNeedsNewTable() const
{
    if (m_tables.empty() || m_tables.back().flattened)
        return false;
    const Table &table = m_tables.back();
    return table.rows >= std::min(m_limits.tableRows, std::max(10, m_limits.tableCells / table.widest));
}

void TableGuard::setStartTag(const QByteArray &tag)
{
    m_tables.back().startTag = tag;
}

QByteArray TableGuard::startNewTable()
{
    Table &table = m_tables.back();
    table = Table{.startTag = table.startTag};
    return table.startTag;
}

TableGuard::Spans TableGuard::cellSpans(int columns, int rows)
{
    Table &table = m_tables.back();
    const int room = std::max(1, m_limits.tableColumns - table.rowColumns - table.spanned);
    const Spans spans{std::clamp(columns, 1, std::min(room, 100)), std::clamp(rows, 1, 500)};
    table.rowColumns += spans.columns;
    table.widest = std::max(table.widest, table.rowColumns + table.spanned);
    if (spans.rows > 1) {
        table.spanned += spans.columns;
        table.ends[table.rows + spans.rows] += spans.columns;
    }
    return spans;
}

} // namespace bulkhead
