// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/text/text_table.h"

#include <algorithm>

namespace bulkhead {

QString TextTable::toText() const
{
    QList<qsizetype> widths;
    for (const Row &row : m_rows) {
        for (qsizetype i = 0; i < row.cells.size() && !row.isNote; ++i) {
            if (widths.size() <= i)
                widths.append(0);
            widths[i] = std::max(widths[i], row.cells[i].size());
        }
    }
    QString out;
    for (const Row &row : m_rows) {
        QStringList cells;
        for (qsizetype i = 0; i < row.cells.size(); ++i) {
            const qsizetype width = row.isNote ? 0 : widths[i];
            const bool right = m_columns == Columns::NumbersRight && i > 0;
            cells << (right ? row.cells[i].rightJustified(width) : row.cells[i].leftJustified(width));
        }
        QString line = cells.join(QStringLiteral("  "));
        while (line.endsWith(u' '))
            line.chop(1);
        out += line + u'\n';
    }
    return out;
}

} // namespace bulkhead
