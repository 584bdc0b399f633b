// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/html_limits.h"
#include "renderer/html/html_tags.h"

#include <QByteArray>

#include <map>
#include <vector>

namespace bulkhead {

/// The tables open at one point of a document, and what may still be added to them.
///
/// The engine keeps a full grid of rows times columns, copies it, and lays every cell out several times per level of
/// nesting. Deep tables are therefore written as plain blocks, long ones are split, and spans are cut.
class TableGuard
{
public:
    struct Spans
    {
        int columns = 1;
        int rows = 1;
    };

    explicit TableGuard(const HtmlLimits &limits) : m_limits(limits) {}

    /// What to write for the start of a part of a table; empty when nothing should be.
    QByteArray opening(TagKind kind, const QByteArray &name);
    void closed();

    bool inTable() const { return !m_tables.empty() && !m_tables.back().flattened; }
    /// The row that starts now should be in another table; see startNewTable().
    bool rowNeedsNewTable() const;
    void setStartTag(const QByteArray &tag);
    QByteArray startNewTable();

    /// What is left of the spans that a cell asks for. To be called for every cell.
    Spans cellSpans(int columns, int rows);

private:
    struct Table
    {
        bool flattened = false;
        QByteArray startTag;
        int rows = 0;
        int widest = 1;
        int rowColumns = 0;      // of the current row
        int spanned = 0;         // columns that cells of earlier rows still occupy
        std::map<int, int> ends; // row -> columns that become free there
    };

    const HtmlLimits &m_limits;
    std::vector<Table> m_tables;
    int m_real = 0;
};

} // namespace bulkhead
