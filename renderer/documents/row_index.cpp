// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/row_index.h"

#include <QChar>

#include <unicode/uchar.h>

#include <algorithm>

namespace bulkhead {

namespace {

int columnsOf(char32_t c)
{
    if (c < 0x300) {
        return c == QChar::SoftHyphen ? 0 : 1;
    }
    switch (u_charType(UChar32(c))) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
        return 0;
    default:
        break;
    }
    const int width = u_getIntPropertyValue(UChar32(c), UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

} // namespace

void RowIndex::reset(int columns)
{
    m_columns = columns;
    m_widest = 0;
    m_end = 0;
    m_starts.clear();
}

void RowIndex::extend(QStringView text)
{
    // What was the last row may go on now.
    qsizetype position = m_end;
    if (!m_starts.empty()) {
        position = m_starts.back();
        m_starts.pop_back();
    }
    m_end = text.size();
    while (position < m_end) {
        m_starts.push_back(quint32(position));
        const Row row = scan(text, position);
        m_widest = std::max(m_widest, row.columns);
        position = row.next;
    }
}

int RowIndex::rowCount() const
{
    return int(m_starts.size());
}

RowIndex::Range RowIndex::row(int index, QStringView text) const
{
    const qsizetype begin = m_starts[size_t(index)];
    qsizetype end = index + 1 < rowCount() ? qsizetype(m_starts[size_t(index) + 1]) : m_end;
    if (end > begin && text[end - 1] == u'\n') {
        --end;
    }
    return {begin, end};
}

int RowIndex::rowAt(qsizetype offset) const
{
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), offset,
                                        [](qsizetype value, quint32 start) { return value < qsizetype(start); });
    return std::max(0, int(after - m_starts.begin()) - 1);
}

RowIndex::Row RowIndex::scan(QStringView text, qsizetype begin) const
{
    const char16_t *const units = text.utf16();
    const qsizetype end = std::min(text.size(), begin + maximumUnits);
    qsizetype breakAt = -1;
    int breakColumns = 0;
    int columns = 0;
    qsizetype i = begin;
    while (i < end) {
        const char16_t c = units[i];
        if (c == u'\n') {
            return {i + 1, columns};
        }
        qsizetype length = 1;
        int width = 1;
        if (c == u'\t') {
            width = tabColumns - columns % tabColumns;
        } else if (c >= 0x7F) {
            char32_t character = c;
            if (QChar::isHighSurrogate(c) && i + 1 < text.size() && QChar::isLowSurrogate(units[i + 1])) {
                character = QChar::surrogateToUcs4(c, units[i + 1]);
                length = 2;
            }
            width = columnsOf(character);
        }
        const bool blank = c == u' ' || c == u'\t';
        // Spaces at the end of a row hang over its edge.
        if (columns + width > m_columns && width > 0 && !blank && i > begin) {
            return breakAt > begin ? Row{breakAt, breakColumns} : Row{i, columns};
        }
        if (i + length > end) {
            break;
        }
        if (!blank) {
            columns += width;
        } else {
            breakColumns = columns;
            columns += width;
            breakAt = i + 1;
        }
        i += length;
    }
    // At a row's greatest length a line's end still belongs to it.
    if (i < text.size() && units[i] == u'\n') {
        ++i;
    }
    return {i, columns};
}

} // namespace bulkhead
