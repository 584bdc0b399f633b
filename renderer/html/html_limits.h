// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QtGlobal>

namespace bulkhead {

/// What a document may cost. The engine keeps an object of about half a kilobyte for every word and every space, and
/// its layout is exponential in nested tables and recursive in depth; the figures keep a document that reaches all of
/// them at once near 600 MB and a few seconds, and are far above what real documents need (the largest page of the
/// Python manual, 2.5 MB, has 63,000 elements, 110,000 words and a depth of 15).
struct HtmlLimits
{
    qsizetype sourceBytes = 8 * 1024 * 1024;   ///< of markup and text, data: URLs not counted
    qsizetype dataUrlBytes = 32 * 1024 * 1024; ///< of data: URLs together, still encoded
    int elements = 150'000;
    int words = 300'000;
    int depth = 128;
    int nestedTables = 5;
    int tableRows = 2'000; ///< a longer table goes on as another table
    int tableColumns = 1'000;
    int tableCells = 200'000; ///< rows times columns of one table
    int attributes = 32;      ///< of one element
    qsizetype attributeBytes = 8 * 1024;
    int styles = 256; ///< <style> and <link> elements
    qsizetype inlineSvgBytes = 512 * 1024;
};

struct CssLimits
{
    qsizetype sheetBytes = 2 * 1024 * 1024;
    qsizetype totalBytes = 6 * 1024 * 1024;
    int rules = 20'000; ///< of one sheet
    int sheets = 128;   ///< of one document, imported ones included
    int importDepth = 8;
    int selectorParts = 10; ///< compounds in one selector: the engine backtracks over ancestors
    qsizetype selectorBytes = 512;
    qsizetype valueBytes = 32 * 1024;
    double number = 100'000; ///< largest number; larger ones overflow the engine's int coordinates
};

} // namespace bulkhead
